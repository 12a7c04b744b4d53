package org.soebm.api.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.soebm.api.cost.AffineResidual.decision;
import static org.soebm.api.cost.AffineResidual.parameter;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Costs that are affine in the decisions: f(y, a) = c(y)ᵀa + (what no decision changes). */
class LinearCostTest {
    private static final int PARAMETERS = 3;
    private static final int DECISIONS = 4;

    private static PenaltyCost.Builder linear(Random random) {
        PenaltyCost.Builder cost = PenaltyCost.builder(PARAMETERS, DECISIONS);
        for (int k = 0; k < 8; k++) {
            cost.bilinear(random.nextInt(PARAMETERS), random.nextInt(DECISIONS), random.nextGaussian());
        }
        return cost.identity(2, decision(1).minus(parameter(2)))
                .identity(-3, decision(0).plus(decision(3)))
                .square(5, parameter(0)); // no decision changes it
    }

    @Test
    void coefficientsAreTheSlopesOfTheCost() {
        Random random = new Random(1);
        for (int trial = 0; trial < 20; trial++) {
            PenaltyCost cost = linear(random).build();
            assertThat(cost.isLinear()).isTrue();
            double[] y = random.doubles(PARAMETERS, -2, 2).toArray();
            double[] a = random.doubles(DECISIONS, -2, 2).toArray();
            double[] coefficients = cost.linearCoefficients(y);
            for (int j = 0; j < DECISIONS; j++) {
                double[] next = a.clone();
                next[j] += 1;
                assertThat(coefficients[j]).isCloseTo(cost.cost(y, next) - cost.cost(y, a), within(1e-12));
            }
        }
    }

    @Test
    void tensorsHaveTheSameCoefficients() {
        Random random = new Random(2);
        try (NDManager manager = NDManager.newBaseManager()) {
            PenaltyCost cost = linear(random).build();
            double[][] y = new double[5][];
            NDArray rows = manager.zeros(new Shape(5, PARAMETERS), DataType.FLOAT64);
            for (int row = 0; row < 5; row++) {
                y[row] = random.doubles(PARAMETERS, -2, 2).toArray();
                for (int i = 0; i < PARAMETERS; i++) {
                    rows.setScalar(new NDIndex(row, i), y[row][i]);
                }
            }
            try (PenaltyTensors tensors = cost.bind(manager, DataType.FLOAT64)) {
                double[] coefficients = tensors.linearCoefficients(rows).toDoubleArray();
                for (int row = 0; row < 5; row++) {
                    for (int j = 0; j < DECISIONS; j++) {
                        assertThat(coefficients[row * DECISIONS + j])
                                .isCloseTo(cost.linearCoefficients(y[row])[j], within(1e-12));
                    }
                }
            }
        }
    }

    @Test
    void aCurvedCostHasNoCoefficients() {
        PenaltyCost hinge = linear(new Random(3)).hinge(1, decision(2)).build();
        assertThat(hinge.isLinear()).isFalse();
        assertThatThrownBy(() -> hinge.linearCoefficients(new double[PARAMETERS]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("curved");
        try (NDManager manager = NDManager.newBaseManager();
                PenaltyTensors tensors = hinge.bind(manager, DataType.FLOAT32)) {
            assertThatThrownBy(() -> tensors.linearCoefficients(manager.zeros(new Shape(1, PARAMETERS))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("curved");
        }
    }
}
