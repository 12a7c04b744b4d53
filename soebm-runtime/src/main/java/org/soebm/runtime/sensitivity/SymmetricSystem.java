package org.soebm.runtime.sensitivity;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.jspecify.annotations.Nullable;

/**
 * Solves A x = b for symmetric matrices without negative curvature. Directions along which A has none to speak of get
 * nothing: of the solutions of a singular system it is the shortest.
 */
final class SymmetricSystem {
    /** Curvature below so much of the largest counts as none. */
    private static final double NEGLIGIBLE = 1e-10;

    private SymmetricSystem() {}

    /**
     * The solution.
     *
     * @param matrix A, shape (n, n)
     * @param right b, shape (n, k)
     * @return x, shape (n, k)
     */
    static DMatrixRMaj solve(DMatrixRMaj matrix, DMatrixRMaj right) {
        return solve(matrix, right, NEGLIGIBLE);
    }

    /**
     * The solution for a matrix that is known with errors, or not quite without negative curvature.
     *
     * @param negligible curvature below so much of the largest counts as none
     */
    static DMatrixRMaj solve(DMatrixRMaj matrix, DMatrixRMaj right, double negligible) {
        DMatrixRMaj factor = choleskyFactor(matrix, negligible);
        return factor != null ? substitute(factor, right) : leastSquares(matrix, right, negligible);
    }

    /** The lower Cholesky factor, or null where the matrix is singular or nearly so. */
    static @Nullable DMatrixRMaj choleskyFactor(DMatrixRMaj matrix) {
        return choleskyFactor(matrix, NEGLIGIBLE);
    }

    private static @Nullable DMatrixRMaj choleskyFactor(DMatrixRMaj matrix, double negligible) {
        int n = matrix.numRows;
        CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(n, true);
        if (!cholesky.decompose(matrix.copy())) {
            return null;
        }
        DMatrixRMaj factor = cholesky.getT(null);
        double least = Double.POSITIVE_INFINITY;
        double largest = 0;
        for (int i = 0; i < n; i++) {
            double pivot = factor.get(i, i);
            least = Math.min(least, pivot);
            largest = Math.max(largest, pivot);
        }
        return least * least > negligible * largest * largest ? factor : null;
    }

    /** The lower Cholesky factor of A + ridge·I, with a larger ridge where that is not positive either. */
    static DMatrixRMaj ridgeFactor(DMatrixRMaj matrix, double ridge) {
        int n = matrix.numRows;
        for (double shift = ridge; Double.isFinite(shift); shift *= 10) {
            DMatrixRMaj shifted = matrix.copy();
            for (int i = 0; i < n; i++) {
                shifted.add(i, i, shift);
            }
            CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(n, true);
            if (cholesky.decompose(shifted)) {
                return cholesky.getT(null);
            }
        }
        throw new ArithmeticException("A curvature of the problem is not finite.");
    }

    /** Solves L Lᵀ x = b. */
    static DMatrixRMaj substitute(DMatrixRMaj factor, DMatrixRMaj right) {
        int n = factor.numRows;
        DMatrixRMaj x = right.copy();
        for (int column = 0; column < x.numCols; column++) {
            for (int i = 0; i < n; i++) {
                double sum = x.get(i, column);
                for (int j = 0; j < i; j++) {
                    sum -= factor.get(i, j) * x.get(j, column);
                }
                x.set(i, column, sum / factor.get(i, i));
            }
            for (int i = n - 1; i >= 0; i--) {
                double sum = x.get(i, column);
                for (int j = i + 1; j < n; j++) {
                    sum -= factor.get(j, i) * x.get(j, column);
                }
                x.set(i, column, sum / factor.get(i, i));
            }
        }
        return x;
    }

    private static DMatrixRMaj leastSquares(DMatrixRMaj matrix, DMatrixRMaj right, double negligible) {
        int n = matrix.numRows;
        DMatrixRMaj x = new DMatrixRMaj(n, right.numCols);
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, true, true);
        if (!eigen.decompose(matrix.copy())) {
            throw new ArithmeticException("The curvature of the objective has no eigenvalues; is it finite?");
        }
        double largest = 0;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, eigen.getEigenvalue(i).getReal());
        }
        DMatrixRMaj projected = new DMatrixRMaj(1, right.numCols);
        for (int i = 0; i < n; i++) {
            double curvature = eigen.getEigenvalue(i).getReal();
            if (curvature > negligible * largest) {
                DMatrixRMaj vector = eigen.getEigenVector(i);
                CommonOps_DDRM.multTransA(1 / curvature, vector, right, projected);
                CommonOps_DDRM.multAdd(vector, projected, x);
            }
        }
        return x;
    }
}
