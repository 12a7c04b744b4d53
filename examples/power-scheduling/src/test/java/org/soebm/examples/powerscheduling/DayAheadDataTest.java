package org.soebm.examples.powerscheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.soebm.api.task.DataException;
import org.soebm.api.task.TaskData;

class DayAheadDataTest {

    private static final LocalDate THURSDAY = LocalDate.of(2015, 7, 2); // before Independence Day, observed on Friday

    @Test
    void rowPairsADayWithTheNextOne() {
        TaskData data = DayAheadData.of(List.of(series(THURSDAY, 6)), "");

        assertThat(data.features().row(0)).startsWith(1000, 1001, 1002);
        assertThat(data.parameters().row(0)).startsWith(1024, 1025).endsWith(1047);
        assertThat(feature(data, 0, "load23")).isEqualTo(1023);
        assertThat(feature(data, 0, "temp5")).isEqualTo(5);
        assertThat(feature(data, 0, "temp5_sq")).isEqualTo(25);
        assertThat(feature(data, 0, "ftemp5")).isEqualTo(29);
        assertThat(feature(data, 0, "ftemp5_sq")).isEqualTo(29 * 29);
        assertThat(feature(data, 0, "ftemp5_cu")).isEqualTo(29 * 29 * 29);
    }

    @Test
    void calendarIsThatOfTheNextDay() {
        TaskData data = DayAheadData.of(List.of(series(THURSDAY, 6)), "");

        assertThat(column(data, "holiday")).containsExactly(1, 0, 0, 0, 0);
        assertThat(column(data, "weekend")).containsExactly(0, 1, 1, 0, 0);
        assertThat(column(data, "dst")).containsOnly(1);
        assertThat(feature(data, 0, "cos_doy")).isCloseTo(Math.cos(2 * Math.PI * 184 / 365), within(1e-12));
        assertThat(feature(data, 0, "sin_doy")).isCloseTo(Math.sin(2 * Math.PI * 184 / 365), within(1e-12));
    }

    @Test
    void noRowReachesFromOneSeriesIntoTheNext() {
        TaskData data = DayAheadData.of(List.of(series(THURSDAY, 3), series(THURSDAY.plusDays(3), 3)), "");

        assertThat(data.rows()).isEqualTo(2 + 2);
    }

    @Test
    void lastFifthIsForTesting() {
        assertThat(DayAheadData.of(List.of(series(THURSDAY, 21)), "").testStart())
                .isEqualTo(16);
    }

    @Test
    void saysThatOneDayIsNotEnough() {
        assertThatThrownBy(() -> DayAheadData.of(List.of(series(THURSDAY, 1)), ""))
                .isInstanceOf(DataException.class)
                .hasMessage("The load file (x.txt) has too few days (1): a row needs a day and the next one."
                        + " Maybe the file was cut off?");
    }

    @Test
    void saysThatAnEmptyFileIsNotEnough() {
        assertThatThrownBy(() -> DayAheadData.of(List.of(new LoadSeries("load file (x.txt)", List.of())), ""))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("The load file (x.txt) has too few days (0)");
    }

    private static double feature(TaskData data, int row, String name) {
        return data.features().get(row, data.features().columns().indexOf(name));
    }

    private static double[] column(TaskData data, String name) {
        return IntStream.range(0, data.rows())
                .mapToDouble(row -> feature(data, row, name))
                .toArray();
    }

    /** In hour k, counted from the start, the load is 1000 + k and the temperature is k. */
    private static LoadSeries series(LocalDate start, int days) {
        Instant first = start.atStartOfDay(LocalDay.ZONE).toInstant();
        return new LoadSeries(
                "load file (x.txt)",
                IntStream.range(0, 24 * days)
                        .mapToObj(k -> new LoadRecord(first.plus(Duration.ofHours(k)), 1000 + k, k))
                        .toList());
    }
}
