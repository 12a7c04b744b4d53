package org.soebm.runtime.sensitivity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.SmoothObjective;
import org.soebm.api.linear.SparseVector;

/**
 * A stationary point of a smooth oracle over a feasible set, and how it moves when the oracle changes: the adjoint of its
 * optimality conditions, in all decisions or in a block of them while the others stay what they are.
 *
 * <p>What holds the point are the bounds and rows with a multiplier, which are those of the gradient's projection. Variables
 * that a bound holds do not move, so only the others' curvature is asked of the oracle, by central differences of its
 * gradient. The oracle need not be convex: a stationary point may be a saddle, or have directions without curvature up to
 * the differences' rounding. Along those there is no argmin that moves, and nothing is said to.
 */
public final class SmoothArgmin {
    private static final double DIFFERENCE = 1e-5; // of max(1, |a|); cancels about as much as it cuts off
    private static final double NEGLIGIBLE = 1e-6; // of the largest curvature; differences are exact to about 1e-9
    private static final double TOUCHES = 1e-7; // of max(1, |bound|)

    private final SmoothObjective objective;
    private final ConstraintSet constraints;
    private final double[] variables;
    private final boolean[] isHeld; // variables that a bound holds
    private final List<Hold> holds; // the rows

    /**
     * A row that holds the point.
     *
     * @param row its number
     * @param restriction one of its sides, of length 1
     * @param multiplier of the restriction
     */
    private record Hold(int row, Restriction restriction, double multiplier) {}

    private SmoothArgmin(
            SmoothObjective objective,
            ConstraintSet constraints,
            double[] variables,
            boolean[] isHeld,
            List<Hold> holds) {
        this.objective = objective;
        this.constraints = constraints;
        this.variables = variables;
        this.isHeld = isHeld;
        this.holds = holds;
    }

    /**
     * The conditions at a solver's answer.
     *
     * @param variables decisions and auxiliaries, stationary within the solver's tolerance
     * @param bindTouching whether bounds that the point touches hold it even without a multiplier: where the objective is
     *     not defined beyond bounds, and the point could not be differentiated to both sides
     */
    public static SmoothArgmin at(
            SmoothObjective objective, ConstraintSet constraints, double[] variables, boolean bindTouching) {
        int n = variables.length;
        int da = constraints.decisionCount();
        double[][] points = {Arrays.copyOf(variables, da), awayFromBounds(constraints, variables)};
        double[][] gradients = new double[2][da];
        objective.valuesAndGradients(points, gradients);
        double[] gradient = gradients[0];
        List<Restriction> bounds = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            bounds.addAll(FeasibleSteps.withinBounds(constraints, i, variables[i]));
        }
        List<Restriction> all = new ArrayList<>(bounds);
        List<Integer> rowOf = new ArrayList<>();
        for (int k = 0; k < constraints.rows().size(); k++) {
            for (Restriction side : FeasibleSteps.withinRow(constraints.rows().get(k), variables)) {
                all.add(side);
                rowOf.add(k);
            }
        }
        double curvature = usualCurvature(points, gradients);
        DMatrixRMaj identity = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            identity.set(i, i, curvature);
        }
        QuadraticStep step = QuadraticStep.of(Arrays.copyOf(gradient, n), identity, all);

        boolean[] isHeld = new boolean[n];
        List<Hold> holds = new ArrayList<>();
        for (int k = 0; k < all.size(); k++) {
            Restriction restriction = all.get(k);
            boolean isTight = step.tight().contains(restriction);
            if (k >= bounds.size() && isTight) {
                holds.add(new Hold(rowOf.get(k - bounds.size()), restriction, step.multipliers()[k]));
            } else if (k < bounds.size()) {
                int variable = restriction.normal().index(0);
                boolean touches = restriction.slack() <= TOUCHES * Math.max(1, Math.abs(variables[variable]));
                isHeld[variable] |= isTight || (bindTouching && touches);
            }
        }
        return new SmoothArgmin(objective, constraints, variables.clone(), isHeld, holds);
    }

    /** The decisions, each a little farther from its nearer bound. */
    private static double[] awayFromBounds(ConstraintSet constraints, double[] variables) {
        double[] beside = Arrays.copyOf(variables, constraints.decisionCount());
        double step = DIFFERENCE * Math.max(1, largest(beside));
        for (int i = 0; i < beside.length; i++) {
            boolean isNearUpper = constraints.upper(i) - variables[i] < variables[i] - constraints.lower(i);
            beside[i] += isNearUpper ? -step : step;
        }
        return beside;
    }

    /**
     * As much curvature as makes a step along the gradient 0 but for the solver's tolerance, where it is projected: that of
     * the objective from one point to another, or more where the gradient is steep.
     */
    private static double usualCurvature(double[][] points, double[][] gradients) {
        double usual = largest(gradients[0]) / Math.max(1, largest(points[0]));
        for (int i = 0; i < gradients[0].length; i++) {
            double way = Math.abs(points[1][i] - points[0][i]);
            usual = Math.max(usual, Math.abs(gradients[1][i] - gradients[0][i]) / way);
        }
        return usual > 0 ? usual : 1;
    }

    /**
     * The adjoint of the point. A change of the oracle that moves its gradient by dg, and the upper side of a row by ds,
     * moves the loss by −vᵀdg + wᵀds.
     *
     * @param v one a decision
     * @param rowAdjoints w, one a row
     * @param multipliers λ of the rows, one each: ∂E/∂a + Σ λ_k row_k = 0 in decisions that no bound holds
     */
    public record Adjoint(double[] v, double[] rowAdjoints, double[] multipliers) {}

    /** {@link #adjoint(double[], int[])} where all decisions move. */
    public Adjoint adjoint(double[] lossGradient) {
        return adjoint(lossGradient, IntStream.range(0, lossGradient.length).toArray());
    }

    /**
     * The adjoint for a loss of the point.
     *
     * @param lossGradient c, of the loss with respect to the decisions, length da
     * @param block the decisions that move, distinct
     */
    public Adjoint adjoint(double[] lossGradient, int[] block) {
        int da = constraints.decisionCount();
        int[] free = IntStream.concat(Arrays.stream(block), IntStream.range(da, variables.length))
                .filter(i -> !isHeld[i])
                .toArray();
        int[] position = new int[variables.length];
        Arrays.fill(position, -1);
        double[] c = new double[free.length];
        for (int k = 0; k < free.length; k++) {
            position[free[k]] = k;
            c[k] = free[k] < da ? lossGradient[free[k]] : 0;
        }
        List<Hold> felt = new ArrayList<>();
        List<SparseVector> normals = new ArrayList<>();
        for (Hold hold : holds) {
            SparseVector normal = Blocks.restrict(hold.restriction().normal(), position);
            if (normal.size() > 0) {
                felt.add(hold);
                normals.add(normal);
            }
        }
        double[][] columns = curvature(free);
        DMatrixRMaj hessian = new DMatrixRMaj(free.length, free.length);
        for (int k = 0; k < free.length; k++) {
            for (int l = 0; l < free.length; l++) {
                double there = free[l] < da ? columns[k][free[l]] : 0;
                double back = free[k] < da ? columns[l][free[k]] : 0;
                hessian.set(k, l, 0.5 * (there + back));
            }
        }
        double[] solution = new double[0];
        double[] adjoints = new double[0];
        if (free.length > 0) {
            ReducedKkt kkt = ReducedKkt.solve(hessian, normals, c, NEGLIGIBLE);
            solution = kkt.v();
            adjoints = kkt.w();
        }
        double[] v = new double[da];
        for (int k = 0; k < free.length; k++) {
            if (free[k] < da) {
                v[free[k]] = solution[k];
            }
        }
        double[] rowAdjoints = new double[constraints.rows().size()];
        double[] multipliers = new double[rowAdjoints.length];
        for (Hold hold : holds) {
            multipliers[hold.row()] += hold.multiplier() * perRow(hold);
        }
        for (int k = 0; k < felt.size(); k++) {
            rowAdjoints[felt.get(k).row()] += adjoints[k] * perRow(felt.get(k));
        }
        return new Adjoint(v, rowAdjoints, multipliers);
    }

    /** What a row's coefficients are multiplied by to be the restriction's normal. */
    private double perRow(Hold hold) {
        SparseVector coefficients = constraints.rows().get(hold.row()).coefficients();
        return hold.restriction().normal().value(0) / coefficients.value(0);
    }

    /** The columns of ∂²E/∂a² for some variables, those of auxiliaries 0; shape (free, da). */
    private double[][] curvature(int[] free) {
        int da = constraints.decisionCount();
        double[][] columns = new double[free.length][da];
        int[] moving = IntStream.range(0, free.length).filter(k -> free[k] < da).toArray();
        double[][] points = new double[2 * moving.length][];
        double[][] gradients = new double[points.length][da];
        for (int m = 0; m < moving.length; m++) {
            int i = free[moving[m]];
            double step = step(i);
            for (int side = 0; side < 2; side++) {
                double[] point = Arrays.copyOf(variables, da);
                point[i] += side == 0 ? step : -step;
                points[2 * m + side] = point;
            }
        }
        int chunk = Math.max(2, objective.batchSize());
        for (int from = 0; from < points.length; from += chunk) {
            int to = Math.min(points.length, from + chunk);
            objective.valuesAndGradients(Arrays.copyOfRange(points, from, to), Arrays.copyOfRange(gradients, from, to));
        }
        for (int m = 0; m < moving.length; m++) {
            int i = free[moving[m]];
            double width = points[2 * m][i] - points[2 * m + 1][i];
            for (int j = 0; j < da; j++) {
                columns[moving[m]][j] = (gradients[2 * m][j] - gradients[2 * m + 1][j]) / width;
            }
        }
        return columns;
    }

    /** Within the bounds, unless they are too near: there the objective is taken to go on. */
    private double step(int variable) {
        double wanted = DIFFERENCE * Math.max(1, Math.abs(variables[variable]));
        double room = Math.min(
                constraints.upper(variable) - variables[variable], variables[variable] - constraints.lower(variable));
        return room > TOUCHES ? Math.min(wanted, room) : wanted;
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElse(0);
    }
}
