package org.soebm.api.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class GaussianDistributionTest {
    @Test
    void negativeLogLikelihoodIsThatOfIndependentNormals() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray mean = manager.create(new double[] {0, 1, 2, 3}, new Shape(2, 2));
            NDArray std = manager.create(new double[] {1, 2, 0.5, 1e-3}, new Shape(2, 2));
            NDArray y = manager.create(new double[] {0.5, -1, 2, 3.002}, new Shape(2, 2));
            double[] expected = {
                -new NormalDistribution(0, 1).logDensity(0.5) - new NormalDistribution(1, 2).logDensity(-1),
                -new NormalDistribution(2, 0.5).logDensity(2) - new NormalDistribution(3, 1e-3).logDensity(3.002)
            };
            GaussianDistribution distribution = new GaussianDistribution(mean, std);
            assertThat(distribution.negativeLogLikelihood(y).toDoubleArray()).containsExactly(expected, within(1e-9));
            assertThat(distribution.rows()).isEqualTo(2);
            assertThat(distribution.parameterCount()).isEqualTo(2);
        }
    }

    @Test
    void shapesThatDoNotFitAreNamed() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray rows = manager.ones(new Shape(2, 3));
            assertThatThrownBy(() -> new GaussianDistribution(rows, manager.ones(new Shape(2, 4))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("(2, 3)")
                    .hasMessageContaining("(2, 4)");
            assertThatThrownBy(() -> new SampleDistribution(rows))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("(B, S, dy)");
            SampleDistribution samples = new SampleDistribution(manager.ones(new Shape(2, 5, 3)));
            assertThat(samples.rows()).isEqualTo(2);
            assertThat(samples.parameterCount()).isEqualTo(3);
        }
    }

    @Test
    void gradientIsRightWhenTheGarbageCollectorRunsBeforeIt() throws InterruptedException {
        try (ai.djl.ndarray.NDManager scope = ai.djl.ndarray.NDManager.newBaseManager()) {
            ai.djl.ndarray.types.Shape shape = new ai.djl.ndarray.types.Shape(1, 1);
            ai.djl.ndarray.NDArray mean = scope.ones(shape);
            mean.setRequiresGradient(true);
            try (ai.djl.training.GradientCollector collector =
                    ai.djl.engine.Engine.getInstance().newGradientCollector()) {
                ai.djl.ndarray.NDArray loss = new GaussianDistribution(mean, scope.ones(shape))
                        .negativeLogLikelihood(scope.zeros(shape))
                        .sum();
                System.gc();
                Thread.sleep(50); // for the cleaner of direct buffers
                for (int i = 0; i < 2000; i++) {
                    java.nio.ByteBuffer.allocateDirect(8).putDouble(0, -99.0 - i); // writes to what was freed
                }
                collector.backward(loss);
            }
            assertThat(mean.getGradient().toFloatArray()).containsExactly(1);
        }
    }
}
