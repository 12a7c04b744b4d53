package org.soebm.runtime.inference;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolveListener;
import org.soebm.api.task.Table;
import org.soebm.runtime.network.GaussianPredictor;
import org.soebm.runtime.preprocessing.Objectives;

/**
 * From features to decisions: predicts p(y | x; θ) in batches on the device, then solves argmin_{a ∈ C} E(x, a; θ)
 * with the given solver, one problem a row, in parallel. Thread-safe.
 */
public final class DecisionMaker {
    private static final int ROWS_A_BATCH = 4096;

    private final PenaltyCost cost;
    private final ConstraintSet constraints;
    private final ArgminSolver solver;
    private final boolean byMeanOnly;

    private DecisionMaker(PenaltyCost cost, ConstraintSet constraints, ArgminSolver solver, boolean byMeanOnly) {
        this.cost = cost;
        this.constraints = constraints;
        this.solver = solver;
        this.byMeanOnly = byMeanOnly;
    }

    /**
     * Decides by the expectation of the cost; see {@link Objectives#expected}. The solver stays the caller's to close.
     */
    public DecisionMaker(PenaltyCost cost, ConstraintSet constraints, ArgminSolver solver) {
        this(cost, constraints, solver, false);
    }

    /**
     * Decides as if the predicted mean were sure to come: what is done where only a point forecast is at hand. The solver
     * stays the caller's to close.
     */
    public static DecisionMaker byPointForecast(PenaltyCost cost, ConstraintSet constraints, ArgminSolver solver) {
        return new DecisionMaker(cost, constraints, solver, true);
    }

    /**
     * The decisions for a table of unscaled features.
     *
     * @throws UndecidedRowException when the solver finds none for a row
     */
    public List<Decision> decide(
            GaussianPredictor predictor, Table features, SolveListener listener, Cancellation cancellation) {
        int parameters = cost.parameterCount();
        float[] mean = new float[features.rows() * parameters];
        float[] std = new float[mean.length];
        for (int start = 0; start < features.rows(); start += ROWS_A_BATCH) {
            int end = Math.min(features.rows(), start + ROWS_A_BATCH);
            Table batch = features.select(IntStream.range(start, end).toArray());
            try (NDManager scope = predictor.newScope()) {
                GaussianDistribution prediction = predictor.predict(predictor.standardise(batch, scope));
                copyRows(prediction.mean().toFloatArray(), mean, start * parameters);
                if (!byMeanOnly) {
                    copyRows(prediction.std().toFloatArray(), std, start * parameters);
                }
            }
        }
        List<Decision> decisions = solver.solveAll(
                features.rows(),
                row -> Objectives.expected(cost, constraints, row(mean, row, parameters), row(std, row, parameters)),
                listener,
                cancellation);
        for (int row = 0; row < decisions.size(); row++) {
            if (!decisions.get(row).status().hasDecision()) {
                throw new UndecidedRowException(row, decisions.get(row));
            }
        }
        return decisions;
    }

    /** {@link #decide(GaussianPredictor, Table, SolveListener, Cancellation)} without listener and cancellation. */
    public List<Decision> decide(GaussianPredictor predictor, Table features) {
        return decide(predictor, features, SolveListener.NONE, Cancellation.NEVER);
    }

    private static void copyRows(float[] source, float[] target, int offset) {
        System.arraycopy(source, 0, target, offset, source.length);
    }

    private static double[] row(float[] values, int row, int width) {
        double[] doubles = new double[width];
        Arrays.setAll(doubles, i -> values[row * width + i]);
        return doubles;
    }
}
