package org.soebm.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskDropoutTest {
    private static final int SIZE = 1_000_003;

    private NDManager scope;

    @BeforeEach
    void open() {
        scope = OfflineEngine.newManager(Device.cpu());
    }

    @AfterEach
    void close() {
        scope.close();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.2, 0.5, 0.9, 0.999_999})
    void theRightShareIsDroppedAndTheMeanStays(double rate) {
        double share = Math.min(Math.round(rate * 65_536), 65_535) / 65_536.0;
        float kept = (float) (1 / (1 - share));

        float[] mask = MaskDropout.mask(SIZE, rate, new SplittableRandom(7));

        int dropped = 0;
        for (float factor : mask) {
            assertThat(factor == 0 || factor == kept).isTrue();
            dropped += factor == 0 ? 1 : 0;
        }
        double standardError = Math.sqrt(share * (1 - share) / SIZE);
        assertThat((double) dropped / SIZE).isCloseTo(share, within(4 * standardError + 1e-12));
    }

    /** Neighbours come from the bits of one random number. */
    @Test
    void neighboursAreIndependent() {
        float[] mask = MaskDropout.mask(SIZE, 0.5, new SplittableRandom(7));
        for (int distance = 1; distance <= 5; distance++) {
            int alike = 0;
            for (int i = distance; i < SIZE; i++) {
                alike += mask[i] == mask[i - distance] ? 1 : 0;
            }
            assertThat((double) alike / SIZE).isCloseTo(0.5, within(4 * 0.5 / Math.sqrt(SIZE)));
        }
    }

    private NDArray forward(NDArray input, boolean training) {
        return new MaskDropout(0.25)
                .forward(new ParameterStore(scope, false), new NDList(input), training)
                .singletonOrThrow();
    }

    @Test
    void theEnginesSeedDecidesAndCallsDiffer() {
        NDArray ones = scope.ones(new Shape(50, 3));
        OfflineEngine.seed(1);
        float[] first = forward(ones, true).toFloatArray();
        float[] second = forward(ones, true).toFloatArray();
        OfflineEngine.seed(1);
        assertThat(forward(ones, true).toFloatArray()).isEqualTo(first).isNotEqualTo(second);
        assertThat(first).containsOnly(0, (float) (1 / 0.75));
    }

    @Test
    void theGradientIsTheMask() {
        NDArray input = scope.randomNormal(new Shape(40, 5));
        input.setRequiresGradient(true);
        float[] output;
        try (GradientRecording recording = GradientRecording.start()) {
            NDArray dropped = forward(input, true);
            output = dropped.toFloatArray();
            recording.backward(dropped.sum());
        }
        float[] values = input.toFloatArray();
        float[] gradient = input.getGradient().toFloatArray();
        for (int i = 0; i < values.length; i++) {
            assertThat(output[i]).isEqualTo(values[i] * gradient[i]);
        }
    }

    @Test
    void nothingIsDroppedOutsideOfTraining() {
        NDArray input = scope.randomNormal(new Shape(4, 5));
        assertThat(forward(input, false).toFloatArray()).isEqualTo(input.toFloatArray());
    }
}
