package org.soebm.runtime.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.task.DataException;
import org.soebm.api.task.MultilayerPerceptronSpec;
import org.soebm.api.task.TrainingSchedule;
import org.soebm.runtime.data.Standardizer;
import org.soebm.runtime.network.Architecture;
import org.soebm.runtime.network.ForwardMode;
import org.soebm.runtime.network.GaussianPredictor;
import org.soebm.runtime.network.MemoryBudget;
import org.soebm.runtime.network.OfflineEngine;
import org.soebm.runtime.network.OutOfDeviceMemoryException;

class TrainingStepTest {
    private static final int ROWS = 37;
    private static final int STEPS = 3;

    /** The likelihood, at so many bytes a row that few rows go into a mebibyte. */
    private static final class Heavy implements TrainingObjective {
        private final long bytesPerRow;
        private final List<Integer> rowsSeen = new ArrayList<>();
        private final List<NDManager> exhausted = new ArrayList<>();

        private final int rowsThatFit;

        Heavy(long bytesPerRow, int rowsThatFit) {
            this.bytesPerRow = bytesPerRow;
            this.rowsThatFit = rowsThatFit;
        }

        @Override
        public long bytesPerRow() {
            return bytesPerRow;
        }

        @Override
        public StepLoss loss(GaussianDistribution prediction, RowBatch batch, NDManager scope) {
            rowsSeen.add(batch.rows());
            assertThat(exhausted).as("what a failed attempt made is freed").noneMatch(NDManager::isOpen);
            if (batch.rows() > rowsThatFit) {
                exhausted.add(scope);
                scope.zeros(new Shape(1L << 50)); // 4 PiB, which PyTorch refuses
            }
            NDArray values = prediction.negativeLogLikelihood(batch.parameters()); // (B)
            NDArray sampleSize = batch.parameters().stopGradient().mean();
            return new StepLoss(values.mean(), values.mean().stopGradient(), sampleSize);
        }
    }

    private record Outcome(float loss, float sampleSize, List<float[]> weights, List<Integer> rowsSeen) {}

    @AfterEach
    void restoreBudget() {
        System.clearProperty(MemoryBudget.PROPERTY);
    }

    private static Outcome outcome(long bytesPerRow, ForwardMode mode) {
        return outcome(bytesPerRow, mode, Integer.MAX_VALUE);
    }

    private static Outcome outcome(long bytesPerRow, ForwardMode mode, int rowsThatFit) {
        OfflineEngine.seed(4);
        TrainingSchedule schedule = new TrainingSchedule(1, ROWS, 0.05, 0, 0, 1, 1);
        Standardizer none = Standardizer.of(new double[2], new double[] {1, 1});
        Heavy objective = new Heavy(bytesPerRow, rowsThatFit);
        try (GaussianPredictor predictor = new GaussianPredictor(
                        new Architecture(2, 2, new MultilayerPerceptronSpec(List.of(8), true, 0)),
                        none,
                        none,
                        Device.cpu());
                TrainingStep step = new TrainingStep(predictor, schedule, STEPS, mode, objective);
                NDManager scope = predictor.newScope()) {
            TrainingStep.Outcome last = null;
            for (int i = 0; i < STEPS; i++) {
                try (NDManager rows = scope.newSubManager()) {
                    NDArray x = rows.randomNormal(new Shape(ROWS, 2));
                    NDArray y = x.mul(2).add(1);
                    RowBatch batch = new RowBatch(x, null, y, y, y, x);
                    last = step.run(stepScope -> batch.get(stepScope, new NDIndex(":")), scope);
                }
            }
            return new Outcome(
                    last.loss().getFloat(),
                    last.effectiveSampleSize().getFloat(),
                    predictor.weights().arrays(),
                    objective.rowsSeen);
        }
    }

    @Test
    void blocksWithinTheBudgetGiveTheStepOfTheWholeBatch() {
        Outcome whole = outcome(100 << 10, ForwardMode.FROZEN_STATISTICS);
        System.setProperty(MemoryBudget.PROPERTY, "1");

        Outcome inBlocks = outcome(100 << 10, ForwardMode.FROZEN_STATISTICS);

        assertThat(whole.rowsSeen).containsOnly(ROWS);
        assertThat(inBlocks.rowsSeen).hasSize(4 * STEPS).allMatch(rows -> rows <= 10);
        assertThat(inBlocks.loss).isCloseTo(whole.loss, within(1e-5f * whole.loss));
        assertThat(inBlocks.sampleSize).isCloseTo(whole.sampleSize, within(1e-5f));
        for (int i = 0; i < whole.weights.size(); i++) {
            float[] expected = whole.weights.get(i);
            float[] actual = inBlocks.weights.get(i);
            for (int j = 0; j < expected.length; j++) {
                assertThat(actual[j]).isCloseTo(expected[j], within(1e-4f));
            }
        }
    }

    /** PyTorch is asked for a tensor that no machine has memory for, once the gradients of other blocks are there. */
    @Test
    void whereADeviceHasLessMemoryThanThoughtBlocksAreHalvedUntilTheyFit() {
        Outcome whole = outcome(0, ForwardMode.FROZEN_STATISTICS);

        Outcome halved = outcome(0, ForwardMode.FROZEN_STATISTICS, 18);

        assertThat(halved.rowsSeen).startsWith(37, 18, 19, 9, 9, 9, 10).hasSize(3 + 4 * STEPS);
        assertThat(halved.loss).isCloseTo(whole.loss, within(1e-5f * whole.loss));
        for (int i = 0; i < whole.weights.size(); i++) {
            for (int j = 0; j < whole.weights.get(i).length; j++) {
                assertThat(halved.weights.get(i)[j]).isCloseTo(whole.weights.get(i)[j], within(1e-4f));
            }
        }
    }

    @Test
    void whereNotEvenARowFitsOrBlocksCannotBeTheUserIsTold() {
        assertThatThrownBy(() -> outcome(0, ForwardMode.FROZEN_STATISTICS, 0))
                .isInstanceOf(OutOfDeviceMemoryException.class)
                .hasMessageContaining("cpu has no memory left for a training step on a single row")
                .hasMessageContaining("--batch-size");
        assertThatThrownBy(() -> outcome(0, ForwardMode.REGULARISED, ROWS - 1))
                .isInstanceOf(OutOfDeviceMemoryException.class)
                .hasMessageContaining("a training step on " + ROWS + " rows");
    }

    @Test
    void aRowThatExceedsTheBudgetGoesAlone() {
        System.setProperty(MemoryBudget.PROPERTY, "1");

        Outcome outcome = outcome(100 << 20, ForwardMode.FROZEN_STATISTICS);

        assertThat(outcome.rowsSeen).hasSize(ROWS * STEPS).containsOnly(1);
    }

    /** Batch norm would take the statistics of each block by itself. */
    @Test
    void statisticsOfABatchAreNotTakenOfBlocks() {
        System.setProperty(MemoryBudget.PROPERTY, "1");

        Outcome outcome = outcome(100 << 10, ForwardMode.REGULARISED);

        assertThat(outcome.rowsSeen).containsOnly(ROWS);
    }

    @Test
    void aBudgetThatIsNoNumberIsRefused() {
        for (String wrong : List.of("0", "-1", "1.5", "much", "99999999999999999999")) {
            System.setProperty(MemoryBudget.PROPERTY, wrong);
            assertThatThrownBy(() -> MemoryBudget.of(Device.cpu()))
                    .isInstanceOf(DataException.class)
                    .hasMessage("The system property soebm.step.mebibytes is '" + wrong
                            + "', but must be a positive whole number of mebibytes.");
        }
    }
}
