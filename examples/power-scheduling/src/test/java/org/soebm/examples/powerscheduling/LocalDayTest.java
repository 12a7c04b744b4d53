package org.soebm.examples.powerscheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.soebm.api.task.DataException;

class LocalDayTest {

    private static final LocalDate DAY = LocalDate.of(2010, 6, 15);

    @Test
    void ordinaryDayHasItsTwentyFourHours() {
        List<LocalDay> days = days(everyHourOf(DAY));

        assertThat(days).hasSize(1);
        assertThat(days.get(0).date()).isEqualTo(DAY);
        assertThat(loads(days.get(0)))
                .containsExactlyElementsOf(IntStream.range(0, 24).boxed().toList());
    }

    @Test
    void daysAreThoseOfNewYork() {
        LocalDate evening =
                Instant.parse("2010-06-16T02:00:00Z").atZone(ZoneOffset.UTC).toLocalDate();

        assertThat(evening).isNotEqualTo(DAY);
        assertThat(days(List.of(record("2010-06-16T02:00:00Z", 1))).get(0).date())
                .isEqualTo(DAY);
    }

    @Test
    void dayOfTwentyThreeHoursTakesTwoOClockFromThree() {
        List<LoadRecord> records = everyHourOf(LocalDate.of(2010, 3, 14));
        assertThat(records).hasSize(23);

        // Loads count hours since midnight; the clock skips from 1 to 3.
        assertThat(loads(days(records).get(0))).startsWith(0, 1, 2, 2, 3, 4).endsWith(22);
    }

    @Test
    void dayOfTwentyFiveHoursKeepsTheFirstOneOClock() {
        List<LoadRecord> records = everyHourOf(LocalDate.of(2010, 11, 7));
        assertThat(records).hasSize(25);

        assertThat(loads(days(records).get(0))).startsWith(0, 1, 3, 4).endsWith(24);
    }

    @Test
    void firstOfTwoRecordsOfAnHourCounts() {
        List<LocalDay> days = days(List.of(
                record("2010-06-15T12:00:00Z", 1),
                record("2010-06-15T12:00:00Z", 2),
                record("2010-06-15T13:00:00Z", 3)));

        assertThat(days.get(0).load(8)).isEqualTo(1);
        assertThat(days.get(0).load(9)).isEqualTo(3);
    }

    @Test
    void missingHoursTakeTheNextRecordElseTheLastOne() {
        List<LoadRecord> records = everyHourOf(DAY);
        List<LoadRecord> some = List.of(records.get(2), records.get(5), records.get(20));

        assertThat(loads(days(some).get(0)))
                .startsWith(2, 2, 2, 5, 5, 5, 20)
                .endsWith(20, 20, 20, 20)
                .hasSize(24);
    }

    @Test
    void loadAndTemperatureOfAnHourStayTogether() {
        LoadRecord only = new LoadRecord(Instant.parse("2010-06-15T12:00:00Z"), 1.5, 70);

        assertThat(days(List.of(only)).get(0).hours()).hasSize(24).containsOnly(only);
    }

    @Test
    void daysComeInTimeOrderWhateverTheOrderOfRecords() {
        List<LoadRecord> records = new ArrayList<>(everyHourOf(DAY));
        records.addAll(everyHourOf(DAY.plusDays(1)));
        Collections.reverse(records);

        assertThat(days(records)).extracting(LocalDay::date).containsExactly(DAY, DAY.plusDays(1));
        assertThat(loads(days(records).get(0))).startsWith(0, 1, 2);
    }

    @Test
    void saysBetweenWhichDaysRecordsAreMissing() {
        List<LoadRecord> records = new ArrayList<>(everyHourOf(DAY));
        records.addAll(everyHourOf(DAY.plusDays(3)));

        assertThatThrownBy(() -> days(records))
                .isInstanceOf(DataException.class)
                .hasMessage("The load file (x.txt) has no record between 2010-06-15 and 2010-06-18."
                        + " Maybe lines are missing?");
    }

    @Test
    void summerTimeCountsFromTheMidnightAfterItBegins() {
        assertThat(days(everyHourOf(LocalDate.of(2010, 3, 14))).get(0).startsInSummerTime())
                .isFalse();
        assertThat(days(everyHourOf(LocalDate.of(2010, 3, 15))).get(0).startsInSummerTime())
                .isTrue();
        assertThat(days(everyHourOf(LocalDate.of(2010, 11, 7))).get(0).startsInSummerTime())
                .isTrue();
        assertThat(days(everyHourOf(LocalDate.of(2010, 11, 8))).get(0).startsInSummerTime())
                .isFalse();
    }

    @Test
    void weekendIsSaturdayAndSunday() {
        assertThat(IntStream.range(0, 7)
                        .mapToObj(DAY::plusDays) // from a Tuesday on
                        .filter(date -> days(everyHourOf(date)).get(0).isWeekend()))
                .containsExactly(LocalDate.of(2010, 6, 19), LocalDate.of(2010, 6, 20));
    }

    private static List<LocalDay> days(List<LoadRecord> records) {
        return LocalDay.of(new LoadSeries("load file (x.txt)", records));
    }

    private static List<Integer> loads(LocalDay day) {
        return day.hours().stream().map(record -> (int) record.load()).toList();
    }

    /** One record for each hour that passes on a New York day, its load the number of hours since midnight. */
    private static List<LoadRecord> everyHourOf(LocalDate date) {
        List<LoadRecord> records = new ArrayList<>();
        ZonedDateTime time = date.atStartOfDay(LocalDay.ZONE);
        for (int hour = 0; time.toLocalDate().equals(date); hour++) {
            records.add(new LoadRecord(time.toInstant(), hour, 50));
            time = time.plusHours(1);
        }
        return records;
    }

    private static LoadRecord record(String time, double load) {
        return new LoadRecord(Instant.parse(time), load, 50);
    }
}
