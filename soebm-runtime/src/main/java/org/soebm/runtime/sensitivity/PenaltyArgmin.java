package org.soebm.runtime.sensitivity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.linear.SparseVector;

/**
 * The optimum of a penalty cost's expectation, and how it moves with the outcomes. A solver's decision is refined by steps
 * of sequential quadratic programming, which find out as well which constraints and kinks hold it: those with a multiplier
 * strictly within its limits. One that only touches the optimum, where the optimum moves differently to both sides, is let
 * go, which gives one of its generalised derivatives.
 */
public final class PenaltyArgmin {
    /** Within which share of its usual size a known residual is near its kink, at first and at most. */
    private static final double NEAR = 1e-2;

    private static final double FURTHER = 8;
    private static final double FARTHEST = 1e3;
    private static final int MOST_STEPS = 20;
    private static final double SMALL_STEP = 1e-10; // relative

    private final ConstraintSet constraints;
    private final ExpectedPenalties expectation;
    private double[] variables;
    private DMatrixRMaj hessian = new DMatrixRMaj(0, 0);
    private List<Restriction> tight = List.of();

    private PenaltyArgmin(ConstraintSet constraints, ExpectedPenalties expectation, double[] variables) {
        this.constraints = constraints;
        this.expectation = expectation;
        this.variables = variables;
    }

    /**
     * The optimum near a solver's answer.
     *
     * @param variables decisions and auxiliaries of an answer that is optimal within the solver's tolerance
     */
    public static PenaltyArgmin near(
            PenaltyCost cost, ConstraintSet constraints, PredictedOutcomes outcomes, double[] variables) {
        PenaltyArgmin argmin = new PenaltyArgmin(constraints, new ExpectedPenalties(cost, outcomes), variables.clone());
        argmin.refine();
        return argmin;
    }

    private void refine() {
        double value = constraints.violation(variables) > 0 ? Double.POSITIVE_INFINITY : expectation.value(decisions());
        for (int turn = 0; turn < MOST_STEPS; turn++) {
            int n = variables.length;
            QuadraticStep step = step();
            double largest = 0;
            for (int i = 0; i < n; i++) {
                largest = Math.max(largest, Math.abs(step.step()[i]) / (1 + Math.abs(variables[i])));
            }
            if (largest <= SMALL_STEP) {
                return;
            }
            double[] start = variables;
            double length = 1;
            double next;
            do {
                variables = start.clone();
                for (int i = 0; i < n; i++) {
                    variables[i] += length * step.step()[i];
                }
                next = expectation.value(decisions());
                length /= 2;
            } while (next > value + 1e-13 * Math.abs(value) && length > 1e-6);
            if (next > value + 1e-13 * Math.abs(value)) {
                variables = start;
                return;
            }
            value = next;
        }
    }

    /** The best step by the expansion, in which all kinks are kept that the step meets. */
    private QuadraticStep step() {
        int n = variables.length;
        for (double near = NEAR; ; near *= FURTHER) {
            double[] gradient = new double[n];
            hessian = new DMatrixRMaj(n, n);
            List<Restriction> restrictions = FeasibleSteps.from(constraints, variables);
            expectation.expand(decisions(), near, gradient, hessian, restrictions);
            QuadraticStep step = QuadraticStep.of(gradient, hessian, restrictions);
            tight = step.tight();
            if (near > FARTHEST || !expectation.passesKink(decisions(), step.step(), near)) {
                return step;
            }
        }
    }

    /** a*, length da. */
    public double[] decisions() {
        return Arrays.copyOf(variables, constraints.decisionCount());
    }

    /**
     * The gradient of a loss of the optimum with respect to the outcomes.
     *
     * @param decisionGradient of the loss with respect to a*, length da
     */
    public OutcomeGradient pullBack(double[] decisionGradient) {
        double[] c = Arrays.copyOf(decisionGradient, variables.length);
        List<SparseVector> normals = tight.stream().map(Restriction::normal).toList();
        ReducedKkt kkt = ReducedKkt.solve(hessian, normals, c);
        return expectation.adjoint(decisions(), kkt.v(), tight, kkt.w());
    }

    /**
     * {@link #pullBack(double[])} where only some decisions are free to move and the others stay what they are.
     *
     * @param block their indices, distinct
     */
    public OutcomeGradient pullBack(double[] decisionGradient, int[] block) {
        int[] position = new int[variables.length];
        Arrays.fill(position, -1);
        double[] c = new double[block.length];
        DMatrixRMaj curvature = new DMatrixRMaj(block.length, block.length);
        for (int k = 0; k < block.length; k++) {
            position[block[k]] = k;
            c[k] = decisionGradient[block[k]];
            for (int l = 0; l < block.length; l++) {
                curvature.set(k, l, hessian.get(block[k], block[l]));
            }
        }
        List<SparseVector> normals = new ArrayList<>();
        List<Restriction> felt = new ArrayList<>();
        for (Restriction restriction : tight) {
            SparseVector normal = Blocks.restrict(restriction.normal(), position);
            if (normal.size() > 0) {
                normals.add(normal);
                felt.add(restriction);
            }
        }
        ReducedKkt kkt = ReducedKkt.solve(curvature, normals, c);
        double[] v = new double[variables.length];
        for (int k = 0; k < block.length; k++) {
            v[block[k]] = kkt.v()[k];
        }
        return expectation.adjoint(decisions(), v, felt, kkt.w());
    }
}
