package org.soebm.runtime.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.tracker.Tracker;
import org.junit.jupiter.api.Test;

class MatrixDecayAdamTest {
    private static final double RATE = 0.05;
    private static final double DECAY = 0.3;

    @Test
    void stepsAreThoseOfAdamWithDecoupledDecay() {
        assertThat((double) after(20, new Shape(1, 1))).isCloseTo(reference(20, DECAY), within(1e-5));
    }

    @Test
    void vectorsDoNotDecay() {
        assertThat((double) after(20, new Shape(1))).isCloseTo(reference(20, 0), within(1e-5));
        assertThat(reference(20, DECAY)).isNotCloseTo(reference(20, 0), within(1e-2));
    }

    /** The weight after some steps with gradient w + sin(step). */
    private static float after(int steps, Shape shape) {
        try (NDManager manager = NDManager.newBaseManager();
                MatrixDecayAdam adam = new MatrixDecayAdam(Tracker.fixed((float) RATE), DECAY, manager)) {
            NDArray weight = manager.create(new float[] {2}, shape);
            for (int t = 1; t <= steps; t++) {
                adam.update("w", weight, weight.add((float) Math.sin(t)));
            }
            return weight.toFloatArray()[0];
        }
    }

    private static double reference(int steps, double decay) {
        double weight = 2;
        double first = 0;
        double second = 0;
        for (int t = 1; t <= steps; t++) {
            double gradient = weight + Math.sin(t);
            first = 0.9 * first + 0.1 * gradient;
            second = 0.999 * second + 0.001 * gradient * gradient;
            double unbiasedFirst = first / (1 - Math.pow(0.9, t));
            double unbiasedSecond = second / (1 - Math.pow(0.999, t));
            weight -= RATE * decay * weight;
            weight -= RATE * unbiasedFirst / (Math.sqrt(unbiasedSecond) + 1e-8);
        }
        return weight;
    }
}
