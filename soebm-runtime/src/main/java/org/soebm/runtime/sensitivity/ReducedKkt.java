package org.soebm.runtime.sensitivity;

import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.decomposition.qr.QRColPivDecompositionHouseholderColumn_DDRM;
import org.soebm.api.linear.SparseVector;

/**
 * The adjoint of an optimum's conditions, with H the curvature and N the normals of the tight restrictions:
 *
 * <pre>
 *   | H   N | | v |   | c |
 *   | Nᵀ  0 | | w | = | 0 |
 * </pre>
 *
 * for the gradient c of a loss with respect to the optimum. A change of the problem that moves the gradient of its
 * objective by dg and a restriction's slack by ds moves the loss by −vᵀdg + wᵀds. (Amos and Kolter, OptNet, ICML 2017, for
 * quadratic programs.)
 *
 * <p>Solved in the null space of Nᵀ, by a QR decomposition with pivoting: normals may depend on each other, of which then
 * as many as span them take part, and H may be singular, along whose flat directions the optimum is not unique and nothing
 * is said to move.
 *
 * @param v length n
 * @param w one for each normal
 */
record ReducedKkt(double[] v, double[] w) {
    private static final double DEPENDENT = 1e-9;

    /**
     * Solves the system.
     *
     * @param hessian H, shape (n, n)
     * @param normals the columns of N
     * @param gradient c, length n
     */
    static ReducedKkt solve(DMatrixRMaj hessian, List<SparseVector> normals, double[] gradient) {
        return solve(hessian, normals, gradient, SymmetricSystem::solve);
    }

    /**
     * Solves the system where H is known with errors, or not quite without negative curvature.
     *
     * @param negligible curvature below so much of the largest counts as none
     */
    static ReducedKkt solve(DMatrixRMaj hessian, List<SparseVector> normals, double[] gradient, double negligible) {
        return solve(hessian, normals, gradient, (matrix, right) -> SymmetricSystem.solve(matrix, right, negligible));
    }

    private static ReducedKkt solve(
            DMatrixRMaj hessian,
            List<SparseVector> normals,
            double[] gradient,
            BinaryOperator<DMatrixRMaj> symmetricSystem) {
        int n = gradient.length;
        DMatrixRMaj c = new DMatrixRMaj(n, 1, true, gradient.clone());
        if (normals.isEmpty()) {
            return new ReducedKkt(symmetricSystem.apply(hessian, c).data, new double[0]);
        }
        DMatrixRMaj matrix = new DMatrixRMaj(n, normals.size());
        for (int k = 0; k < normals.size(); k++) {
            SparseVector normal = normals.get(k);
            for (int j = 0; j < normal.size(); j++) {
                matrix.set(normal.index(j), k, normal.value(j));
            }
        }
        QRColPivDecompositionHouseholderColumn_DDRM qr = new QRColPivDecompositionHouseholderColumn_DDRM();
        qr.setSingularThreshold(DEPENDENT);
        qr.decompose(matrix);
        int rank = qr.getRank();
        DMatrixRMaj q = qr.getQ(null, false);
        DMatrixRMaj r = qr.getR(null, false);

        DMatrixRMaj v = new DMatrixRMaj(n, 1);
        if (rank < n) {
            DMatrixRMaj z = CommonOps_DDRM.extract(q, 0, n, rank, n);
            DMatrixRMaj hz = new DMatrixRMaj(n, n - rank);
            CommonOps_DDRM.mult(hessian, z, hz);
            DMatrixRMaj reduced = new DMatrixRMaj(n - rank, n - rank);
            CommonOps_DDRM.multTransA(z, hz, reduced);
            DMatrixRMaj right = new DMatrixRMaj(n - rank, 1);
            CommonOps_DDRM.multTransA(z, c, right);
            CommonOps_DDRM.mult(z, symmetricSystem.apply(reduced, right), v);
        }
        DMatrixRMaj rest = c.copy();
        CommonOps_DDRM.multAdd(-1, hessian, v, rest); // N w = c − H v
        double[] w = new double[normals.size()];
        int[] pivots = qr.getColPivots();
        for (int k = rank - 1; k >= 0; k--) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += q.get(i, k) * rest.get(i, 0);
            }
            for (int l = k + 1; l < rank; l++) {
                sum -= r.get(k, l) * w[pivots[l]];
            }
            w[pivots[k]] = sum / r.get(k, k);
        }
        return new ReducedKkt(Arrays.copyOf(v.data, n), w);
    }
}
