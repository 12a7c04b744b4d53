package org.soebm.examples.powerscheduling;

import static java.time.temporal.TemporalAdjusters.dayOfWeekInMonth;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.MonthDay;
import java.util.Set;

/**
 * The ten United States federal holidays of 1986 to 2020, on the day on which they are observed: one that falls on a
 * Saturday is moved to Friday, one that falls on a Sunday to Monday.
 */
final class FederalHolidays {

    private static final MonthDay NEW_YEAR = MonthDay.of(1, 1);
    private static final MonthDay INDEPENDENCE_DAY = MonthDay.of(7, 4);
    private static final MonthDay VETERANS_DAY = MonthDay.of(11, 11);
    private static final MonthDay CHRISTMAS = MonthDay.of(12, 25);
    private static final Set<MonthDay> FIXED = Set.of(NEW_YEAR, INDEPENDENCE_DAY, VETERANS_DAY, CHRISTMAS);

    private FederalHolidays() {}

    static boolean isObservedOn(LocalDate date) {
        return switch (date.getDayOfWeek()) {
            case MONDAY -> isFixed(date) || isFixed(date.minusDays(1)) || isOnAMonday(date);
            case THURSDAY -> isFixed(date) || isThanksgiving(date);
            case FRIDAY -> isFixed(date) || isFixed(date.plusDays(1));
            case SATURDAY, SUNDAY -> false;
            default -> isFixed(date);
        };
    }

    private static boolean isFixed(LocalDate date) {
        return FIXED.contains(MonthDay.from(date));
    }

    private static boolean isOnAMonday(LocalDate monday) {
        return switch (monday.getMonth()) {
            case JANUARY, FEBRUARY -> isNth(3, monday); // Martin Luther King, Presidents' Day
            case MAY -> isNth(-1, monday); // Memorial Day
            case SEPTEMBER -> isNth(1, monday); // Labor Day
            case OCTOBER -> isNth(2, monday); // Columbus Day
            default -> false;
        };
    }

    private static boolean isThanksgiving(LocalDate thursday) {
        return thursday.getMonth() == Month.NOVEMBER && isNth(4, thursday);
    }

    /** Whether a date is the n-th of its weekday in its month; -1 is the last. */
    private static boolean isNth(int n, LocalDate date) {
        DayOfWeek weekday = date.getDayOfWeek();
        return date.equals(date.with(dayOfWeekInMonth(n, weekday)));
    }
}
