package org.soebm.examples.powerscheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.soebm.api.task.Table;
import org.soebm.api.task.TaskData;

/** The rows made from the published files, against statistics by an independent implementation. */
class PublishedDataTest {

    private static TaskData data;

    @BeforeEach // and not once for all: Surefire would not show that the tests were skipped
    void read() {
        if (data == null) {
            data = new PowerSchedulingTask().data(SharedFolder.pjmData(), 0);
        }
    }

    @Test
    void hasTheRowsOfBothFilesAndTestsOnTheLastFifth() {
        assertThat(data.rows()).isEqualTo(1459 + 1733);
        assertThat(data.testStart()).isEqualTo(2553);
    }

    @Test
    void featuresMatchTheReference() {
        Map<String, double[]> reference = SharedFolder.namedNumbers("pjm_feature_statistics.csv");
        reference.remove("one"); // an intercept, which the network has anyway

        assertThat(data.features().columns()).containsExactlyElementsOf(reference.keySet());
        assertMatches(data.features(), reference);
    }

    @Test
    void parametersMatchTheReference() {
        Map<String, double[]> reference = SharedFolder.namedNumbers("pjm_label_statistics.csv");

        assertThat(data.parameters().columns()).containsExactlyElementsOf(reference.keySet());
        assertMatches(data.parameters(), reference);
    }

    @Test
    void lastDayBreaksOffAfterMidnightAndIsFilledForward() {
        assertThat(data.parameters().row(3191)).containsOnly(1.281);
    }

    private static void assertMatches(Table table, Map<String, double[]> reference) {
        int column = 0;
        for (Map.Entry<String, double[]> expected : reference.entrySet()) {
            double[] actual = statistics(table, column++);
            for (int i = 0; i < actual.length; i++) {
                assertThat(actual[i])
                        .as("statistic %d of column %s", i, expected.getKey())
                        .isCloseTo(
                                expected.getValue()[i], within(1e-9 * Math.max(1, Math.abs(expected.getValue()[i]))));
            }
        }
    }

    /** Mean, population std, first row, 1001st row, last row. */
    private static double[] statistics(Table table, int column) {
        double[] values = new double[table.rows()];
        Arrays.setAll(values, row -> table.get(row, column));
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance = Arrays.stream(values)
                .map(value -> Math.pow(value - mean, 2))
                .average()
                .orElseThrow();
        return new double[] {mean, Math.sqrt(variance), values[0], values[1000], values[values.length - 1]};
    }
}
