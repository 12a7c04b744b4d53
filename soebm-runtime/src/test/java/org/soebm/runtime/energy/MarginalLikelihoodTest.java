package org.soebm.runtime.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.task.ObservationModel;
import org.soebm.runtime.network.GradientRecording;

class MarginalLikelihoodTest {
    private static final double NOISE = 0.5;

    /** o = z + noise, so that the marginal is N(mean, std² + noise²). */
    private static final ObservationModel NOISY = new ObservationModel() {
        @Override
        public int observationCount() {
            return 1;
        }

        @Override
        public NDArray logLikelihood(NDArray latents, NDArray observations) {
            NDArray standardised = latents.sub(observations.expandDims(1))
                    .div(latents.zerosLike().add(NOISE));
            return standardised
                    .square()
                    .mul(standardised.zerosLike().add(-0.5))
                    .sub(Math.log(NOISE) + 0.5 * Math.log(2 * Math.PI))
                    .squeeze(2);
        }
    };

    @Test
    void manySamplesGiveTheMarginalDensityAndItsGradient() {
        Engine.getInstance().setRandomSeed(1);
        double[] means = {0, 1, -2};
        double[] stds = {1, 0.3, 2};
        double[] observed = {0.5, 0.2, 1};
        try (NDManager scope = NDManager.newBaseManager()) {
            NDArray mean = scope.create(new float[] {0, 1, -2}, new Shape(3, 1));
            NDArray std = scope.create(new float[] {1, 0.3f, 2}, new Shape(3, 1));
            mean.setRequiresGradient(true);
            std.setRequiresGradient(true);
            float[] values;
            try (GradientRecording recording = GradientRecording.start()) {
                NDArray loss = new MarginalLikelihood(NOISY, 200_000)
                        .negativeLogLikelihood(
                                new GaussianDistribution(mean, std),
                                scope.create(new float[] {0.5f, 0.2f, 1}, new Shape(3, 1)),
                                scope);
                assertThat(loss.getShape()).isEqualTo(new Shape(3));
                values = loss.toFloatArray();
                recording.backward(loss.sum());
            }
            float[] byMean = mean.getGradient().toFloatArray();
            float[] byStd = std.getGradient().toFloatArray();
            for (int row = 0; row < 3; row++) {
                double variance = stds[row] * stds[row] + NOISE * NOISE;
                double distance = observed[row] - means[row];
                assertThat((double) values[row])
                        .isCloseTo(
                                0.5 * distance * distance / variance + 0.5 * Math.log(2 * Math.PI * variance),
                                within(0.02));
                assertThat((double) byMean[row]).isCloseTo(-distance / variance, within(0.03));
                assertThat((double) byStd[row])
                        .isCloseTo(
                                stds[row] / variance - stds[row] * distance * distance / (variance * variance),
                                within(0.03));
            }
        }
    }

    @Test
    void likelihoodsBelowTheSmallestNumberStayFinite() {
        try (NDManager scope = NDManager.newBaseManager()) {
            NDArray loss = new MarginalLikelihood(NOISY, 4)
                    .negativeLogLikelihood(
                            new GaussianDistribution(
                                    scope.create(new float[] {0}, new Shape(1, 1)),
                                    scope.create(new float[] {0.1f}, new Shape(1, 1))),
                            scope.create(new float[] {100}, new Shape(1, 1)),
                            scope);
            assertThat((double) loss.toFloatArray()[0]).isBetween(1.5e4, 2.5e4); // about ½ (100 / 0.5)²
        }
    }
}
