package org.soebm.examples.shiftstaffing;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.THURSDAY;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.soebm.api.task.Table;
import org.soebm.api.task.TaskData;
import org.soebm.examples.shiftstaffing.WorkingTimes.WorkingTime;
import org.soebm.examples.shiftstaffing.existing.Period;
import org.soebm.examples.shiftstaffing.existing.Store;

/**
 * Made-up weeks of a store, one a row, with the margin of what each employee would sell in each shift, beyond what anybody would.
 * On a day with weather heat h ~ N(0, 1) (an AR(1) process), rain r, event in town e and promotion p, 0 or 1,
 *
 * <pre>
 *   y = 30 · exp(0.3 h θ_1 + 0.6 (r − 0.3) θ_2 + 0.8 e θ_3 + 0.6 p θ_4 ± 0.2 θ_5 + 0.3 ε)      EUR
 * </pre>
 *
 * <p>with talents θ ~ N(0, I) of each employee, − early and + late, and ε ~ N(0, 1) of each. Talents multiply: a line through
 * all weeks is wrong about who sells best when much comes together. It rains on three days of ten, there is an event on one day
 * of five, and a promotion from Thursday to Saturday in one week of three.
 *
 * <p>Known when deciding: promotion and events, and forecasts of heat that miss by 0.3, and of rain that are wrong on one day of
 * ten.
 */
final class SalesWeeks {
    private static final double TEST_SHARE = 0.25;
    private static final Set<DayOfWeek> PROMOTED = EnumSet.of(THURSDAY, FRIDAY, SATURDAY);
    private static final int TALENTS = 5;

    private final long seed;
    private final Random random;
    private final double[][] talents = new double[Store.EMPLOYEES.size()][TALENTS];

    SalesWeeks(long seed) {
        this.seed = seed;
        random = new Random(seed);
        for (double[] talent : talents) {
            for (int k = 0; k < TALENTS; k++) {
                talent[k] = random.nextGaussian();
            }
        }
    }

    /** The weeks, in order of time; the same seed gives the same. */
    TaskData rows(int weeks) {
        double[][] features = new double[weeks][];
        double[][] sales = new double[weeks][];
        double heat = random.nextGaussian();
        for (int week = 0; week < weeks; week++) {
            boolean promotion = random.nextInt(3) == 0;
            List<Double> known = new ArrayList<>(List.of(promotion ? 1.0 : 0));
            Map<DayOfWeek, double[]> drivers = new EnumMap<>(DayOfWeek.class);
            for (DayOfWeek day : DayOfWeek.values()) {
                heat = 0.8 * heat + 0.6 * random.nextGaussian();
                boolean rain = random.nextInt(10) < 3;
                boolean event = random.nextInt(5) == 0;
                boolean promoted = promotion && PROMOTED.contains(day);
                drivers.put(day, new double[] {0.3 * heat, rain ? 0.42 : -0.18, event ? 0.8 : 0, promoted ? 0.6 : 0});
                known.add(heat + 0.3 * random.nextGaussian());
                known.add((random.nextInt(10) == 0) != rain ? 1.0 : 0);
                known.add(event ? 1.0 : 0);
            }
            features[week] = known.stream().mapToDouble(Double::doubleValue).toArray();
            sales[week] = WorkingTimes.ALL.stream()
                    .mapToDouble(time -> sales(
                            time,
                            Objects.requireNonNull(drivers.get(time.shift().day()))))
                    .toArray();
        }
        return new TaskData(
                Table.of(featureNames(), features),
                Table.of(WorkingTimes.ALL.stream().map(WorkingTime::name).toList(), sales),
                (int) Math.round(weeks * (1 - TEST_SHARE)),
                "simulated weeks, seed %d".formatted(seed));
    }

    private double sales(WorkingTime time, double[] drivers) {
        double[] talent = talents[Store.EMPLOYEES.indexOf(time.employee())];
        double exponent = 0.3 * random.nextGaussian();
        for (int k = 0; k < drivers.length; k++) {
            exponent += drivers[k] * talent[k];
        }
        double late = time.shift().period() == Period.LATE ? 0.2 : -0.2;
        return 30 * Math.exp(exponent + late * talent[drivers.length]);
    }

    private static List<String> featureNames() {
        List<String> names = new ArrayList<>(List.of("promotion"));
        for (DayOfWeek day : DayOfWeek.values()) {
            for (String feature : List.of("heat", "rain", "event")) {
                names.add(feature + " " + day);
            }
        }
        return names;
    }
}
