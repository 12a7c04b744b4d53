package org.soebm.timefold;

import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.solver.Support;
import org.soebm.timefold.model.TimefoldModel;

/**
 * The solver named {@code timefold}. It takes every problem; what the answers are worth:
 *
 * <table>
 *   <caption>What is searched how</caption>
 *   <tr><th>objective</th><th>without integers</th><th>with integers</th></tr>
 *   <tr><td>known or Gaussian penalties</td>
 *       <td>descent along the lines that fit the rows and along the steepest way that is open; in tests within 1e-6 of the
 *       optimum, relative to max(|optimum|, 1). {@code OPTIMAL} where no start is given and the minimum of single decisions is
 *       feasible, else {@code FEASIBLE}</td>
 *       <td>up to about a dozen binaries, or as many as branch and bound exhausts, with at most 10,000 values in all ranges
 *       together: exact, and {@code OPTIMAL} where no variable is continuous. More: rounding and late acceptance, {@code
 *       FEASIBLE} with a message that the number of moves ended the search</td></tr>
 *   <tr><td>smooth oracle</td><td>pattern search by value, to one local minimum within about 1e-7 of the variables' scale,
 *       by some 10,000 evaluations at 20 decisions and 100,000 at 80:
 *       {@code FEASIBLE}</td><td>as above, small problems only</td></tr>
 * </table>
 *
 * Answers keep every bound and integrality exactly and every row within 1e-6 (relative to a thousandth of the row's scale
 * where that is above 1). {@code OPTIMAL} is not said where a row moves a bound by less than it may be missed by, as rows of
 * tiny numbers do: points that pass for feasible may then be better. {@code INFEASIBLE} is proven, by propagating bounds
 * through rows or by exhausting assignments; a search that found nothing feasible says {@code FAILED} or {@code TIME_LIMIT} and names the row that is missed most.
 * {@code UNBOUNDED} means, for penalties, a way from a feasible point that no bound or row ends and along which the
 * objective falls for ever (by more than 1e-9 of its parts, which rounding could make up); not all such ways are found. For
 * an oracle it means that a decision ran 1e12 times its scale away. All searches end by themselves at a number of moves, so
 * the same seed brings the same answer unless the time limit ends one. Existing Timefold models are solved by their own
 * configuration, see {@link TimefoldModel}.
 */
public final class TimefoldArgminSolverProvider implements ArgminSolverProvider {
    static final String NAME = "timefold";

    /** For {@link java.util.ServiceLoader}. */
    public TimefoldArgminSolverProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Timefold 1.32: local search on a fine grid for any cost, integers by branch and bound where they are few";
    }

    @Override
    public int rank() {
        return 20;
    }

    @Override
    public Support supports(ArgminProblem problem) {
        return supportFor(problem);
    }

    static Support supportFor(ArgminProblem problem) {
        return problem.constraints().nativeModel() instanceof TimefoldModel<?> model
                ? model.supports(problem)
                : Support.ofNativeModel(problem.constraints(), NAME);
    }

    @Override
    public ArgminSolver create(SolverOptions options) {
        QuietLogging.keep();
        return new TimefoldArgminSolver(options);
    }
}
