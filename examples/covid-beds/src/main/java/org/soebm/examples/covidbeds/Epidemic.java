package org.soebm.examples.covidbeds;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * The {@link DiseaseModel} as batched tensor operations: a whole trajectory for each state and each path of infection
 * rates. Differentiable by autograd with respect to both.
 *
 * <p>The only term that is not linear in the state is the number of infections q. A step of length h takes the linear part
 * ds/dt = A s exactly, F = exp(h A) and G = exp(h A / 2), and the rest by the classical Runge-Kutta method of order 4
 * (Lawson 1967). All that remains of its stages is four numbers a state, u_i = h/2 · q_i:
 *
 * <pre>
 *   s(t + h) = F s + (F d u_1 + 2 G d u_2 + 2 G d u_3 + d u_4) / 3       d = e_E − e_S
 *   u_i = h/2 · β/N · S_i I_i                                            w = (0, 0, 0.6, 1, 1, 1, 0, 0, 0, 0)
 *   S_1 = S      S_2 = S − u_1            S_3 = S − u_2      S_4 = S − 2 u_3
 *   I_1 = w s    I_2 = w G s + c u_1      I_3 = w G s        I_4 = w F s + 2 c u_3      c = w G d
 * </pre>
 *
 * <p>so that a step is two matrix products and a few operations on a tenth of the numbers. Nothing falls below zero as
 * long as h β ≤ 1.5: F, G, w and c have no negative entry.
 */
final class Epidemic {
    /**
     * The fewest steps that keep within 1e-4 of an adaptive solver. Largest relative error of a compartment on the
     * reference trajectories, which a test repeats: 5.4e-4 with one step a day, 3.7e-5 with two, 7.5e-6 with three. (The
     * classical method without Lawson's factor: 1.8e-4 with two, 3.2e-5 with three.)
     */
    static final int STEPS_PER_DAY = 2;

    private static final int COUNT = Compartment.COUNT;

    private static final int SERIES_TERMS = 30;

    /** The rows F (10), e_S, w, w G, w F. */
    private static final double[][] OF_STATE;

    /** (F d, 2 G d, 2 G d, d) / 3, shape (10, 4). */
    private static final double[][] OF_INFECTIONS;

    /** What turns β/N into the factors of S_i I_i, and of S_2 u_1 and S_4 u_3: h/2 · (1, c, 2 c). */
    private static final double[] FACTORS;

    static {
        double h = 1.0 / STEPS_PER_DAY;
        RealMatrix a = MatrixUtils.createRealMatrix(DiseaseModel.flowMatrix());
        RealMatrix f = exponential(a.scalarMultiply(h));
        RealMatrix g = exponential(a.scalarMultiply(h / 2));
        RealMatrix w = MatrixUtils.createRowRealMatrix(DiseaseModel.infectivities());
        OF_STATE = new double[COUNT + 4][];
        System.arraycopy(f.getData(), 0, OF_STATE, 0, COUNT);
        OF_STATE[COUNT] = MatrixUtils.createRealIdentityMatrix(COUNT).getRow(Compartment.SUSCEPTIBLE.index());
        OF_STATE[COUNT + 1] = w.getRow(0);
        OF_STATE[COUNT + 2] = w.multiply(g).getRow(0);
        OF_STATE[COUNT + 3] = w.multiply(f).getRow(0);

        RealMatrix d = MatrixUtils.createRealMatrix(COUNT, 1);
        d.setEntry(Compartment.SUSCEPTIBLE.index(), 0, -1);
        d.setEntry(Compartment.EXPOSED.index(), 0, 1);
        RealMatrix ofInfections = MatrixUtils.createRealMatrix(COUNT, 4);
        ofInfections.setColumnMatrix(0, f.multiply(d));
        ofInfections.setColumnMatrix(1, g.multiply(d).scalarMultiply(2));
        ofInfections.setColumnMatrix(2, g.multiply(d).scalarMultiply(2));
        ofInfections.setColumnMatrix(3, d);
        OF_INFECTIONS = ofInfections.scalarMultiply(1.0 / 3).getData();

        double c = w.multiply(g).multiply(d).getEntry(0, 0);
        FACTORS = new double[] {h / 2, h / 2 * c, h / 2 * 2 * c};
    }

    private Epidemic() {}

    /**
     * The state at the end of each day. A rate below zero counts as zero (a Gaussian may draw one): nobody is infected, and
     * the gradient with respect to it is zero.
     *
     * @param states people by compartment at the start, none below zero and not all zero, shape (..., 10)
     * @param rates β of each day, shape (..., days), same data type and device; the leading axes of the states are
     *     broadcast to those of the rates
     * @return shape (..., days, 10), attached to the manager of the rates
     * @throws IllegalArgumentException when shapes or data types do not fit
     */
    static NDArray trajectories(NDArray states, NDArray rates) {
        requireFit(states, rates);
        Shape leading = rates.getShape().slice(0, rates.getShape().dimension() - 1);
        int days = Math.toIntExact(rates.getShape().get(leading.dimension()));
        try (TensorScope scope = new TensorScope(rates)) {
            NDArray ofState = scope.constant(OF_STATE);
            NDArray ofInfections = scope.constant(OF_INFECTIONS);
            // Compartments and days come first, so that one of them is a row in one piece.
            NDArray s = states.broadcast(leading.add(COUNT)).reshape(-1, COUNT).transpose(); // (10, n)
            NDArray betas = rates.getNDArrayInternal().relu().reshape(-1, days).transpose(); // (days, n)
            NDArray factors = betas.div(s.sum(new int[] {0}, true))
                    .expandDims(1)
                    .mul(scope.constant(FACTORS, FACTORS.length, 1)); // (days, 3, n)
            NDList ends = new NDList(days);
            for (NDArray day : factors.split(days)) {
                NDList factorsOfDay = day.squeeze(0).split(FACTORS.length); // (1, n) each
                for (int step = 0; step < STEPS_PER_DAY; step++) {
                    s = step(s, factorsOfDay, ofState, ofInfections);
                }
                ends.add(s);
            }
            NDArray byDay = NDArrays.stack(ends); // (days, 10, n)
            return scope.keep(byDay.transpose(2, 0, 1).reshape(leading.add(days, COUNT)));
        }
    }

    private static NDArray step(NDArray s, NDList factors, NDArray ofState, NDArray ofInfections) {
        NDList parts = ofState.matMul(s).split(new long[] {COUNT, COUNT + 1});
        NDArray susceptible = parts.get(1);
        NDList infectious = parts.get(2).mul(factors.get(0)).split(3); // w s, w G s, w F s, each times h/2 · β/N
        NDArray u1 = infectious.get(0).mul(susceptible); // (1, n)
        NDArray u2 = infectious.get(1).add(factors.get(1).mul(u1)).mul(susceptible.sub(u1));
        NDArray u3 = infectious.get(1).mul(susceptible.sub(u2));
        NDArray u4 = infectious
                .get(2)
                .add(factors.get(2).mul(u3))
                .mul(susceptible.sub(u3).sub(u3));
        return parts.get(0).add(ofInfections.matMul(NDArrays.concat(new NDList(u1, u2, u3, u4))));
    }

    private static void requireFit(NDArray states, NDArray rates) {
        Shape shape = states.getShape();
        if (shape.dimension() == 0 || shape.get(shape.dimension() - 1) != COUNT) {
            throw new IllegalArgumentException("States of shape " + shape + " were given, but the last axis must have "
                    + COUNT + " compartments.");
        }
        if (rates.getShape().dimension() == 0 || rates.isEmpty()) {
            throw new IllegalArgumentException(
                    "Infection rates of shape " + rates.getShape() + " were given, but the last axis must be days.");
        }
        DataType type = rates.getDataType();
        if (type != states.getDataType() || (type != DataType.FLOAT32 && type != DataType.FLOAT64)) {
            throw new IllegalArgumentException("States are " + states.getDataType() + " and infection rates " + type
                    + ", but both must be FLOAT32 or both FLOAT64.");
        }
    }

    /** exp(a) by its power series, for matrices with entries below 1. */
    private static RealMatrix exponential(RealMatrix a) {
        RealMatrix term = MatrixUtils.createRealIdentityMatrix(COUNT);
        RealMatrix sum = term;
        for (int i = 1; i <= SERIES_TERMS; i++) {
            term = term.multiply(a).scalarMultiply(1.0 / i);
            sum = sum.add(term);
        }
        return sum;
    }
}
