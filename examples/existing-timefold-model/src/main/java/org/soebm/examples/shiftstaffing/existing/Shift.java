package org.soebm.examples.shiftstaffing.existing;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;

/** A shift of the week. */
public record Shift(DayOfWeek day, Period period) {
    /** All shifts of a week, in order of time. */
    public static final List<Shift> OF_WEEK = week();

    private static List<Shift> week() {
        List<Shift> shifts = new ArrayList<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            for (Period period : Period.values()) {
                shifts.add(new Shift(day, period));
            }
        }
        return List.copyOf(shifts);
    }

    /** The position in {@link #OF_WEEK}. */
    public int index() {
        return (day.getValue() - 1) * Period.values().length + (period == Period.EARLY ? 0 : 1);
    }
}
