package org.soebm.runtime.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On energies whose distribution exp(−E/T) is known. */
class LangevinDynamicsTest {
    private static final int CHAINS = 40_000;
    private static final double TEMPERATURE = 5;

    @BeforeEach
    void seed() {
        Engine.getInstance().setRandomSeed(1);
    }

    private record Moments(double[] mean, double[][] covariance) {}

    /** Of the ends of chains that start at 0. */
    private static Moments run(
            int steps,
            int decisions,
            double reach,
            boolean separable,
            @Nullable DecisionBounds bounds,
            UnaryOperator<NDArray> gradient) {
        try (NDManager scope = NDManager.newBaseManager()) {
            NDArray starts = scope.zeros(new Shape(1, decisions));
            NDArray ends = new LangevinDynamics(steps, TEMPERATURE, reach, bounds)
                    .run(starts, CHAINS, separable, gradient, scope);
            assertThat(ends.getShape()).isEqualTo(new Shape(1, CHAINS, decisions));
            float[] values = ends.toFloatArray();
            double[] mean = new double[decisions];
            double[][] covariance = new double[decisions][decisions];
            for (int i = 0; i < values.length; i++) {
                mean[i % decisions] += values[i] / CHAINS;
            }
            for (int m = 0; m < CHAINS; m++) {
                for (int i = 0; i < decisions; i++) {
                    for (int j = 0; j < decisions; j++) {
                        covariance[i][j] +=
                                (values[m * decisions + i] - mean[i]) * (values[m * decisions + j] - mean[j]) / CHAINS;
                    }
                }
            }
            return new Moments(mean, covariance);
        }
    }

    /** E = ½ k (a − 2)², so N(2, T/k); the reach is 1, and k/T goes from a tenth to a thousand times its curvature. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 5, 50, 5000})
    void aLongChainHasMeanAndVarianceOfAParabola(double curvature) {
        Moments moments = run(500, 1, 1, true, null, a -> a.sub(2).mul(curvature));

        double variance = TEMPERATURE / curvature;
        assertThat(moments.mean[0]).isCloseTo(2, within(0.02 * Math.sqrt(variance)));
        assertThat(moments.covariance[0][0]).isCloseTo(variance, within(0.03 * variance));
    }

    @Test
    void theDefaultStepsLeaveLittleOfTheStartOfACurvedParabola() {
        Moments moments = run(
                LangevinDynamics.DEFAULT_STEPS, 1, 1, true, null, a -> a.sub(2).mul(100));

        assertThat(moments.mean[0]).isBetween(1.95, 2.0);
    }

    /** Two decisions whose curvatures differ by a factor of a hundred each have their own step size. */
    @Test
    void separableDecisionsHaveStepsOfTheirOwn() {
        Moments moments = run(300, 2, 1, true, null, a -> {
            NDArray curvatures = a.getManager().create(new float[] {5, 500});
            return a.sub(1).mul(curvatures);
        });

        assertThat(moments.mean[0]).isCloseTo(1, within(0.02));
        assertThat(moments.covariance[0][0]).isCloseTo(1, within(0.03));
        assertThat(moments.covariance[1][1]).isCloseTo(0.01, within(3e-4));
        assertThat(moments.covariance[0][1]).isCloseTo(0, within(2e-3));
    }

    /** E = ½ (a − c)ᵀ H (a − c) has the covariance T H⁻¹. */
    @Test
    void coupledDecisionsHaveTheCovarianceOfTheirEnergy() {
        Moments moments = run(1500, 2, 1, false, null, a -> {
            NDArray hessian = a.getManager().create(new float[] {50, 40, 40, 50}, new Shape(2, 2));
            NDArray centre = a.getManager().create(new float[] {1, -1});
            return a.sub(centre).matMul(hessian);
        });

        assertThat(moments.mean[0]).isCloseTo(1, within(0.02));
        assertThat(moments.mean[1]).isCloseTo(-1, within(0.02));
        double determinant = 50 * 50 - 40 * 40;
        assertThat(moments.covariance[0][0])
                .isCloseTo(TEMPERATURE * 50 / determinant, within(0.04 * TEMPERATURE * 50 / determinant));
        assertThat(moments.covariance[0][1])
                .isCloseTo(-TEMPERATURE * 40 / determinant, within(0.04 * TEMPERATURE * 40 / determinant));
    }

    /** E = k a on [−1, 1]: a truncated exponential distribution with rate k/T = 2, whose mean is 1/2 − coth 2. */
    @Test
    void atBoundsTheDistributionIsCutOff() {
        DecisionBounds bounds = new DecisionBounds(new double[] {-1}, new double[] {1});
        Moments moments = run(600, 1, 0.3, true, bounds, a -> {
            assertThat(a.abs().max().getFloat()).isLessThanOrEqualTo(1.000001f);
            return a.zerosLike().add(2 * TEMPERATURE);
        });

        assertThat(moments.mean[0]).isCloseTo(0.5 - 1 / Math.tanh(2), within(0.03));
    }
}
