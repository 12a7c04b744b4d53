package org.soebm.examples.powerscheduling;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Made-up hourly records in place of the published ones, over the same days. With local hour h, day of year n, and two
 * independent standard Gaussian AR(1) processes u (weather) and v (demand) that forget within days,
 *
 * <pre>
 *   temperature T = 54 − 22 cos(2π(n − 20) / 365) + 7 cos(2π(h − 16) / 24) + 8 u     in °F
 *   heating       H = 0.008 ζ(58 − T),  cooling  C = 0.025 ζ(T − 66),  ζ(t) = 5 log(1 + exp(t / 5))
 *   level         L = 1.45 · growth · weekday · hour-of-day + H + C
 *   load            = L exp((0.03 + 0.06 (H + C)) v)
 * </pre>
 *
 * <p>with 0.5% growth a year, 8% less on weekends and federal holidays. Load is a smooth V of temperature, and less
 * certain on hot and cold days. The next day's u is among the features; its v is not, so decisions matter.
 */
final class SyntheticLoadYears {

    /** Each day belongs to one series, as in the published files; ends are exclusive. */
    private static final LocalDate START = LocalDate.of(2008, 1, 1);

    private static final LocalDate SECOND_START = LocalDate.of(2011, 12, 31);
    private static final LocalDate END = LocalDate.of(2016, 9, 29);

    private static final double WEATHER_MEMORY = 0.98; // correlation from one hour to the next
    private static final double DEMAND_MEMORY = 0.97;

    /** Demand by local hour, relative to its mean. */
    private static final double[] HOUR_OF_DAY = {
        0.92, 0.87, 0.84, 0.82, 0.82, 0.84, 0.90, 0.97, 1.00, 1.02, 1.04, 1.05,
        1.06, 1.06, 1.06, 1.06, 1.08, 1.12, 1.15, 1.15, 1.13, 1.09, 1.03, 0.97
    };

    private final Random random;

    private SyntheticLoadYears(long seed) {
        random = new Random(seed);
    }

    /** The two series of a seed; the same seed gives the same records. */
    static List<LoadSeries> generate(long seed) {
        SyntheticLoadYears years = new SyntheticLoadYears(seed);
        String source = "synthetic load years (seed %d)".formatted(seed);
        return List.of(
                new LoadSeries(source, years.records(START, SECOND_START)),
                new LoadSeries(source, years.records(SECOND_START, END)));
    }

    private List<LoadRecord> records(LocalDate start, LocalDate end) {
        List<LoadRecord> records = new ArrayList<>();
        double weather = random.nextGaussian();
        double demand = random.nextGaussian();
        Instant stop = end.atStartOfDay(LocalDay.ZONE).toInstant();
        for (Instant time = start.atStartOfDay(LocalDay.ZONE).toInstant();
                time.isBefore(stop);
                time = time.plus(1, ChronoUnit.HOURS)) {
            weather = next(weather, WEATHER_MEMORY);
            demand = next(demand, DEMAND_MEMORY);
            ZonedDateTime local = time.atZone(LocalDay.ZONE);
            double temperature = climate(local) + 8 * weather;
            records.add(new LoadRecord(time, load(local, temperature, demand), temperature));
        }
        return records;
    }

    /** A step of an AR(1) process whose values stay standard Gaussian. */
    private double next(double value, double memory) {
        return memory * value + Math.sqrt(1 - memory * memory) * random.nextGaussian();
    }

    private static double climate(ZonedDateTime local) {
        double season = Math.cos(2 * Math.PI * (local.getDayOfYear() - 20) / 365);
        double timeOfDay = Math.cos(2 * Math.PI * (local.getHour() - 16) / 24);
        return 54 - 22 * season + 7 * timeOfDay;
    }

    private static double load(ZonedDateTime local, double temperature, double demand) {
        double years = ChronoUnit.DAYS.between(START, local.toLocalDate()) / 365.25;
        double growth = 1 + 0.005 * years;
        double weekday = isDayOff(local.toLocalDate()) ? 0.92 : 1;
        double heating = 0.008 * softplus(58 - temperature);
        double cooling = 0.025 * softplus(temperature - 66);
        double level = 1.45 * growth * weekday * HOUR_OF_DAY[local.getHour()] + heating + cooling;
        return level * Math.exp((0.03 + 0.06 * (heating + cooling)) * demand);
    }

    private static boolean isDayOff(LocalDate date) {
        return date.getDayOfWeek() == DayOfWeek.SATURDAY
                || date.getDayOfWeek() == DayOfWeek.SUNDAY
                || FederalHolidays.isObservedOn(date);
    }

    private static double softplus(double value) {
        return 5 * Math.log1p(Math.exp(value / 5));
    }
}
