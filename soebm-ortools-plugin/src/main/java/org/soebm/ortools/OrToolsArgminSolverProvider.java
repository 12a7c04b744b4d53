package org.soebm.ortools;

import org.soebm.api.constraint.NativeModel;
import org.soebm.api.cost.SmoothObjective;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.solver.SolverUnavailableException;
import org.soebm.api.solver.Support;
import org.soebm.ortools.library.NativeLibrary;
import org.soebm.ortools.model.CpSatModel;

/**
 * The solver named {@code ortools}.
 *
 * <table>
 *   <caption>What solves what, and what the answer is worth</caption>
 *   <tr><th>objective</th><th>without integers</th><th>with integers</th></tr>
 *   <tr><td>penalties of single decisions, at most one row</td><td>closed form, a price on the row: optimal</td>
 *       <td>as below</td></tr>
 *   <tr><td>known penalties, hinges only</td><td>linear program, GLOP: optimal</td>
 *       <td>CP-SAT for linear costs of integers alone, SCIP: optimal</td></tr>
 *   <tr><td>known penalties with squares</td><td>quadratic program, PDLP: optimal</td>
 *       <td>outer approximation, SCIP and PDLP: optimal</td></tr>
 *   <tr><td>Gaussian penalties</td><td>sequential quadratic programming, PDLP: optimal</td>
 *       <td>outer approximation, SCIP and PDLP: optimal</td></tr>
 *   <tr><td>penalties over a {@link CpSatModel}</td><td></td><td>CP-SAT, costs in scaled integers: optimal</td></tr>
 *   <tr><td>smooth oracle</td><td>spectral projected gradient from several starts, projections and vertices in closed form
 *       over a box with at most one row, else by PDLP and GLOP: the best stationary point found</td><td>refused</td></tr>
 * </table>
 *
 * Optimal means within {@link SolverOptions#tolerance()}, relative to max(|optimum|, 1). Answers keep every bound and
 * integrality exactly and every row within 1e-6 (relative to the row's largest term where that is above 1). Infeasible and
 * unbounded are proven, but for a smooth oracle unbounded means: as far as was looked.
 */
public final class OrToolsArgminSolverProvider implements ArgminSolverProvider {
    static final String NAME = "ortools";

    /** For {@link java.util.ServiceLoader}. */
    public OrToolsArgminSolverProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "OR-Tools 9.15: exact linear, quadratic and mixed-integer programs (GLOP, PDLP, SCIP, CP-SAT), Gaussian"
                + " expectations, the best of several stationary points of smooth costs";
    }

    @Override
    public int rank() {
        return 10;
    }

    @Override
    public Support supports(ArgminProblem problem) {
        return supportFor(problem);
    }

    static Support supportFor(ArgminProblem problem) {
        if (problem.objective() instanceof SmoothObjective
                && problem.constraints().hasIntegers()) {
            return Support.no("it cannot handle integer variables where the cost is known only through its gradient");
        }
        NativeModel model = problem.constraints().nativeModel();
        if (model != null && model.solver().equals(NAME) && !(model instanceof CpSatModel)) {
            return Support.no("the feasible set has " + model.description() + ", which is no model of CP-SAT");
        }
        if (model instanceof CpSatModel cpSat) {
            String tooWide = CpSatSet.tooWide(problem.constraints(), cpSat);
            if (tooWide != null) {
                return Support.no(tooWide);
            }
        }
        return Support.ofNativeModel(problem.constraints(), NAME);
    }

    /**
     * {@inheritDoc}
     *
     * @throws SolverUnavailableException when the native libraries of OR-Tools do not load on this platform
     */
    @Override
    public ArgminSolver create(SolverOptions options) {
        NativeLibrary.load();
        return new OrToolsArgminSolver(options);
    }
}
