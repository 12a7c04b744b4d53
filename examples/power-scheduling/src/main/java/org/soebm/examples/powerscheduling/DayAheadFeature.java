package org.soebm.examples.powerscheduling;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One of the 149 numbers from which the network predicts the next day's load: what is known when the next day is
 * scheduled, its weather forecast included.
 *
 * @param name the column's name
 * @param value the number, given the past day and the next day
 */
record DayAheadFeature(String name, ToDoubleBiFunction<LocalDay, LocalDay> value) {

    private static final double DAYS_PER_YEAR = 365;

    /** The columns, in order. */
    static final List<DayAheadFeature> ALL = Stream.of(
                    hourly("load%d", (past, next, hour) -> past.load(hour)),
                    hourly("temp%d", (past, next, hour) -> past.temperature(hour)),
                    hourly("temp%d_sq", (past, next, hour) -> Math.pow(past.temperature(hour), 2)),
                    hourly("ftemp%d", (past, next, hour) -> next.temperature(hour)),
                    hourly("ftemp%d_sq", (past, next, hour) -> Math.pow(next.temperature(hour), 2)),
                    hourly("ftemp%d_cu", (past, next, hour) -> Math.pow(next.temperature(hour), 3)),
                    daily("weekend", next -> next.isWeekend() ? 1 : 0),
                    daily("holiday", next -> next.isHoliday() ? 1 : 0),
                    daily("dst", next -> next.startsInSummerTime() ? 1 : 0),
                    daily("cos_doy", next -> Math.cos(angleOfYear(next))),
                    daily("sin_doy", next -> Math.sin(angleOfYear(next))))
            .flatMap(Function.identity())
            .toList();

    private interface HourlyValue {
        double of(LocalDay past, LocalDay next, int hour);
    }

    private static Stream<DayAheadFeature> hourly(String name, HourlyValue value) {
        return IntStream.range(0, LocalDay.HOURS)
                .mapToObj(
                        hour -> new DayAheadFeature(name.formatted(hour), (past, next) -> value.of(past, next, hour)));
    }

    private static Stream<DayAheadFeature> daily(String name, ToDoubleFunction<LocalDay> value) {
        return Stream.of(new DayAheadFeature(name, (past, next) -> value.applyAsDouble(next)));
    }

    private static double angleOfYear(LocalDay day) {
        return 2 * Math.PI * day.date().getDayOfYear() / DAYS_PER_YEAR;
    }
}
