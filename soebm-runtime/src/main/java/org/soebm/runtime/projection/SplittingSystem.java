package org.soebm.runtime.projection;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.soebm.api.constraint.LinearRow;

/**
 * The matrices of a {@link SplittingProjection}, in double precision.
 *
 * @param decisions d
 * @param matrix K, shape (k, n): rows and bounds, each of norm 1
 * @param lower l, length k
 * @param upper h
 * @param emphasis r, the penalty of each row relative to ρ; more for equalities
 * @param description of the set, for messages
 */
record SplittingSystem(
        int decisions, DMatrixRMaj matrix, double[] lower, double[] upper, double[] emphasis, String description) {
    /** ρ is a power of this. */
    static final double RHO_STEP = 4;

    private static final double EQUALITY = 30;

    /** Row by row: z → (a, u), (d, n); z → K(a, u), (d, k); s − m → (a, u), (k, n); s − m → K(a, u), (k, k); RK, (k, n). */
    record Solved(double[] fromPoint, double[] pointRows, double[] fromCopies, double[] copiesRows, double[] toDual) {}

    static SplittingSystem of(Polytope polytope) {
        List<double[]> matrix = new ArrayList<>();
        List<double[]> sides = new ArrayList<>();
        for (LinearRow row : polytope.rows()) {
            double[] dense = polytope.dense(row);
            double norm = 0;
            for (double value : dense) {
                norm = Math.hypot(norm, value);
            }
            for (int j = 0; j < dense.length; j++) {
                dense[j] /= norm;
            }
            matrix.add(dense);
            sides.add(new double[] {row.lower() / norm, row.upper() / norm});
        }
        for (int j = 0; j < polytope.variables(); j++) {
            if (Double.isFinite(polytope.lower()[j]) || Double.isFinite(polytope.upper()[j])) {
                double[] unit = new double[polytope.variables()];
                unit[j] = 1;
                matrix.add(unit);
                sides.add(new double[] {polytope.lower()[j], polytope.upper()[j]});
            }
        }
        double[] lower = sides.stream().mapToDouble(side -> side[0]).toArray();
        double[] upper = sides.stream().mapToDouble(side -> side[1]).toArray();
        double[] emphasis = sides.stream()
                .mapToDouble(side -> side[0] == side[1] ? EQUALITY : 1)
                .toArray();
        String description = "a feasible set of " + polytope.decisions() + " decisions, "
                + (polytope.variables() - polytope.decisions()) + " connected variables and "
                + polytope.rows().size() + " rows";
        return new SplittingSystem(
                polytope.decisions(),
                new DMatrixRMaj(matrix.toArray(new double[0][])),
                lower,
                upper,
                emphasis,
                description);
    }

    /** n. */
    int variables() {
        return matrix.numCols;
    }

    /** k. */
    int rows() {
        return matrix.numRows;
    }

    /** Kᵀ, (n, k), row by row. */
    double[] transposed() {
        return CommonOps_DDRM.transpose(matrix, null).getData();
    }

    /**
     * The matrices at ρ = {@value #RHO_STEP} to a power.
     *
     * @throws ProjectionException when P + KᵀRK is singular
     */
    Solved solved(int exponent) {
        int n = variables();
        int k = rows();
        double rho = Math.pow(RHO_STEP, exponent);
        DMatrixRMaj weighted = matrix.copy(); // RK
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < n; j++) {
                weighted.set(i, j, weighted.get(i, j) * rho * emphasis[i]);
            }
        }
        DMatrixRMaj system = new DMatrixRMaj(n, n);
        CommonOps_DDRM.multTransA(matrix, weighted, system);
        for (int j = 0; j < decisions; j++) {
            system.add(j, j, 1);
        }
        DMatrixRMaj inverse = new DMatrixRMaj(n, n);
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(n);
        if (!solver.setA(system) || solver.quality() < 1e-14) {
            throw new ProjectionException("Candidates cannot be projected: rows and bounds do not determine the "
                    + (n - decisions) + " variables that they connect to the decisions. Give those bounds, or take the"
                    + " candidates pool or perturbed-optima.");
        }
        solver.invert(inverse);
        DMatrixRMaj fromPoint = CommonOps_DDRM.extract(inverse, 0, decisions, 0, n);
        DMatrixRMaj pointRows = new DMatrixRMaj(decisions, k);
        CommonOps_DDRM.multTransB(fromPoint, matrix, pointRows);
        DMatrixRMaj fromCopies = new DMatrixRMaj(k, n);
        CommonOps_DDRM.mult(weighted, inverse, fromCopies);
        DMatrixRMaj copiesRows = new DMatrixRMaj(k, k);
        CommonOps_DDRM.multTransB(fromCopies, matrix, copiesRows);
        return new Solved(
                fromPoint.getData(),
                pointRows.getData(),
                fromCopies.getData(),
                copiesRows.getData(),
                weighted.getData());
    }
}
