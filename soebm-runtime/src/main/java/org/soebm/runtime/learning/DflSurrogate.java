package org.soebm.runtime.learning;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.SmoothObjective;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.Support;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.NetworkSpec;
import org.soebm.api.task.Table;
import org.soebm.runtime.network.ForwardMode;
import org.soebm.runtime.objective.Objectives;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.sensitivity.SmoothArgmin;

/**
 * Decision-focused learning through a surrogate of low dimension (Wang et al., Automatically learning compact quality-aware
 * surrogates for optimization problems, NeurIPS 2020). Decisions are l + Pz with a learned non-negative P of low rank. In
 * each step every row's argmin over z is found under samples of y, and the task loss of its decision is differentiated
 * through the optimality conditions in z: to the network, and to P, which learns beside it. For smooth costs, whose curvature
 * is so asked for along the patterns only.
 *
 * <p>P starts from patterns of the training rows' optimal decisions. It serves learning alone: what is learned decides over
 * all a ∈ C, as every method does.
 */
public final class DflSurrogate implements LearningMethod {
    /** The number of patterns as a share of the decisions. A quarter decides network-security no better than a tenth. */
    private static final double RANK = 0.1;

    private static final int LEAST_RANK = 4;

    /** Of more rows than this, every second, third, ... gives the patterns, which many rows have in common. */
    private static final int MOST_FACTORISED = 20_000;

    @Override
    public String name() {
        return "dfl-surrogate";
    }

    @Override
    public String description() {
        return "decision-focused: task loss differentiated through the optimum over few learned patterns of decisions";
    }

    @Override
    public Support support(
            StochasticProblem problem, HyperParameters hyperParameters, int features, NetworkSpec network) {
        Support smooth = DflBlock.ofSmoothCost(problem);
        if (!smooth.supported()) {
            return smooth;
        }
        ConstraintSet set = problem.constraints();
        for (int i = 0; i < set.decisionCount(); i++) {
            if (set.lower(i) == Double.NEGATIVE_INFINITY) {
                return Support.no("decision " + i + " (counted from 0) has no lower bound, from which non-negative"
                        + " patterns could go up. Use dfl-block.");
            }
        }
        return Support.yes();
    }

    @Override
    public Learned learn(LearningProblem problem, TrainingControl control) {
        int decisions = problem.problem().cost().decisionCount();
        int rank = Math.min(decisions, Math.max(LEAST_RANK, (int) Math.round(RANK * decisions)));
        return TrainingSession.learn(problem, control, session -> {
            try (Objectives objectives =
                    new Objectives(problem.problem().cost(), problem.problem().constraints(), problem.device())) {
                session.run(
                        this,
                        ForwardMode.FROZEN_STATISTICS,
                        new SurrogateObjective(
                                problem,
                                objectives,
                                patterns(problem, rank),
                                LikelihoodTerm.of(problem.hyperParameters().settings(), session.likelihood()),
                                control.cancellation()));
            }
        });
    }

    /** The patterns of which the optimal decisions of the training rows are about made. */
    static DecisionPatterns patterns(LearningProblem problem, int rank) {
        ConstraintSet set = problem.problem().constraints();
        Table hindsight = problem.hindsight();
        int stride = (hindsight.rows() - 1) / MOST_FACTORISED + 1;
        double[][] aboveLower = new double[(hindsight.rows() - 1) / stride + 1][set.decisionCount()];
        for (int row = 0; row < aboveLower.length; row++) {
            double[] decisions = hindsight.row(row * stride);
            Arrays.setAll(aboveLower[row], i -> Math.max(0, decisions[i] - set.lower(i)));
        }
        return new DecisionPatterns(
                set,
                problem.problem().cost().isDefinedBeyondBounds(),
                NonNegativeFactorisation.patterns(aboveLower, rank, new Random(problem.seed())));
    }

    /** The mean task loss of a batch's decisions by patterns. */
    static final class SurrogateObjective implements LookAheadObjective {
        private final LearningProblem learning;
        private final StochasticProblem problem;
        private final Objectives objectives;
        private final DecisionPatterns patterns;
        private final PatternAdam optimizer;
        private final LikelihoodTerm likelihood;
        private final Cancellation cancellation;

        SurrogateObjective(
                LearningProblem learning,
                Objectives objectives,
                DecisionPatterns patterns,
                LikelihoodTerm likelihood,
                Cancellation cancellation) {
            this.learning = learning;
            problem = learning.problem();
            this.objectives = objectives;
            this.patterns = patterns;
            optimizer = new PatternAdam(patterns);
            this.likelihood = likelihood;
            this.cancellation = cancellation;
        }

        @Override
        public List<double[]> state() {
            return optimizer.state();
        }

        @Override
        public void restore(List<double[]> state) {
            optimizer.restore(state);
        }

        /** {@inheritDoc} The patterns take their step here, after the batch is decided by them. */
        @Override
        public TrainingObjective at(GaussianDistribution prediction, RowBatch batch, NDManager scope) {
            SampledBatch sampled = new SampledBatch(problem, objectives, prediction, batch, scope);
            DecisionPatterns.Coefficients coefficients = patterns.coefficients();
            List<Decision> decisions = sampled.solve(
                    learning.solver(),
                    row -> new ArgminProblem(patterns.over(sampled.energy(row)), coefficients.set()),
                    cancellation);
            List<Differentiated> differentiated = sampled.ofEachRow(
                    row -> differentiate(sampled.energy(row), sampled.cost(row), decisions.get(row), coefficients));
            optimizer.step(
                    differentiated.stream().map(Differentiated::byPatterns).toList());
            return new DecidedBatch(
                    problem,
                    sampled.noise(),
                    differentiated.stream().map(Differentiated::row).toList(),
                    likelihood);
        }

        /**
         * A decided row.
         *
         * @param byPatterns the gradient of its loss, shape (r, da)
         */
        private record Differentiated(DecidedBatch.Row row, double[][] byPatterns) {}

        private Differentiated differentiate(
                SmoothObjective energy,
                SmoothObjective cost,
                Decision decision,
                DecisionPatterns.Coefficients coefficients) {
            double[] z = decision.values();
            double[] a = patterns.decisions(z);
            double[] slope = new double[a.length];
            double loss = cost.valueAndGradient(a, slope);
            SmoothArgmin.Adjoint adjoint = SmoothArgmin.at(
                            patterns.over(energy),
                            coefficients.set(),
                            decision.variables(),
                            !problem.cost().isDefinedBeyondBounds())
                    .adjoint(patterns.alongEach(slope));
            return new Differentiated(
                    new DecidedBatch.Row(a, loss, patterns.along(adjoint.v())),
                    patterns.gradient(energy, slope, z, adjoint, coefficients.normals()));
        }
    }

    /** Projected Adam (Kingma and Ba, 2015) on the patterns. */
    private static final class PatternAdam {
        private static final double LEARNING_RATE = 3e-3; // of entries that are as large as decisions
        private static final double BETA1 = 0.9;
        private static final double BETA2 = 0.999;
        private static final double EPSILON = 1e-8;

        private final DecisionPatterns patterns;
        private final double[][] first;
        private final double[][] second;
        private int steps;

        PatternAdam(DecisionPatterns patterns) {
            this.patterns = patterns;
            int width = patterns.patterns()[0].length;
            first = new double[patterns.count()][width];
            second = new double[patterns.count()][width];
        }

        /** The number of steps, then patterns, first and second moments, r arrays of each. */
        List<double[]> state() {
            List<double[]> state = new ArrayList<>();
            state.add(new double[] {steps});
            for (double[][] arrays : List.of(patterns.patterns(), first, second)) {
                for (double[] array : arrays) {
                    state.add(array.clone());
                }
            }
            return state;
        }

        /** Goes on from a {@link #state}. */
        void restore(List<double[]> state) {
            int rank = first.length;
            if (state.size() != 1 + 3 * rank
                    || state.get(0).length != 1
                    || state.subList(1, state.size()).stream().anyMatch(array -> array.length != first[0].length)) {
                throw new IllegalArgumentException("The state is not that of " + rank + " patterns.");
            }
            steps = (int) state.get(0)[0];
            patterns.restore(
                    state.subList(1, 1 + rank).stream().map(double[]::clone).toArray(double[][]::new));
            for (int j = 0; j < rank; j++) {
                first[j] = state.get(1 + rank + j).clone();
                second[j] = state.get(1 + 2 * rank + j).clone();
            }
        }

        /** One step along the mean of the rows' gradients. */
        void step(List<double[][]> gradients) {
            steps++;
            double rate = LEARNING_RATE * Math.sqrt(1 - Math.pow(BETA2, steps)) / (1 - Math.pow(BETA1, steps));
            double[][] next = new double[first.length][];
            for (int j = 0; j < next.length; j++) {
                next[j] = patterns.patterns()[j].clone();
                for (int i = 0; i < next[j].length; i++) {
                    double mean = 0;
                    for (double[][] gradient : gradients) {
                        mean += gradient[j][i] / gradients.size();
                    }
                    first[j][i] = BETA1 * first[j][i] + (1 - BETA1) * mean;
                    second[j][i] = BETA2 * second[j][i] + (1 - BETA2) * mean * mean;
                    next[j][i] -= rate * first[j][i] / (Math.sqrt(second[j][i]) + EPSILON);
                }
            }
            patterns.replaceBy(next);
        }
    }
}
