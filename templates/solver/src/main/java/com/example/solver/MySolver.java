package com.example.solver;

import java.time.Duration;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.Objective;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.solver.Support;

/**
 * Halves an interval around each decision's optimum, all at once: where a convex cost is a sum over decisions, the sign of
 * its slope in one of them says on which side that one's optimum is. Has no state, so it is thread-safe.
 */
final class MySolver implements ArgminSolver {
    private static final int HALVINGS = 100; // down to neighbouring numbers

    private final MySolverProvider provider;
    private final SolverOptions options;

    MySolver(MySolverProvider provider, SolverOptions options) {
        this.provider = provider;
        this.options = options;
    }

    @Override
    public Decision solve(ArgminProblem problem, Cancellation cancellation) {
        Support support = provider.supports(problem);
        if (!support.supported()) {
            throw new IllegalArgumentException("Solver " + provider.name() + " refuses: " + support.reason() + ".");
        }
        long start = System.nanoTime();
        Objective objective = problem.objective();
        ConstraintSet bounds = problem.constraints();
        int n = objective.dimension();
        double[] low = new double[n];
        double[] high = new double[n];
        for (int i = 0; i < n; i++) {
            low[i] = bounds.lower(i);
            high[i] = bounds.upper(i);
        }
        double[] middle = new double[n];
        double[] slope = new double[n];
        for (int halving = 0; halving < HALVINGS; halving++) {
            cancellation.throwIfCancelled();
            for (int i = 0; i < n; i++) {
                middle[i] = 0.5 * low[i] + 0.5 * high[i];
            }
            objective.valueAndGradient(middle, slope);
            for (int i = 0; i < n; i++) {
                if (slope[i] > 0) {
                    high[i] = middle[i];
                } else {
                    low[i] = middle[i];
                }
            }
        }
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        return new Decision(middle, new double[0], objective.value(middle), SolveStatus.OPTIMAL, time, "");
    }

    @Override
    public SolverOptions options() {
        return options;
    }

    @Override
    public void close() {}
}
