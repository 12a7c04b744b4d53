package org.soebm.examples.shiftstaffing;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.THURSDAY;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.soebm.api.task.Table;
import org.soebm.api.task.TaskData;
import org.soebm.examples.shiftstaffing.existing.Period;
import org.soebm.examples.shiftstaffing.existing.Shift;

/**
 * Made-up weeks of a store, one a row. Customers of a shift are a count with the mean
 *
 * <pre>
 *   160 · weekday · period · season · growth · weather · calendar · promotion · event · exp(0.08 v + σ ε − σ²/2)
 * </pre>
 *
 * <p>of which a head serves 55. The season dips in summer and peaks before Christmas; cold and rain keep people away, heat
 * moves them from early to late; the day before a public holiday is busy, the holiday is quiet. A promotion, in one week
 * of three, from Thursday to Saturday, brings 30% more; an event in town, on one day of eight, 40% more to the late shift.
 * The popularity v is an AR(1) process from week to week (memory 0.7). The noise is skewed, and its spread depends on what
 * is known: σ = 0.10, on rainy days 0.10 more, in promotions 0.25 more, at events 0.30 more. The count is Poisson.
 *
 * <p>Known when deciding: the calendar, promotion and events, forecasts of the week's weather that miss by 2 degrees and
 * now and then take a rainy day for a dry one, and the heads that last week's shifts needed.
 */
final class StoreWeeks {
    private static final LocalDate START = LocalDate.of(2013, 1, 7); // a Monday
    private static final double TEST_SHARE = 0.2;
    private static final double CUSTOMERS = 160;
    private static final double CUSTOMERS_A_HEAD = 55;
    private static final double[] WEEKDAY = {0.85, 0.80, 0.88, 0.98, 1.22, 1.40, 0.87};
    private static final double EARLY_SHARE = 0.92;
    private static final Set<DayOfWeek> PROMOTED = EnumSet.of(THURSDAY, FRIDAY, SATURDAY);
    private static final Set<MonthDay> HOLIDAYS = Set.of(
            MonthDay.of(1, 1),
            MonthDay.of(5, 1),
            MonthDay.of(8, 15),
            MonthDay.of(10, 3),
            MonthDay.of(11, 1),
            MonthDay.of(12, 25),
            MonthDay.of(12, 26));

    private final long seed;
    private final Random random;

    StoreWeeks(long seed) {
        this.seed = seed;
        random = new Random(seed);
    }

    /** The weeks, in order of time; the same seed gives the same. */
    TaskData rows(int weeks) {
        double[][] features = new double[weeks][];
        double[][] heads = new double[weeks][];
        double popularity = random.nextGaussian();
        double temperatureAnomaly = random.nextGaussian();
        double[] lastWeek = null;
        for (int week = -1; week < weeks; week++) { // one week ahead, whose heads are features of the first row
            popularity = next(popularity, 0.7);
            LocalDate monday = START.plusWeeks(week);
            boolean promotion = random.nextInt(3) == 0;
            List<Double> known = new ArrayList<>();
            double yearAngle = 2 * Math.PI * monday.getDayOfYear() / 365.25;
            known.add(Math.cos(yearAngle));
            known.add(Math.sin(yearAngle));
            known.add(beforeChristmas(monday));
            known.add(week / 52.0);
            known.add(promotion ? 1.0 : 0);
            double[] needed = new double[Shift.OF_WEEK.size()];
            for (DayOfWeek dayOfWeek : DayOfWeek.values()) {
                LocalDate day = monday.plusDays(dayOfWeek.getValue() - 1);
                temperatureAnomaly = next(temperatureAnomaly, 0.8);
                double temperature =
                        11 - 10 * Math.cos(2 * Math.PI * (day.getDayOfYear() - 20) / 365.25) + 4 * temperatureAnomaly;
                boolean event = random.nextInt(8) == 0;
                boolean rain = random.nextInt(10) < 3;
                boolean rainForecast = random.nextInt(10) < 1 ? !rain : rain;
                known.add(temperature + 2 * random.nextGaussian());
                known.add(rainForecast ? 1.0 : 0);
                known.add(event ? 1.0 : 0);
                known.add(isHoliday(day) ? 1.0 : 0);
                known.add(isHoliday(day.plusDays(1)) ? 1.0 : 0);
                for (Period period : Period.values()) {
                    Shift shift = new Shift(dayOfWeek, period);
                    boolean promoted = promotion && PROMOTED.contains(dayOfWeek);
                    boolean atEvent = event && period == Period.LATE;
                    double mean = CUSTOMERS
                            * WEEKDAY[dayOfWeek.getValue() - 1]
                            * (period == Period.EARLY ? EARLY_SHARE : 2 - EARLY_SHARE)
                            * season(day)
                            * (1 + 0.01 * week / 52)
                            * weather(temperature, rain, period)
                            * (isHoliday(day) ? 0.5 : isHoliday(day.plusDays(1)) ? 1.3 : 1)
                            * (promoted ? 1.3 : 1)
                            * (atEvent ? 1.4 : 1);
                    double spread = 0.10 + (rain ? 0.10 : 0) + (promoted ? 0.25 : 0) + (atEvent ? 0.30 : 0);
                    double noise = Math.exp(0.08 * popularity + spread * random.nextGaussian() - spread * spread / 2);
                    needed[shift.index()] = poisson(mean * noise) / CUSTOMERS_A_HEAD;
                }
            }
            if (lastWeek != null) {
                for (double last : lastWeek) {
                    known.add(last);
                }
                features[week] = known.stream().mapToDouble(Double::doubleValue).toArray();
                heads[week] = needed;
            }
            lastWeek = needed;
        }
        return new TaskData(
                Table.of(featureNames(), features),
                Table.of(
                        Shift.OF_WEEK.stream()
                                .map(shift -> "heads " + shift.day() + " " + shift.period())
                                .toList(),
                        heads),
                (int) Math.round(weeks * (1 - TEST_SHARE)),
                "simulated weeks, seed %d".formatted(seed));
    }

    private static List<String> featureNames() {
        List<String> names = new ArrayList<>(List.of("cos year", "sin year", "before Christmas", "years", "promotion"));
        for (DayOfWeek day : DayOfWeek.values()) {
            for (String feature : List.of("temperature", "rain", "event", "holiday", "day before a holiday")) {
                names.add(feature + " " + day);
            }
        }
        Shift.OF_WEEK.forEach(shift -> names.add("heads last week " + shift.day() + " " + shift.period()));
        return names;
    }

    /** A step of an AR(1) process whose values stay standard Gaussian. */
    private double next(double value, double memory) {
        return memory * value + Math.sqrt(1 - memory * memory) * random.nextGaussian();
    }

    /** From 0 in autumn to 1 in the last days before Christmas. */
    private static double beforeChristmas(LocalDate day) {
        int left = LocalDate.of(day.getYear(), 12, 24).getDayOfYear() - day.getDayOfYear();
        return left < 0 ? 0 : Math.exp(-left / 14.0);
    }

    private static double season(LocalDate day) {
        double summer = Math.max(0, -Math.cos(2 * Math.PI * (day.getDayOfYear() - 20) / 365.25));
        return 1 - 0.15 * summer + 0.35 * beforeChristmas(day);
    }

    private static double weather(double temperature, boolean rain, Period period) {
        double cold = 1 - 0.008 * Math.max(0, 8 - temperature);
        double heat = 0.012 * Math.max(0, temperature - 22);
        return cold * (rain ? 0.85 : 1) * (period == Period.EARLY ? 1 - heat : 1 + heat);
    }

    private static boolean isHoliday(LocalDate day) {
        return HOLIDAYS.contains(MonthDay.from(day));
    }

    /** Counts the arrivals of a process of rate 1 up to the mean. */
    private int poisson(double mean) {
        int count = -1;
        double time = 0;
        while (time <= mean) {
            time -= Math.log1p(-random.nextDouble());
            count++;
        }
        return count;
    }
}
