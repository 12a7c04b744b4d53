package org.soebm.api.solver;

/**
 * A solver plug-in, found through {@link java.util.ServiceLoader}. Looking at a provider must be cheap: native
 * libraries load in {@link #create}, not before.
 */
public interface ArgminSolverProvider {
    /** The name by which users choose it, lower case. */
    String name();

    /** One line on what it is. */
    String description();

    /** Where nothing was chosen, the lowest rank that supports the problem wins. */
    int rank();

    /** Whether the problem is supported and, if not, why. */
    Support supports(ArgminProblem problem);

    /**
     * Makes a solver.
     *
     * @throws SolverUnavailableException when its native libraries do not load on this platform
     */
    ArgminSolver create(SolverOptions options);
}
