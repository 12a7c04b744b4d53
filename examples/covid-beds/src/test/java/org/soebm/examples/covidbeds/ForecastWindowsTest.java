package org.soebm.examples.covidbeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.soebm.api.task.DataException;
import org.soebm.api.task.TaskData;
import org.soebm.examples.covidbeds.ForecastWindows.Window;

class ForecastWindowsTest {
    private static final ForecastWindows SIMULATED = ForecastWindows.of(RegionalEpidemics.generate(3));

    @Test
    void noTwoWindowsShareADayOfARegion() {
        Set<String> seen = new HashSet<>();
        for (List<Window> part : List.of(SIMULATED.learning(), SIMULATED.testing())) {
            for (Window window : part) {
                for (long day = window.firstDay(); day < window.firstDay() + 28; day++) {
                    assertThat(seen.add(window.region().name() + " " + day)).isTrue();
                }
            }
        }
        assertThat(seen).hasSize(28 * (200 * 13 + 50 * 13));
    }

    @Test
    void testsAreOfOtherRegionsAndLater() {
        assertThat(SIMULATED.learning()).hasSize(200 * 13);
        assertThat(SIMULATED.testing()).hasSize(50 * 13);
        assertSeparated(SIMULATED);
    }

    /** Regions of a user's that are all observed at the same time. */
    @Test
    void testsAreOfOtherRegionsAndLaterWhereAllHaveTheSameDays() {
        List<Region> regions = IntStream.range(0, 12)
                .mapToObj(r -> new Region("r" + (char) ('a' + r), 18_000, growing(141)))
                .toList();

        ForecastWindows windows = ForecastWindows.of(regions);

        assertSeparated(windows);
        assertThat(windows.learning()).hasSize(10 * 2);
        assertThat(windows.testing()).hasSize(2 * 2);
        assertThat(windows.testing()).allMatch(window -> window.firstDay() >= 18_070);
    }

    private static void assertSeparated(ForecastWindows windows) {
        Set<String> learned = new HashSet<>();
        long lastLearned = Long.MIN_VALUE;
        for (Window window : windows.learning()) {
            learned.add(window.region().name());
            lastLearned = Math.max(lastLearned, window.firstDay() + 27);
        }
        for (Window window : windows.testing()) {
            assertThat(learned).doesNotContain(window.region().name());
            assertThat(window.firstDay()).isGreaterThan(lastLearned);
        }
    }

    @Test
    void oneRegionIsTestedOnItsLastDays() {
        ForecastWindows windows = ForecastWindows.of(List.of(new Region("here", 5, growing(280))));

        assertThat(windows.learning())
                .extracting(Window::firstDay)
                .containsExactly(5L, 33L, 61L, 89L, 117L, 145L, 173L, 201L);
        assertThat(windows.testing()).extracting(Window::firstDay).containsExactly(229L, 257L);
    }

    @Test
    void rowPairsThreeWeeksWithTheWeekAhead() {
        double[][] states = new double[280][];
        states[0] = new double[] {800_000, 4_000, 3_000, 1_500, 6_000, 300, 500, 100, 184_000, 600};
        for (int t = 1; t < states.length; t++) {
            states[t] = DiseaseModel.dayAfter(states[t - 1], 0.15 + 0.0005 * t);
        }
        TaskData data =
                ForecastWindows.of(List.of(new Region("here", 0, states))).rows("here");

        assertThat(data.testStart()).isEqualTo(8);
        assertThat(data.rows()).isEqualTo(10);
        assertThat(data.features().width()).isEqualTo(210);
        for (int row = 0; row < data.rows(); row++) {
            for (int t = 0; t < 21; t++) {
                for (int c = 0; c < 10; c++) {
                    assertThat(data.features().get(row, t * 10 + c))
                            .isCloseTo(Math.log(1 + states[row * 28 + t][c] / 10), within(1e-9));
                }
            }
            for (int day = 0; day < 7; day++) {
                int t = row * 28 + 21 + day;
                assertThat(data.parameters().get(row, day)).isCloseTo((states[t][6] + states[t][7]) / 10, within(1e-9));
                assertThat(data.observed().get(row, day)).isCloseTo(0.15 + 0.0005 * t, within(1e-7));
            }
        }
        assertThat(data.parameters().columns()).startsWith("beds1").endsWith("beds7");
        assertThat(data.observed().columns()).startsWith("beta1").endsWith("beta7");
    }

    @Test
    void saysThatThereAreTooFewDays() {
        assertThatThrownBy(() -> ForecastWindows.of(List.of(new Region("here", 0, growing(60))))
                        .rows("daily states of 1 regions in x.csv"))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "The days of daily states of 1 regions in x.csv give 1 rows to learn from and 0 to test with, but"
                                + " at least 2 and 1 are needed. A row takes 28 days of a region in a row; maybe there are too few"
                                + " days?");
    }

    private static double[][] growing(int days) {
        double[][] states = new double[days][];
        Arrays.setAll(states, t -> new double[] {9e5 - 100 * t, 500, 400, 200, 800, 40, 60, 10, 1e4 + 100 * t, 50});
        return states;
    }
}
