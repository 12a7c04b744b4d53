package org.soebm.runtime.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.SingularOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.LinearRow;
import org.soebm.api.linear.SparseVector;

/**
 * A feasible set by the directions in which a decision is free to move: those that leave equality rows as they are. Where there
 * are none, the coordinates themselves.
 */
final class FreePolytope {
    /** How far rows and bounds may be missed by rounding. */
    static final double TOLERANCE = 1e-9;

    private static final double RANK_TOLERANCE = 1e-9;
    private static final int MOST_SWEEPS = 500;
    private static final int MOST_DECISIONS_UNDER_EQUALITIES = 1000; // the basis is dense

    private final ConstraintSet set;
    private final List<LinearRow> inequalities;
    private final double @Nullable [][] basis; // (k, da), orthonormal; null for the coordinates
    private final int[] coordinates; // the variables that can move, where there is no basis

    private FreePolytope(
            ConstraintSet set, List<LinearRow> inequalities, double @Nullable [][] basis, int[] coordinates) {
        this.set = set;
        this.inequalities = inequalities;
        this.basis = basis;
        this.coordinates = coordinates;
    }

    /**
     * The polytope of a set.
     *
     * @throws ModelException when decisions cannot be drawn from such a set
     */
    static FreePolytope of(ConstraintSet set) {
        if (set.nativeModel() != null) {
            throw cannot(
                    set.nativeModel().description() + " says which decisions are feasible, and only its solver knows");
        }
        if (set.auxiliaryCount() > 0) {
            throw cannot("the feasible set has auxiliary variables");
        }
        List<LinearRow> equalities = new ArrayList<>();
        List<LinearRow> inequalities = new ArrayList<>();
        for (LinearRow row : set.rows()) {
            (row.lower() == row.upper() ? equalities : inequalities).add(row);
        }
        int n = set.decisionCount();
        int[] moving =
                IntStream.range(0, n).filter(i -> set.lower(i) < set.upper(i)).toArray();
        if (equalities.isEmpty()) {
            return new FreePolytope(set, inequalities, null, moving);
        }
        if (set.hasIntegers()) {
            throw cannot("the feasible set has integers under an equality row");
        }
        if (n > MOST_DECISIONS_UNDER_EQUALITIES) {
            throw cannot("the feasible set has " + n + " decisions under equality rows, more than "
                    + MOST_DECISIONS_UNDER_EQUALITIES);
        }
        return new FreePolytope(set, inequalities, nullSpace(set, equalities), new int[0]);
    }

    private static ModelException cannot(String reason) {
        return new ModelException("Decisions cannot be drawn: " + reason + ".");
    }

    /** An orthonormal basis of the directions that keep the equality rows and the fixed variables, shape (k, n). */
    private static double[][] nullSpace(ConstraintSet set, List<LinearRow> equalities) {
        int n = set.decisionCount();
        List<double[]> normals = new ArrayList<>();
        for (LinearRow row : equalities) {
            normals.add(dense(row.coefficients(), n));
        }
        for (int i = 0; i < n; i++) {
            if (set.lower(i) == set.upper(i)) {
                double[] unit = new double[n];
                unit[i] = 1;
                normals.add(unit);
            }
        }
        DMatrixRMaj matrix = new DMatrixRMaj(normals.toArray(new double[0][]));
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(matrix.numRows, n, false, true, false);
        if (!svd.decompose(matrix)) {
            throw cannot("its equality rows have no singular value decomposition");
        }
        DMatrixRMaj space = SingularOps_DDRM.nullSpace(svd, null, RANK_TOLERANCE); // (n, k)
        double[][] basis = new double[space.numCols][];
        for (int k = 0; k < basis.length; k++) {
            basis[k] = CommonOps_DDRM.extractColumn(space, k, null).getData();
        }
        return basis;
    }

    private static double[] dense(SparseVector vector, int n) {
        double[] dense = new double[n];
        vector.addTo(dense, 1);
        return dense;
    }

    /** The number of directions; 0 where a single decision is feasible. */
    int dimension() {
        return basis == null ? coordinates.length : basis.length;
    }

    /** Whether some variable takes integer values only. */
    boolean hasIntegers() {
        return set.hasIntegers();
    }

    /** Whether moves along a coordinate are in whole steps. */
    boolean isInteger(int coordinate) {
        return basis == null && set.isInteger(coordinates[coordinate]);
    }

    /** The direction of one coordinate, length da. */
    double[] alongCoordinate(int coordinate) {
        if (basis != null) {
            return basis[coordinate];
        }
        double[] direction = new double[set.decisionCount()];
        direction[coordinates[coordinate]] = 1;
        return direction;
    }

    /** A combination of the coordinates' directions, length da. */
    double[] direction(double[] shares) {
        double[] direction = new double[set.decisionCount()];
        for (int k = 0; k < shares.length; k++) {
            if (basis == null) {
                direction[coordinates[k]] = shares[k];
            } else {
                for (int i = 0; i < direction.length; i++) {
                    direction[i] += shares[k] * basis[k][i];
                }
            }
        }
        return direction;
    }

    /**
     * Those t for which a + t d is feasible; 0 is among them.
     *
     * @param low at most 0, −∞ where the line has no end
     * @param high at least 0, +∞ where the line has no end
     */
    record Segment(double low, double high) {}

    /** The feasible part of a line through a feasible decision. */
    Segment segment(double[] decision, double[] direction) {
        double low = Double.NEGATIVE_INFINITY;
        double high = Double.POSITIVE_INFINITY;
        for (int i = 0; i < decision.length; i++) {
            double slope = direction[i];
            if (slope != 0) {
                double toLower = (set.lower(i) - decision[i]) / slope;
                double toUpper = (set.upper(i) - decision[i]) / slope;
                low = Math.max(low, Math.min(toLower, toUpper));
                high = Math.min(high, Math.max(toLower, toUpper));
            }
        }
        for (LinearRow row : inequalities) {
            double slope = row.coefficients().dot(direction);
            if (slope != 0) {
                double value = row.coefficients().dot(decision);
                double toLower = (row.lower() - value) / slope;
                double toUpper = (row.upper() - value) / slope;
                low = Math.max(low, Math.min(toLower, toUpper));
                high = Math.min(high, Math.max(toLower, toUpper));
            }
        }
        return new Segment(Math.min(0, low), Math.max(0, high));
    }

    /** The decision with rounding beyond a bound taken back, and integers whole. */
    double[] clamped(double[] decision) {
        for (int i = 0; i < decision.length; i++) {
            if (set.isInteger(i)) {
                decision[i] = Math.rint(decision[i]);
            }
            decision[i] = Math.max(set.lower(i), Math.min(set.upper(i), decision[i]));
        }
        return decision;
    }

    /**
     * A decision off the boundary, from which every direction leads on, by the relaxation method (Agmon; Motzkin and Schoenberg,
     * 1954) on rows and bounds that are moved inwards; as far inwards as halving finds. A chain that starts in a corner would
     * stay there.
     *
     * @param optimum feasible
     */
    double[] inner(double[] optimum) {
        if (set.hasIntegers()) {
            return optimum.clone(); // along coordinates a corner is no trap
        }
        for (double margin = 1; margin > TOLERANCE; margin /= 2) {
            double[] inner = relaxed(optimum, margin);
            if (inner.length > 0) {
                return inner;
            }
        }
        return optimum.clone();
    }

    /** A decision that keeps from everything by a share of half the room; empty where sweeps do not find one. */
    private double[] relaxed(double[] start, double share) {
        double[] point = start.clone();
        for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
            boolean within = true;
            for (int i = 0; i < point.length; i++) {
                double margin = margin(set.lower(i), set.upper(i), share);
                double miss = miss(point[i], set.lower(i) + margin, set.upper(i) - margin);
                if (miss != 0 && set.lower(i) < set.upper(i)) {
                    within = false;
                    project(point, dense(SparseVector.unit(i, 1), point.length), miss);
                }
            }
            for (LinearRow row : inequalities) {
                double margin = margin(row.lower(), row.upper(), share);
                double miss = miss(row.coefficients().dot(point), row.lower() + margin, row.upper() - margin);
                if (miss != 0) {
                    within = false;
                    project(point, dense(row.coefficients(), point.length), miss);
                }
            }
            if (within) {
                return point;
            }
        }
        return new double[0];
    }

    private static double margin(double lower, double upper, double share) {
        double room = Math.min(2, upper - lower); // also where there is no other side
        return 0.45 * share * room;
    }

    /** By how much a value lies beyond its limits, with the sign of the way back. */
    private static double miss(double value, double lower, double upper) {
        double rounding = 1e-3 * TOLERANCE * (1 + Math.abs(value));
        return value < lower - rounding ? lower - value : value > upper + rounding ? upper - value : 0;
    }

    /** Moves a point along the free part of a normal until its product with the normal has changed by an amount. */
    private void project(double[] point, double[] normal, double change) {
        double[] free = new double[point.length];
        if (basis == null) {
            for (int i : coordinates) {
                free[i] = normal[i];
            }
        } else {
            for (double[] direction : basis) {
                double share = dot(direction, normal);
                Arrays.setAll(free, i -> free[i] + share * direction[i]);
            }
        }
        double squared = dot(free, normal);
        if (squared > RANK_TOLERANCE) {
            Arrays.setAll(point, i -> point[i] + change / squared * free[i]);
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
