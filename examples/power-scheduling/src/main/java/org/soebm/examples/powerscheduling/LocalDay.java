package org.soebm.examples.powerscheduling;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.soebm.api.task.DataException;

/**
 * A New York calendar day with one record for each hour on the clock.
 *
 * <p>The day on which summer time begins lacks 2 o'clock, and the day on which it ends has 1 o'clock twice, of which
 * the first counts. An hour without a record takes the next one of the same day, or else the last one before it.
 *
 * @param hours 24 records, those of 0 to 23 o'clock
 */
record LocalDay(LocalDate date, List<LoadRecord> hours) {

    static final ZoneId ZONE = ZoneId.of("America/New_York");
    static final int HOURS = 24;

    double load(int hour) {
        return hours.get(hour).load();
    }

    double temperature(int hour) {
        return hours.get(hour).temperature();
    }

    boolean isWeekend() {
        return date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
    }

    boolean isHoliday() {
        return FederalHolidays.isObservedOn(date);
    }

    /** Whether summer time is in force at midnight: not yet on the day on which it begins. */
    boolean startsInSummerTime() {
        return ZONE.getRules().isDaylightSavings(date.atStartOfDay(ZONE).toInstant());
    }

    /**
     * @return the days of a series in time order
     * @throws DataException if a day between the first and the last one has no record
     */
    static List<LocalDay> of(LoadSeries series) {
        NavigableMap<LocalDate, NavigableMap<Integer, LoadRecord>> recordsByDay = new TreeMap<>();
        for (LoadRecord record : series.records()) {
            ZonedDateTime local = record.time().atZone(ZONE);
            recordsByDay
                    .computeIfAbsent(local.toLocalDate(), day -> new TreeMap<>())
                    .putIfAbsent(local.getHour(), record);
        }
        List<LocalDay> days = new ArrayList<>();
        recordsByDay.forEach((date, records) -> {
            if (!days.isEmpty() && !date.equals(days.get(days.size() - 1).date.plusDays(1))) {
                throw new DataException("The %s has no record between %s and %s. Maybe lines are missing?"
                        .formatted(series.source(), days.get(days.size() - 1).date, date));
            }
            days.add(new LocalDay(date, fill(records)));
        });
        return days;
    }

    private static List<LoadRecord> fill(NavigableMap<Integer, LoadRecord> records) {
        return IntStream.range(0, HOURS)
                .mapToObj(hour -> {
                    Map.Entry<Integer, LoadRecord> sameOrNext = records.ceilingEntry(hour);
                    return (sameOrNext != null ? sameOrNext : records.lastEntry()).getValue();
                })
                .toList();
    }
}
