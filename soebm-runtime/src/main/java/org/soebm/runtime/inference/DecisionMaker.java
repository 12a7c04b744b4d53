package org.soebm.runtime.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.cost.Scenarios;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolveListener;
import org.soebm.api.task.Table;
import org.soebm.runtime.network.GaussianPredictor;
import org.soebm.runtime.objective.DecisionRule;
import org.soebm.runtime.objective.Objectives;
import org.soebm.runtime.objective.StochasticProblem;

/**
 * From features to decisions: predicts in batches on the device, then solves argmin_{a ∈ C} E(x, a; θ) with the given
 * solver, one problem a row, in parallel. Where E has no closed form it is the average over samples of y whose ε_s are the
 * same for every row and call (a Latin hypercube), so that the same features give the same decision. Thread-safe.
 */
public final class DecisionMaker {
    private static final int ROWS_A_BATCH = 4096;
    private static final int ROWS_AT_A_TIME = 2 * ROWS_A_BATCH; // predicted, then solved
    private static final long VALUES_AT_A_TIME = 1 << 24; // of scenarios, which have to be kept until they are solved

    private final StochasticProblem problem;
    private final ArgminSolver solver;
    private final boolean byMeanOnly;
    private final OutcomeSamples samples; // of use where there is no closed form

    private DecisionMaker(StochasticProblem problem, ArgminSolver solver, boolean byMeanOnly) {
        this.problem = problem;
        this.solver = solver;
        this.byMeanOnly = byMeanOnly;
        int wanted = Objectives.scenariosWanted(problem.constraints());
        samples = byMeanOnly
                ? OutcomeSamples.ofMean(problem)
                : OutcomeSamples.of(problem, wanted > 0 ? wanted : problem.scenarios());
    }

    /** Decides by the expectation of the cost. The solver stays the caller's to close. */
    public DecisionMaker(StochasticProblem problem, ArgminSolver solver) {
        this(problem, solver, false);
    }

    /**
     * Decides as if the predicted mean were sure to come: what is done where only a point forecast is at hand. The solver
     * stays the caller's to close.
     */
    public static DecisionMaker byPointForecast(StochasticProblem problem, ArgminSolver solver) {
        return new DecisionMaker(problem, solver, true);
    }

    /** Takes decisions in the order of the rows. */
    @FunctionalInterface
    public interface DecisionSink {
        /**
         * Takes the decisions of consecutive rows, some thousands at a time.
         *
         * @param firstRow the number of the first
         */
        void accept(int firstRow, List<Decision> decisions);
    }

    /**
     * Decides a table of unscaled features. Memory does not grow with the number of rows.
     *
     * @param sink gets the decisions, each row's once
     * @throws UndecidedRowException when the solver finds none for a row
     */
    public void decide(
            GaussianPredictor predictor,
            Table features,
            DecisionSink sink,
            SolveListener listener,
            Cancellation cancellation) {
        int rowsAtATime = rowsAtATime();
        try (Objectives objectives = new Objectives(problem.cost(), problem.constraints(), predictor.device())) {
            for (int start = 0; start < features.rows(); start += rowsAtATime) {
                int first = start;
                Table some = features.select(start, Math.min(features.rows(), start + rowsAtATime));
                List<Decision> decisions = solver.solveAll(
                        some.rows(),
                        problems(objectives, predictor, some, first),
                        (row, decision) -> listener.solved(first + row, decision),
                        cancellation);
                for (int row = 0; row < decisions.size(); row++) {
                    if (!decisions.get(row).status().hasDecision()) {
                        throw new UndecidedRowException(first + row, decisions.get(row));
                    }
                }
                sink.accept(first, decisions);
            }
        }
    }

    /**
     * The decisions for a table of unscaled features, shape (n, da).
     *
     * @throws UndecidedRowException when the solver finds none for a row
     */
    public Table decisions(
            GaussianPredictor predictor, Table features, SolveListener listener, Cancellation cancellation) {
        Table.Builder table =
                Table.builder(DecisionRule.decisionNames(problem.cost().decisionCount()));
        decide(
                predictor,
                features,
                (first, decisions) -> decisions.forEach(decision -> table.add(decision.values())),
                listener,
                cancellation);
        return table.build();
    }

    /**
     * The decisions for few rows of unscaled features, with what the solver says of each.
     *
     * @throws UndecidedRowException when the solver finds none for a row
     */
    public List<Decision> decide(GaussianPredictor predictor, Table features) {
        List<Decision> all = new ArrayList<>();
        decide(
                predictor,
                features,
                (first, decisions) -> all.addAll(decisions),
                SolveListener.NONE,
                Cancellation.NEVER);
        return all;
    }

    /** Few rows, of which little has to be kept until they are solved; whole batches of the predictor. */
    private int rowsAtATime() {
        if (problem.hasClosedForm()) {
            return ROWS_AT_A_TIME;
        }
        int batch = samples.rowsABatch();
        long valuesARow = (long) samples.count() * problem.cost().parameterCount();
        long rows = Math.min(ROWS_AT_A_TIME, VALUES_AT_A_TIME / Math.max(1, valuesARow));
        return (int) Math.max(1, rows / batch) * batch;
    }

    private IntFunction<ArgminProblem> problems(
            Objectives objectives, GaussianPredictor predictor, Table features, int firstRow) {
        return problem.hasClosedForm()
                ? closedForm(predictor, features)
                : sampleAverages(objectives, predictor, features, firstRow);
    }

    /** The problems of single rows, as the decisions are made from. The features must be one row. */
    public ArgminProblem problem(Objectives objectives, GaussianPredictor predictor, Table features) {
        return problems(objectives, predictor, features, 0).apply(0);
    }

    private IntFunction<ArgminProblem> closedForm(GaussianPredictor predictor, Table features) {
        PenaltyCost cost = (PenaltyCost) problem.cost();
        int width = problem.predictedCount();
        float[] mean = new float[features.rows() * width];
        float[] std = new float[mean.length];
        for (int start = 0; start < features.rows(); start += ROWS_A_BATCH) {
            Table batch = batch(features, start, ROWS_A_BATCH);
            try (NDManager scope = predictor.newScope()) {
                GaussianDistribution prediction = predictor.predict(predictor.standardise(batch, scope));
                copy(prediction.mean(), mean, start * width);
                if (!byMeanOnly) {
                    copy(prediction.std(), std, start * width);
                }
            }
        }
        return row -> Objectives.expected(
                cost, problem.constraints(), values(mean, row * width, width), values(std, row * width, width));
    }

    private IntFunction<ArgminProblem> sampleAverages(
            Objectives objectives, GaussianPredictor predictor, Table features, int firstRow) {
        IntFunction<Scenarios> scenarios = samples.scenarios(predictor, features, firstRow);
        return row -> objectives.sampleAverage(scenarios.apply(row));
    }

    private static Table batch(Table features, int start, int size) {
        return features.select(start, Math.min(features.rows(), start + size));
    }

    private static void copy(NDArray source, float[] target, int offset) {
        float[] values = source.toFloatArray();
        System.arraycopy(values, 0, target, offset, values.length);
    }

    private static double[] values(float[] from, int start, int width) {
        double[] doubles = new double[width];
        Arrays.setAll(doubles, i -> from[start + i]);
        return doubles;
    }
}
