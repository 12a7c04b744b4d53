package org.soebm.runtime.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.cost.Scenarios;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolveListener;
import org.soebm.runtime.energy.Likelihood;
import org.soebm.runtime.energy.ReparameterisedSamples;
import org.soebm.runtime.objective.Objectives;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.sensitivity.OutcomeGradient;
import org.soebm.runtime.sensitivity.PenaltyArgmin;
import org.soebm.runtime.sensitivity.PredictedOutcomes;

/**
 * The task loss f(y, a*(x; θ)) of the optimal decisions under the prediction, mean over the batch: what decision-focused
 * learning minimises. In each step the registered solver decides every row of the batch, and the loss's gradient goes back
 * to the prediction through the conditions of the optimum ({@link PenaltyArgmin}), in double precision on the CPU.
 *
 * <p>As in {@link EnergyObjective} the negative log likelihood may stand beside it ({@link LikelihoodTerm}); the loss that
 * is reported is the task loss alone.
 *
 * <p>For penalty costs, under the predicted Gaussian where E f has a closed form, else under samples of y, the same ε_s for
 * all rows of a batch.
 */
final class TaskLossObjective implements LookAheadObjective {
    private final StochasticProblem problem;
    private final PenaltyCost cost;
    private final int scenarios;
    private final LikelihoodTerm likelihood;
    private final ArgminSolver solver;
    private final Cancellation cancellation;

    /**
     * The objective.
     *
     * @param problem with a penalty cost
     * @param scenarios S, samples of y for each row where E f has no closed form
     * @param likelihood stands beside the task loss
     */
    TaskLossObjective(
            StochasticProblem problem,
            int scenarios,
            LikelihoodTerm likelihood,
            ArgminSolver solver,
            Cancellation cancellation) {
        this.problem = problem;
        this.likelihood = likelihood;
        cost = (PenaltyCost) problem.cost();
        this.scenarios = scenarios;
        this.solver = solver;
        this.cancellation = cancellation;
    }

    /** The objective of a task, see {@link LikelihoodTerm#of}. */
    static TaskLossObjective of(
            LearningProblem problem, int scenarios, Likelihood likelihood, Cancellation cancellation) {
        return new TaskLossObjective(
                problem.problem(),
                scenarios,
                LikelihoodTerm.of(problem.hyperParameters().settings(), likelihood),
                problem.solver(),
                cancellation);
    }

    @Override
    public TrainingObjective at(GaussianDistribution prediction, RowBatch batch, NDManager scope) {
        int rows = Math.toIntExact(batch.parameters().getShape().get(0));
        NDArray noise = problem.hasClosedForm()
                ? null
                : scope.randomNormal(new Shape(1, scenarios, prediction.parameterCount()));
        PredictedOutcomes[] outcomes = noise == null
                ? gaussians(prediction, rows)
                : samples(
                        ReparameterisedSamples.of(prediction, batch.unscaled(), noise, problem.simulator())
                                .samples(),
                        rows);
        List<Decision> decisions =
                solver.solveAll(rows, row -> problem(outcomes[row]), SolveListener.NONE, cancellation);
        float[] parameters = batch.parameters().toFloatArray();
        double[] losses = new double[rows];
        OutcomeGradient[] gradients = new OutcomeGradient[rows];
        IntStream.range(0, rows).parallel().forEach(row -> {
            PenaltyArgmin optimum =
                    PenaltyArgmin.near(cost, problem.constraints(), outcomes[row], variables(decisions.get(row)));
            double[] slope = new double[cost.decisionCount()];
            losses[row] = cost.objective(Vectors.row(parameters, row, cost.parameterCount()))
                    .valueAndGradient(optimum.decisions(), slope);
            gradients[row] = optimum.pullBack(slope);
        });
        double loss = Arrays.stream(losses).average().orElseThrow();
        NDArray byMean =
                tensor(Arrays.stream(gradients).map(OutcomeGradient::means).toArray(double[][][]::new), scope);
        NDArray byStd =
                tensor(Arrays.stream(gradients).map(OutcomeGradient::stds).toArray(double[][][]::new), scope);
        // A copy owns its memory, which is read after the step is over.
        return new Differentiated(
                noise, byMean, byStd, scope.create((float) loss).duplicate());
    }

    private ArgminProblem problem(PredictedOutcomes outcomes) {
        return problem.hasClosedForm()
                ? Objectives.expected(cost, problem.constraints(), outcomes.means()[0], outcomes.stds()[0])
                : new ArgminProblem(
                        cost.sampleAverage(Scenarios.equallyLikely(outcomes.means())), problem.constraints());
    }

    private static double[] variables(Decision decision) {
        if (!decision.status().hasDecision()) {
            throw new UndecidedBatchException(decision);
        }
        return decision.variables();
    }

    private static PredictedOutcomes[] gaussians(GaussianDistribution prediction, int rows) {
        float[] mean = prediction.mean().toFloatArray();
        float[] std = prediction.std().toFloatArray();
        int width = Math.toIntExact(prediction.parameterCount());
        return IntStream.range(0, rows)
                .mapToObj(
                        row -> PredictedOutcomes.gaussian(Vectors.row(mean, row, width), Vectors.row(std, row, width)))
                .toArray(PredictedOutcomes[]::new);
    }

    private PredictedOutcomes[] samples(NDArray samples, int rows) {
        float[] values = samples.toFloatArray();
        double[] weights = new double[scenarios];
        Arrays.fill(weights, 1.0 / scenarios);
        return IntStream.range(0, rows)
                .mapToObj(row -> PredictedOutcomes.scenarios(
                        weights,
                        IntStream.range(0, scenarios)
                                .mapToObj(s -> Vectors.row(values, row * scenarios + s, cost.parameterCount()))
                                .toArray(double[][]::new)))
                .toArray(PredictedOutcomes[]::new);
    }

    /** A tensor of shape (B, S, dy), the mean over rows included. */
    private static NDArray tensor(double[][][] gradients, NDManager scope) {
        int samples = gradients[0].length;
        int width = gradients[0][0].length;
        float[] floats = new float[gradients.length * samples * width];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) (gradients[i / (samples * width)][i / width % samples][i % width] / gradients.length);
        }
        return scope.create(floats, new Shape(gradients.length, samples, width));
    }

    /** The loss of decided rows, whose gradient is known. */
    private final class Differentiated implements TrainingObjective {
        private final @Nullable NDArray noise; // ε, (1, S, dz); null under a Gaussian
        private final NDArray byMean; // (B, S, dy)
        private final NDArray byStd; // (B, S, dy)
        private final NDArray loss;

        Differentiated(@Nullable NDArray noise, NDArray byMean, NDArray byStd, NDArray loss) {
            this.noise = noise;
            this.byMean = byMean;
            this.byStd = byStd;
            this.loss = loss;
        }

        @Override
        public StepLoss loss(GaussianDistribution prediction, RowBatch batch, NDManager scope) {
            NDArray carrier = noise == null
                    ? prediction
                            .mean()
                            .mul(byMean.squeeze(1))
                            .sum()
                            .add(prediction.std().mul(byStd.squeeze(1)).sum())
                    : ReparameterisedSamples.of(prediction, batch.unscaled(), noise, problem.simulator())
                            .samples()
                            .mul(byMean)
                            .sum();
            return new StepLoss(likelihood.addTo(carrier, prediction, batch, scope), loss, null);
        }
    }
}
