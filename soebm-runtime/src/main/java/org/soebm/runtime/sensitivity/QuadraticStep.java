package org.soebm.runtime.sensitivity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.soebm.api.linear.SparseVector;

/**
 * The step of sequential quadratic programming: minimises gᵀd + ½dᵀHd under restrictions. Found by its dual,
 *
 * <pre>  min_λ ½(g + Nλ)ᵀH⁻¹(g + Nλ) + sᵀλ,   lowest ≤ λ ≤ highest,   d = −H⁻¹(g + Nλ),</pre>
 *
 * with an active set of multipliers that grows by the restriction most violated and shrinks where a multiplier meets a
 * limit; both are exact, and the multipliers say which restrictions hold the optimum (as in non-negative least squares
 * after Lawson and Hanson, with limits on both sides).
 *
 * @param step d
 * @param multipliers λ, one a restriction
 * @param tight the restrictions with a multiplier strictly within its limits, and all equalities: those that hold with
 *     equality and go on to do so under a small change of the problem
 */
record QuadraticStep(double[] step, double[] multipliers, List<Restriction> tight) {
    /** A multiplier below so much of the largest force counts as none: its restriction only touches the optimum. */
    private static final double WEAK = 1e-7;

    private static final double RIDGE = 1e-11; // keeps dependent restrictions apart, so that one of them is driven out
    private static final double PROXIMAL = 1e-6; // relative curvature given to flat directions

    /**
     * Solves the quadratic program.
     *
     * @param gradient g, length n
     * @param hessian H, shape (n, n), without negative curvature
     */
    static QuadraticStep of(double[] gradient, DMatrixRMaj hessian, List<Restriction> restrictions) {
        return new Search(gradient, hessian, restrictions).run();
    }

    private static final class Search {
        private final int n;
        private final double[] gradient;
        private final List<Restriction> restrictions;
        private final DMatrixRMaj factor; // of H
        private final List<Integer> free = new ArrayList<>();
        private final List<double[]> spread = new ArrayList<>(); // H⁻¹ n_i of the free ones, in their order
        private final Set<Integer> settled = new HashSet<>();
        private final double[] multipliers;

        Search(double[] gradient, DMatrixRMaj hessian, List<Restriction> restrictions) {
            n = gradient.length;
            this.gradient = gradient;
            this.restrictions = restrictions;
            factor = positiveFactor(hessian);
            multipliers = new double[restrictions.size()];
        }

        /** The factor of H, with a little curvature more where there is none. */
        private static DMatrixRMaj positiveFactor(DMatrixRMaj hessian) {
            DMatrixRMaj factor = SymmetricSystem.choleskyFactor(hessian);
            if (factor != null) {
                return factor;
            }
            double largest = 0;
            for (int i = 0; i < hessian.numRows; i++) {
                largest = Math.max(largest, hessian.get(i, i));
            }
            return SymmetricSystem.ridgeFactor(hessian, PROXIMAL * (largest > 0 ? largest : 1));
        }

        QuadraticStep run() {
            double[] step = step();
            double tolerance = 1e-12 * (1 + largest(step));
            int most = 20 * (restrictions.size() + 1);
            for (int turn = 0; turn < most; turn++) {
                int entering = mostViolated(step, tolerance);
                if (entering < 0) {
                    return new QuadraticStep(step, multipliers, tight());
                }
                double before = multipliers[entering];
                free.add(entering);
                spread.add(solve(dense(restrictions.get(entering).normal())));
                descend();
                if (multipliers[entering] == before && !free.contains(entering)) {
                    settled.add(entering); // violated by rounding only
                }
                step = step();
            }
            throw new ArithmeticException("The multipliers of " + restrictions.size()
                    + " restrictions were not found in " + most + " turns.");
        }

        /** d = −H⁻¹(g + Nλ). */
        private double[] step() {
            double[] force = gradient.clone();
            for (int i = 0; i < multipliers.length; i++) {
                if (multipliers[i] != 0) {
                    restrictions.get(i).normal().addTo(force, multipliers[i]);
                }
            }
            double[] step = solve(force);
            for (int i = 0; i < n; i++) {
                step[i] = -step[i];
            }
            return step;
        }

        private double[] solve(double[] right) {
            return SymmetricSystem.substitute(factor, new DMatrixRMaj(n, 1, true, right.clone())).data;
        }

        private double[] dense(SparseVector vector) {
            double[] dense = new double[n];
            vector.addTo(dense, 1);
            return dense;
        }

        private int mostViolated(double[] step, double tolerance) {
            int worst = -1;
            double most = tolerance;
            for (int i = 0; i < restrictions.size(); i++) {
                Restriction restriction = restrictions.get(i);
                double excess = restriction.normal().dot(step) - restriction.slack();
                boolean helps =
                        excess > 0 ? multipliers[i] < restriction.highest() : multipliers[i] > restriction.lowest();
                if (helps && Math.abs(excess) > most && !free.contains(i) && !settled.contains(i)) {
                    worst = i;
                    most = Math.abs(excess);
                }
            }
            return worst;
        }

        /** Minimises over the free multipliers; those that meet a limit stay there and are free no longer. */
        private void descend() {
            while (!free.isEmpty()) {
                double[] target = stationary();
                double length = 1;
                int blocking = -1;
                for (int k = 0; k < target.length; k++) {
                    int i = free.get(k);
                    Restriction restriction = restrictions.get(i);
                    double limit = Math.max(restriction.lowest(), Math.min(restriction.highest(), target[k]));
                    if (limit != target[k]) {
                        double share = (limit - multipliers[i]) / (target[k] - multipliers[i]);
                        if (share < length || blocking < 0) {
                            length = Math.min(length, share);
                            blocking = k;
                        }
                    }
                }
                for (int k = 0; k < target.length; k++) {
                    int i = free.get(k);
                    multipliers[i] += length * (target[k] - multipliers[i]);
                }
                if (blocking < 0) {
                    return;
                }
                int i = free.get(blocking);
                multipliers[i] = target[blocking] > multipliers[i]
                                || target[blocking] > restrictions.get(i).highest()
                        ? restrictions.get(i).highest()
                        : restrictions.get(i).lowest();
                free.remove(blocking);
                spread.remove(blocking);
            }
        }

        /** Where the dual is stationary in the free multipliers, the others as they are. */
        private double[] stationary() {
            int m = free.size();
            double[] fixed = gradient.clone();
            for (int i = 0; i < multipliers.length; i++) {
                if (multipliers[i] != 0 && !free.contains(i)) {
                    restrictions.get(i).normal().addTo(fixed, multipliers[i]);
                }
            }
            DMatrixRMaj matrix = new DMatrixRMaj(m, m);
            DMatrixRMaj right = new DMatrixRMaj(m, 1);
            double trace = 0;
            for (int k = 0; k < m; k++) {
                double[] column = spread.get(k);
                double sum = restrictions.get(free.get(k)).slack();
                for (int i = 0; i < n; i++) {
                    sum += column[i] * fixed[i];
                }
                right.set(k, 0, -sum);
                for (int l = 0; l < m; l++) {
                    matrix.set(l, k, restrictions.get(free.get(l)).normal().dot(column));
                }
                trace += matrix.get(k, k);
            }
            DMatrixRMaj factor = SymmetricSystem.ridgeFactor(matrix, RIDGE * trace);
            DMatrixRMaj solution = SymmetricSystem.substitute(factor, right);
            DMatrixRMaj missed = right; // by the ridge, which would move the step off the restrictions by as much
            CommonOps_DDRM.multAdd(-1, matrix, solution, missed);
            CommonOps_DDRM.addEquals(solution, SymmetricSystem.substitute(factor, missed));
            return solution.data;
        }

        private List<Restriction> tight() {
            double weak = WEAK * largest(gradient);
            List<Restriction> tight = new ArrayList<>();
            for (int i = 0; i < multipliers.length; i++) {
                Restriction restriction = restrictions.get(i);
                boolean holds =
                        multipliers[i] > restriction.lowest() + weak && multipliers[i] < restriction.highest() - weak;
                if (restriction.isEquality() || holds) {
                    tight.add(restriction);
                }
            }
            return tight;
        }

        private static double largest(double[] values) {
            return Arrays.stream(values).map(Math::abs).max().orElse(0);
        }
    }
}
