package org.soebm.examples.shiftstaffing;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.ArgminSolvers;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolveListener;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.task.Table;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;
import org.soebm.runtime.data.Split;
import org.soebm.runtime.data.Standardizer;
import org.soebm.runtime.evaluation.Estimate;
import org.soebm.runtime.evaluation.TaskLoss;
import org.soebm.runtime.inference.DecisionMaker;
import org.soebm.runtime.learning.Learned;
import org.soebm.runtime.learning.LearningMethod;
import org.soebm.runtime.learning.LearningMethods;
import org.soebm.runtime.learning.LearningProblem;
import org.soebm.runtime.learning.TrainingListener;
import org.soebm.runtime.network.GaussianPredictor;
import org.soebm.runtime.preprocessing.Hindsight;
import org.soebm.runtime.preprocessing.HindsightDecisions;
import org.soebm.runtime.preprocessing.Objectives;

/**
 * What the weeks of the test rows cost, by the way in which their schedules came about: a point forecast put into the
 * store's model; the expected cost under a predicted distribution (two-stage); the same, fine-tuned by likelihood
 * (two-stage-tuned, the control, where asked for); the same, trained by SO-EBM; and perfect foresight. Each seed has its own data, split
 * and weights.
 */
public final class CompareMethods {
    static final String POINT_FORECAST = "point forecast, then optimise";
    static final String TWO_STAGE = "two-stage (distribution)";
    static final String TUNED = "two-stage-tuned (control)";
    static final String SO_EBM = "SO-EBM";
    static final String FORESIGHT = "perfect foresight";

    private final Task task;
    private final ArgminSolverProvider provider;
    private final PrintStream progress;

    CompareMethods(Task task, ArgminSolverProvider provider, PrintStream progress) {
        this.task = task;
        this.provider = provider;
        this.progress = progress;
    }

    /** Compares on seeds 0 to 4, or on those that are given; with {@code --control} by two-stage-tuned as well. */
    public static void main(String[] arguments) {
        boolean withControl = Arrays.asList(arguments).contains("--control");
        long[] given = Arrays.stream(arguments)
                .filter(argument -> !argument.equals("--control"))
                .mapToLong(Long::parseLong)
                .toArray();
        long[] seeds = given.length == 0 ? new long[] {0, 1, 2, 3, 4} : given;
        Task task = new ShiftStaffingTask();
        PenaltyCost cost = Objectives.requirePenaltyCost(task.cost());
        Standardizer scaling = Standardizer.fit(task.data(null, seeds[0]).parameters());
        ArgminSolverProvider provider =
                ArgminSolvers.load().select(null, Objectives.typicalProblem(cost, task.constraints(), scaling));
        CompareMethods comparison = new CompareMethods(task, provider, System.err);
        List<Map<String, Double>> all = new ArrayList<>();
        for (long seed : seeds) {
            all.add(comparison.meanCosts(seed, withControl));
        }
        table(all).forEach(System.out::println);
    }

    /** The mean cost of a test week by method. */
    Map<String, Double> meanCosts(long seed, boolean withControl) {
        TaskData data = task.data(null, seed);
        Split split = Split.random(data, seed);
        PenaltyCost cost = Objectives.requirePenaltyCost(task.cost());
        ConstraintSet constraints = task.constraints();
        Table features = data.features().select(split.test());
        Table parameters = data.parameters().select(split.test());
        Map<String, Double> costs = new LinkedHashMap<>();
        try (ArgminSolver solver = provider.create(SolverOptions.DEFAULT)) {
            say(seed, "optimal schedules in hindsight, " + (split.train().length + split.test().length) + " weeks");
            HindsightDecisions hindsight = new HindsightDecisions(cost, constraints, provider, solver);
            Hindsight training =
                    hindsight.solve(data.parameters(), split.train(), SolveListener.NONE, Cancellation.NEVER);
            Hindsight test = hindsight.solve(data.parameters(), split.test(), SolveListener.NONE, Cancellation.NEVER);
            LearningProblem problem = new LearningProblem(
                    cost,
                    constraints,
                    task.network(),
                    task.hyperParameters(),
                    rows(data, split.train()),
                    training.decisions(),
                    rows(data, split.validation()),
                    solver,
                    Device.cpu(),
                    seed);
            DecisionMaker decisionMaker = new DecisionMaker(cost, constraints, solver);
            try (Learned learned = learn("so-ebm", problem, seed)) {
                double ofSoEbm = mean(cost, parameters, decisionMaker.decide(learned.predictor(), features));
                learned.predictor().load(learned.twoStage());
                double[][] forecasts = forecasts(learned.predictor(), features);
                List<Decision> ofForecasts = solver.solveAll(
                        forecasts.length,
                        row -> Objectives.hindsight(cost, constraints, forecasts[row]),
                        SolveListener.NONE,
                        Cancellation.NEVER);
                costs.put(POINT_FORECAST, mean(cost, parameters, ofForecasts));
                costs.put(TWO_STAGE, mean(cost, parameters, decisionMaker.decide(learned.predictor(), features)));
                costs.put(SO_EBM, ofSoEbm);
            }
            if (withControl) {
                try (Learned learned = learn("two-stage-tuned", problem, seed)) {
                    costs.put(TUNED, mean(cost, parameters, decisionMaker.decide(learned.predictor(), features)));
                }
            }
            double foresight = 0;
            for (int row = 0; row < parameters.rows(); row++) {
                foresight += cost.cost(parameters.row(row), test.decisions()[row]) / parameters.rows();
            }
            costs.put(FORESIGHT, foresight);
        }
        costs.forEach((method, value) -> say(seed, String.format(Locale.ROOT, "%-30s %8.1f", method, value)));
        return costs;
    }

    private Learned learn(String name, LearningProblem problem, long seed) {
        LearningMethod method = LearningMethods.named(name);
        return method.learn(problem, new TrainingListener() {
            @Override
            public void phaseEnded(String phase, double bestValidationTaskLoss) {
                say(
                        seed,
                        String.format(Locale.ROOT, "trained %s, validation cost %.1f", phase, bestValidationTaskLoss));
            }
        });
    }

    /** The mean of each prediction: what a forecaster would hand to the planner. */
    private static double[][] forecasts(GaussianPredictor predictor, Table features) {
        try (NDManager scope = predictor.newScope()) {
            float[] means = predictor
                    .predict(predictor.standardise(features, scope))
                    .mean()
                    .toFloatArray();
            double[][] rows = new double[features.rows()][means.length / features.rows()];
            for (int row = 0; row < rows.length; row++) {
                for (int i = 0; i < rows[row].length; i++) {
                    rows[row][i] = means[row * rows[row].length + i];
                }
            }
            return rows;
        }
    }

    private static double mean(PenaltyCost cost, Table parameters, List<Decision> decisions) {
        return Estimate.of(TaskLoss.of(cost, parameters, decisions)).mean();
    }

    private static LearningProblem.Rows rows(TaskData data, int[] rows) {
        return new LearningProblem.Rows(
                data.features().select(rows), data.parameters().select(rows));
    }

    private void say(long seed, String what) {
        progress.println("seed " + seed + ": " + what);
    }

    /** The table of all seeds: means, standard errors over seeds, and the share of the gap that a method closes. */
    static List<String> table(List<Map<String, Double>> seeds) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%-32s %18s %26s %14s",
                "cost of a test week, " + seeds.size() + " seeds",
                "mean ± s.e.",
                "against point forecast",
                "of the gap"));
        double gap = Estimate.of(differences(seeds, POINT_FORECAST, FORESIGHT)).mean();
        for (String method : List.of(POINT_FORECAST, TWO_STAGE, TUNED, SO_EBM, FORESIGHT)) {
            if (method.equals(TUNED) && seeds.stream().noneMatch(each -> each.containsKey(TUNED))) {
                continue;
            }
            Estimate cost = Estimate.of(
                    seeds.stream().mapToDouble(each -> value(each, method)).toArray());
            Estimate gain = Estimate.of(differences(seeds, POINT_FORECAST, method));
            lines.add(String.format(
                    Locale.ROOT,
                    "%-32s %10.1f ± %5.1f %18.1f ± %5.1f %12.1f %%",
                    method,
                    cost.mean(),
                    cost.standardError(),
                    -gain.mean(),
                    gain.standardError(),
                    100 * gain.mean() / gap));
        }
        Estimate gain = Estimate.of(differences(seeds, TWO_STAGE, SO_EBM));
        lines.add(String.format(
                Locale.ROOT, "SO-EBM against two-stage: %.1f ± %.1f", -gain.mean(), gain.standardError()));
        return lines;
    }

    private static double[] differences(List<Map<String, Double>> seeds, String first, String second) {
        return seeds.stream()
                .mapToDouble(each -> value(each, first) - value(each, second))
                .toArray();
    }

    private static double value(Map<String, Double> costs, String method) {
        Double value = costs.get(method);
        if (value == null) {
            throw new IllegalArgumentException("There is no cost of " + method + ".");
        }
        return value;
    }
}
