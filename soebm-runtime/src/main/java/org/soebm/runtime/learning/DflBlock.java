package org.soebm.runtime.learning;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.cost.SmoothObjective;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.Support;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.NetworkSpec;
import org.soebm.runtime.network.ForwardMode;
import org.soebm.runtime.objective.Objectives;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.sensitivity.SmoothArgmin;

/**
 * Decision-focused learning a block at a time (the block-variable baseline of Wang et al., Automatically learning compact
 * quality-aware surrogates for optimization problems, NeurIPS 2020). In each step every row is decided under samples of y,
 * and the task loss of the decision is differentiated through the optimality conditions in a random half of the decisions,
 * while the other half stays what it is. For smooth costs, whose curvature is so asked for in half of the decisions only.
 *
 * <p>Such costs need not be convex, and their argmin may jump; what is followed is the minimum that was found, as far as it
 * moves ({@link SmoothArgmin}).
 */
public final class DflBlock implements LearningMethod {
    private static final double BLOCK = 0.5; // of the decisions

    @Override
    public String name() {
        return "dfl-block";
    }

    @Override
    public String description() {
        return "decision-focused: task loss differentiated through the optimum of half of the decisions at a time";
    }

    @Override
    public Support support(
            StochasticProblem problem, HyperParameters hyperParameters, int features, NetworkSpec network) {
        return ofSmoothCost(problem);
    }

    /** Whether a task's argmin moves smoothly, and is too dear for methods that know its conditions in closed form. */
    static Support ofSmoothCost(StochasticProblem problem) {
        Support gradual = GradualDecisions.support(problem);
        if (!gradual.supported()) {
            return gradual;
        }
        return problem.cost() instanceof PenaltyCost
                ? Support.no("its cost is a sum of penalties, whose optimality conditions are small enough to be"
                        + " differentiated whole. Use " + (problem.hasClosedForm() ? "dfl-qpth." : "dfl-cvx."))
                : Support.yes();
    }

    @Override
    public Learned learn(LearningProblem problem, TrainingControl control) {
        return TrainingSession.learn(problem, control, session -> {
            try (Objectives objectives =
                    new Objectives(problem.problem().cost(), problem.problem().constraints(), problem.device())) {
                session.run(
                        this,
                        ForwardMode.FROZEN_STATISTICS,
                        new BlockObjective(
                                problem,
                                objectives,
                                BLOCK,
                                LikelihoodTerm.of(problem.hyperParameters().settings(), session.likelihood()),
                                control.cancellation()));
            }
        });
    }

    /** The mean task loss of a batch's decisions, followed through a block of them. */
    static final class BlockObjective implements LookAheadObjective {
        private final LearningProblem learning;
        private final StochasticProblem problem;
        private final Objectives objectives;
        private final double share;
        private final LikelihoodTerm likelihood;
        private final Cancellation cancellation;

        /**
         * The objective.
         *
         * @param share of the decisions that are a block
         * @param likelihood stands beside the task loss
         */
        BlockObjective(
                LearningProblem learning,
                Objectives objectives,
                double share,
                LikelihoodTerm likelihood,
                Cancellation cancellation) {
            this.learning = learning;
            problem = learning.problem();
            this.objectives = objectives;
            this.share = share;
            this.likelihood = likelihood;
            this.cancellation = cancellation;
        }

        @Override
        public TrainingObjective at(GaussianDistribution prediction, RowBatch batch, NDManager scope) {
            SampledBatch sampled = new SampledBatch(problem, objectives, prediction, batch, scope);
            List<Decision> decisions = sampled.solve(
                    learning.solver(),
                    row -> new ArgminProblem(sampled.energy(row), problem.constraints()),
                    cancellation);
            int[] block = block(scope);
            List<DecidedBatch.Row> rows = sampled.ofEachRow(
                    row -> differentiate(sampled.energy(row), sampled.cost(row), decisions.get(row), block));
            return new DecidedBatch(problem, sampled.noise(), rows, likelihood);
        }

        private DecidedBatch.Row differentiate(
                SmoothObjective energy, SmoothObjective cost, Decision decision, int[] block) {
            double[] slope = new double[cost.dimension()];
            double loss = cost.valueAndGradient(decision.values(), slope);
            SmoothArgmin argmin = SmoothArgmin.at(
                    energy,
                    problem.constraints(),
                    decision.variables(),
                    !problem.cost().isDefinedBeyondBounds());
            return new DecidedBatch.Row(
                    decision.values(), loss, argmin.adjoint(slope, block).v());
        }

        /** The indices of a random block, drawn from the engine's generator, whose state is that of the step. */
        private int[] block(NDManager scope) {
            Random random = new Random(scope.randomInteger(0, Long.MAX_VALUE, new Shape(1), DataType.INT64)
                    .getLong());
            int n = problem.cost().decisionCount();
            int size = Math.max(1, (int) Math.round(share * n));
            int[] order = new int[n];
            for (int i = 0; i < n; i++) {
                int j = random.nextInt(i + 1);
                order[i] = order[j];
                order[j] = i;
            }
            return Arrays.copyOf(order, size);
        }
    }
}
