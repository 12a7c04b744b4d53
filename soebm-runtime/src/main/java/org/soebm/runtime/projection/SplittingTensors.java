package org.soebm.runtime.projection;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The matrices of a {@link SplittingProjection} on the device, for every ρ that was needed so far. */
final class SplittingTensors {
    private final SplittingSystem system;
    private final NDManager manager;
    private final NDArray lower; // (1, k)
    private final NDArray upper;
    private final NDArray rows; // Kᵀ, (n, k)
    private final BoxProjection box;
    private final Map<Integer, Factor> factors = new ConcurrentHashMap<>();

    /** What an iteration multiplies with at one ρ: to (a, u) and on to K(a, u), from z, (d, ·), and from s − m, (k, ·). */
    record Factor(NDArray fromPoint, NDArray pointRows, NDArray fromCopies, NDArray copiesRows, NDArray toDual) {}

    SplittingTensors(Polytope polytope, SplittingSystem system, NDManager manager) {
        this.system = system;
        this.manager = manager;
        lower = Constants.row(manager, system.lower());
        upper = Constants.row(manager, system.upper());
        rows = Constants.matrix(manager, system.transposed(), system.variables(), system.rows());
        box = new BoxProjection(
                Arrays.copyOf(polytope.lower(), polytope.decisions()),
                Arrays.copyOf(polytope.upper(), polytope.decisions()),
                manager);
    }

    SplittingSystem system() {
        return system;
    }

    /** Kᵀ, (n, k). */
    NDArray rows() {
        return rows;
    }

    /**
     * At ρ to a power.
     *
     * @throws ProjectionException when its system is singular
     */
    Factor factor(int exponent) {
        return factors.computeIfAbsent(exponent, e -> {
            SplittingSystem.Solved solved = system.solved(e);
            int n = system.variables();
            int k = system.rows();
            int d = system.decisions();
            return new Factor(
                    Constants.matrix(manager, solved.fromPoint(), d, n),
                    Constants.matrix(manager, solved.pointRows(), d, k),
                    Constants.matrix(manager, solved.fromCopies(), k, n),
                    Constants.matrix(manager, solved.copiesRows(), k, k),
                    Constants.matrix(manager, solved.toDual(), k, n));
        });
    }

    /** Copies of rows and bounds, (N, k), within their sides. */
    NDArray clip(NDArray copies) {
        return copies.maximum(lower).minimum(upper);
    }

    /** Decisions (N, d) within their bounds. */
    NDArray withinBounds(NDArray decisions) {
        return box.of(decisions);
    }
}
