package org.soebm.runtime.experiment;

import ai.djl.Device;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolveListener;
import org.soebm.api.task.DataException;
import org.soebm.api.task.Table;
import org.soebm.api.task.TaskData;
import org.soebm.runtime.evaluation.Estimate;
import org.soebm.runtime.evaluation.TaskLoss;
import org.soebm.runtime.evaluation.TestLoss;
import org.soebm.runtime.inference.DecisionMaker;
import org.soebm.runtime.learning.EpochRecord;
import org.soebm.runtime.learning.Learned;
import org.soebm.runtime.learning.LearningProblem;
import org.soebm.runtime.network.GaussianPredictor;
import org.soebm.runtime.network.Weights;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.preprocessing.DecisionCache;
import org.soebm.runtime.preprocessing.Hindsight;
import org.soebm.runtime.preprocessing.HindsightDecisions;
import org.soebm.runtime.report.Metrics;

/**
 * Runs an {@link ExperimentPlan}: solves a*(y) for the training and the test rows, learns, decides the test rows with
 * the learned network and with the one that two-stage training left, and compares.
 */
public final class Experiment {
    private final ExperimentPlan plan;
    private final StochasticProblem problem;
    private final ArgminSolverProvider provider;
    private final ArgminSolver solver;
    private final @Nullable DecisionCache cache;
    private final Device device;

    /**
     * A run of a plan.
     *
     * @param provider of the solver
     * @param solver stays the caller's to close
     * @param cache for optimal decisions, or null
     */
    public Experiment(
            ExperimentPlan plan,
            ArgminSolverProvider provider,
            ArgminSolver solver,
            @Nullable DecisionCache cache,
            Device device) {
        this.plan = plan;
        problem = StochasticProblem.of(plan.task(), plan.hyperParameters());
        this.provider = provider;
        this.solver = solver;
        this.cache = cache;
        this.device = device;
    }

    /**
     * Runs it all; the receiver closes the result.
     *
     * @param cancellation asked between solves and between steps of training
     * @throws java.util.concurrent.CancellationException when cancelled
     */
    public ExperimentResult run(ExperimentListener listener, Cancellation cancellation) {
        TaskData data = plan.data();
        long start = System.nanoTime();
        Hindsight training = hindsight("training rows", plan.split().train(), 2, listener, cancellation);
        double preprocessingSeconds = secondsSince(start);
        Hindsight test = hindsight("test rows", plan.split().test(), 1, listener, cancellation);

        start = System.nanoTime();
        Learned learned = plan.method().learn(learningProblem(training), listener, cancellation);
        double trainSeconds = secondsSince(start);
        try {
            Table features = data.features().select(test.rows());
            Table parameters = data.parameters().select(test.rows());
            double[] foresight = TaskLoss.of(problem.cost(), parameters, test.decisions());

            start = System.nanoTime();
            double[] losses = losses(
                    plan.method().name(),
                    byDistribution(),
                    learned.predictor(),
                    features,
                    parameters,
                    listener,
                    cancellation);
            double millisPerDecision = 1e3 * secondsSince(start) / features.rows();
            Baselines baselines = baselines(learned, losses, features, parameters, listener, cancellation);

            List<EpochRecord> history = learned.history();
            List<EpochRecord> twoStage = phase(learned, history.get(0).phase());
            List<EpochRecord> own =
                    phase(learned, history.get(history.size() - 1).phase());
            Metrics metrics = new Metrics(
                    new Metrics.Setting(
                            plan.task().name(),
                            plan.method().name(),
                            provider.name(),
                            device.getDeviceType(),
                            plan.seed()),
                    new Metrics.Rows(
                            training.rows().length,
                            plan.split().validation().length,
                            test.rows().length,
                            training.skipped().size() + test.skipped().size()),
                    TestLoss.of(losses, foresight),
                    TestLoss.of(baselines.twoStage(), foresight),
                    TestLoss.of(baselines.pointForecast(), foresight),
                    Estimate.of(TestLoss.minus(baselines.twoStage(), losses)),
                    Estimate.of(foresight),
                    new Metrics.Validation(bestValidation(own), bestValidation(twoStage)),
                    new Metrics.Effort(
                            preprocessingSeconds,
                            training.cached(),
                            trainSeconds,
                            medianSeconds(own),
                            own.get(own.size() - 1).epoch(),
                            millisPerDecision,
                            own.get(own.size() - 1).effectiveSampleSize()));
            return new ExperimentResult(metrics, learned);
        } catch (RuntimeException failure) {
            learned.close();
            throw failure;
        }
    }

    private Hindsight hindsight(
            String what, int[] rows, int least, ExperimentListener listener, Cancellation cancellation) {
        HindsightDecisions decisions = new HindsightDecisions(problem.cost(), problem.constraints(), provider, solver)
                .onDevice(device)
                .skippingUnsolvable(plan.skipUnsolvable());
        if (cache != null) {
            decisions = decisions.withCache(cache);
        }
        SolveListener solves = listener.solvesStarted("Optimal decisions of the " + what, rows.length);
        Hindsight hindsight = decisions.solve(plan.data().parameters(), rows, solves, cancellation);
        listener.solvesEnded(
                hindsight.cached()
                        ? "from the cache"
                        : hindsight.skipped().isEmpty()
                                ? ""
                                : hindsight.skipped().size() + " rows left out");
        if (hindsight.rows().length < least) {
            throw new DataException("Of the " + rows.length + " " + what + " only " + hindsight.rows().length
                    + " can be solved, but at least " + least + " must be.");
        }
        return hindsight;
    }

    private LearningProblem learningProblem(Hindsight training) {
        return new LearningProblem(
                problem,
                plan.task().network(),
                plan.hyperParameters(),
                rows(training.rows()),
                training.decisions(),
                rows(plan.split().validation()),
                solver,
                device,
                plan.seed());
    }

    private LearningProblem.Rows rows(int[] rows) {
        return new LearningProblem.Rows(
                plan.data().features().select(rows),
                plan.data().parameters().select(rows),
                plan.data().observed().select(rows));
    }

    /**
     * The losses of the decisions by the network as two-stage training left it.
     *
     * @param twoStage by its whole prediction
     * @param pointForecast by the mean alone
     */
    private record Baselines(double[] twoStage, double[] pointForecast) {}

    private DecisionMaker byDistribution() {
        return new DecisionMaker(problem, solver);
    }

    private double[] losses(
            String what,
            DecisionMaker decisionMaker,
            GaussianPredictor predictor,
            Table features,
            Table parameters,
            ExperimentListener listener,
            Cancellation cancellation) {
        SolveListener solves = listener.solvesStarted("Decisions of " + what + " for the test rows", features.rows());
        List<Decision> decisions = decisionMaker.decide(predictor, features, solves, cancellation);
        listener.solvesEnded("");
        return TaskLoss.of(problem.cost(), parameters, decisions);
    }

    /** The losses of the network as two-stage training left it; the predictor keeps its own weights. */
    private Baselines baselines(
            Learned learned,
            double[] ownLosses,
            Table features,
            Table parameters,
            ExperimentListener listener,
            Cancellation cancellation) {
        String twoStagePhase = learned.history().get(0).phase();
        GaussianPredictor predictor = learned.predictor();
        Weights own = predictor.weights();
        try {
            predictor.load(learned.twoStage());
            double[] twoStage = plan.method().name().equals(twoStagePhase)
                    ? ownLosses
                    : losses(twoStagePhase, byDistribution(), predictor, features, parameters, listener, cancellation);
            DecisionMaker byPointForecast = DecisionMaker.byPointForecast(problem, solver);
            return new Baselines(
                    twoStage,
                    losses(
                            "the point forecast",
                            byPointForecast,
                            predictor,
                            features,
                            parameters,
                            listener,
                            cancellation));
        } finally {
            predictor.load(own);
        }
    }

    private static List<EpochRecord> phase(Learned learned, String name) {
        return learned.history().stream()
                .filter(epoch -> epoch.phase().equals(name))
                .toList();
    }

    private static double bestValidation(List<EpochRecord> epochs) {
        return epochs.stream()
                .filter(EpochRecord::isValidated)
                .mapToDouble(EpochRecord::validationTaskLoss)
                .min()
                .orElse(Double.NaN);
    }

    private static double medianSeconds(List<EpochRecord> epochs) {
        double[] seconds = epochs.stream()
                .filter(epoch -> epoch.epoch() > 0)
                .mapToDouble(EpochRecord::seconds)
                .sorted()
                .toArray();
        int n = seconds.length;
        return n == 0 ? Double.NaN : 0.5 * (seconds[(n - 1) / 2] + seconds[n / 2]);
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) * 1e-9;
    }
}
