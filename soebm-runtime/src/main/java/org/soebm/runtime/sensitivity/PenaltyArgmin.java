package org.soebm.runtime.sensitivity;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
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
    /** Steps, where three are usual; a decision that moves on after so many is differentiated where it is then. */
    private static final int MOST_STEPS = 50;

    private static final double ROUNDING = 1e-13; // relative
    private static final double SHORTEST = 1e-6; // share of a step
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
        if (constraints.violation(variables) > 0) {
            variables = moved(variables, nearestFeasible(), 1);
        }
        double value = expectation.value(decisions());
        QuadraticStep step = step();
        for (int turn = 0; turn < MOST_STEPS && relativeSize(step) > SMALL_STEP; turn++) {
            double[] start = variables;
            double length = 1;
            double next;
            do {
                variables = moved(start, step, length);
                next = expectation.value(decisions());
                length /= 2;
            } while (next > value + ROUNDING * Math.abs(value) && length > SHORTEST);
            if (next > value + ROUNDING * Math.abs(value)) {
                variables = start; // no progress beyond rounding
                return;
            }
            value = next;
            step = step();
        }
    }

    /** The shortest step to where all constraints hold. */
    private QuadraticStep nearestFeasible() {
        int n = variables.length;
        return QuadraticStep.of(new double[n], CommonOps_DDRM.identity(n), FeasibleSteps.from(constraints, variables));
    }

    private static double[] moved(double[] start, QuadraticStep step, double length) {
        double[] moved = start.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += length * step.step()[i];
        }
        return moved;
    }

    private double relativeSize(QuadraticStep step) {
        double largest = 0;
        for (int i = 0; i < variables.length; i++) {
            largest = Math.max(largest, Math.abs(step.step()[i]) / (1 + Math.abs(variables[i])));
        }
        return largest;
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
}
