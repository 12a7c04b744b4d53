package org.soebm.runtime.projection;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.LinearRow;
import org.soebm.api.solver.Support;

/** Chooses the projection for a feasible set: in closed form for a box, a simplex or a budget, else by operator splitting. */
public final class Projections {
    /** The splitting holds dense matrices of about so many numbers. */
    private static final int MOST_VARIABLES_AND_ROWS = 4000;

    private static final double TOLERANCE = 1e-9;

    private Projections() {}

    /**
     * Whether some decisions of a feasible set can be projected, and if not why.
     *
     * @param decisions their numbers, without repetition
     */
    public static Support support(ConstraintSet set, int[] decisions) {
        if (set.nativeModel() != null) {
            return Support.no("the feasible set has " + set.nativeModel().description()
                    + ", of which no nearest point is known; take the candidates pool or perturbed-optima");
        }
        Polytope polytope = Polytope.of(set, decisions);
        for (int decision : decisions) {
            if (set.isInteger(decision)) {
                return Support.no(
                        "decision " + decision + " takes integer values only, and rounding to the nearest ones"
                                + " leaves the feasible set; take the candidates pool or local-moves");
            }
        }
        if (!polytope.isOverDecisionsOnly() && set.hasIntegers()) {
            return Support.no("rows connect the decisions to integer variables, so the feasible set need not be convex;"
                    + " take the candidates pool or local-moves");
        }
        int size = polytope.variables() + polytope.rows().size();
        if (polytope.rows().size() > 1 && size > MOST_VARIABLES_AND_ROWS) {
            return Support.no("the feasible set has " + size + " variables and rows, more than "
                    + MOST_VARIABLES_AND_ROWS + "; take the candidates pool or perturbed-optima");
        }
        for (LinearRow row : polytope.rows()) {
            double slack = TOLERANCE * (1 + Math.max(finite(row.lower()), finite(row.upper())));
            if (polytope.least(row, 1) > row.upper() + slack || -polytope.least(row, -1) < row.lower() - slack) {
                return Support.no("the bounds leave no decision that satisfies row " + row.name());
            }
        }
        return Support.yes();
    }

    private static double finite(double side) {
        return Double.isInfinite(side) ? 0 : Math.abs(side);
    }

    /**
     * The projection of some decisions of a feasible set onto what it says about them: a is feasible when the variables that
     * rows connect it to can be chosen so that all rows hold.
     *
     * @param decisions their numbers, without repetition, in the order of the points' coordinates
     * @param manager owns the constants; on the device of the points
     * @throws ProjectionException when there is none; see {@link #support}
     */
    public static Projection onto(ConstraintSet set, int[] decisions, NDManager manager) {
        Support support = support(set, decisions);
        if (!support.supported()) {
            throw new ProjectionException("Candidates cannot be projected: " + support.reason() + ".");
        }
        Polytope polytope = Polytope.of(set, decisions);
        if (polytope.rows().isEmpty()) {
            return new BoxProjection(polytope.lower(), polytope.upper(), manager);
        }
        if (polytope.rows().size() == 1 && polytope.isOverDecisionsOnly()) {
            LinearRow row = polytope.rows().get(0);
            double[] weights = polytope.dense(row);
            return polytope.isSimplex()
                    ? new SimplexProjection(polytope.lower(), simplexSum(polytope, row), manager)
                    : new BudgetProjection(
                            polytope.lower(), polytope.upper(), weights, row.lower(), row.upper(), manager);
        }
        return SplittingProjection.onto(polytope, manager);
    }

    /** s; not below Σ l, which rounding may have made it. */
    private static double simplexSum(Polytope polytope, LinearRow row) {
        return Math.max(
                row.lower() / row.coefficients().value(0),
                Arrays.stream(polytope.lower()).sum());
    }
}
