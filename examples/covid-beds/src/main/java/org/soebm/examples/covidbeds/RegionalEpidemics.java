package org.soebm.examples.covidbeds;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Made-up epidemics of {@value #REGIONS} regions, each with the {@link DiseaseModel} and an infection rate of its own,
 *
 * <pre>
 *   β_t = β_0 · exp(s cos(2π (t − 15) / 365) + v_t) / (1 + k_t)
 * </pre>
 *
 * <ul>
 *   <li>β_0: a person infects 1.8 to 2.8 others where all are susceptible and nobody is careful.
 *   <li>Season: s is 0.05 to 0.2, the peak in the middle of January.
 *   <li>Behaviour: caution k follows the beds per 100,000 inhabitants, divided by what the region puts up with (lognormal
 *       around 30). People become careful in four days, k' = (beds / tolerance − k) / 4, and relax in three weeks, /21. The
 *       delay from infection to hospital makes waves of that.
 *   <li>v: an AR(1) process, ρ = 0.93, std 0.35: holidays, weather, events, variants. Nobody can foresee its innovations.
 * </ul>
 *
 * <p>A region has 100,000 to 3,000,000 inhabitants, of whom 5 to 35% are immune at first. Its epidemic begins 60 to 200
 * days before the first day that is kept. What is kept is what {@link Reporting} shows of it: one year each, the first for
 * the first {@value #TRAINING_REGIONS} regions, the next for the others.
 */
final class RegionalEpidemics {
    static final int REGIONS = 250;
    static final int TRAINING_REGIONS = 200;

    /** 13 times 28 days. */
    static final int DAYS = 364;

    private static final double DAYS_PER_YEAR = 365;
    private static final double WINTER_PEAK = 15;
    private static final double DAYS_TO_BECOME_CAREFUL = 4;
    private static final double DAYS_TO_RELAX = 21;

    /** Days of infectiousness of a person, those without symptoms counted as 0.6. */
    private static final double INFECTIOUS_DAYS = 0.43 * 0.6 * 7 + 0.57 * (1.5 + 5.5);

    private RegionalEpidemics() {}

    /** The regions; the same seed gives the same ones. */
    static List<Region> generate(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Region> regions = new ArrayList<>();
        for (int r = 0; r < REGIONS; r++) {
            SplittableRandom own = random.split();
            long firstDay = r < TRAINING_REGIONS ? 0 : DAYS;
            double[][] course = course(firstDay, own);
            regions.add(new Region("region-%03d".formatted(r), firstDay, Reporting.observed(course, own)));
        }
        return regions;
    }

    /** What truly happens in a region on {@link #DAYS} days, shape (days, 10). */
    static double[][] course(long firstDay, RandomGenerator random) {
        double population = 1e5 * Math.pow(30, random.nextDouble());
        double unrestrained = uniform(random, 1.8, 2.8) / INFECTIOUS_DAYS;
        double season = uniform(random, 0.05, 0.2);
        double tolerance = 30 * Math.exp(0.3 * random.nextGaussian());
        AutoregressiveNoise noise = new AutoregressiveNoise(0.93, 0.35, random);
        int past = random.nextInt(60, 201);
        double[] state = beginning(population, random);
        double caution = 0;
        double[][] course = new double[DAYS][];
        for (int day = -past; day < DAYS; day++) {
            double peak = Math.cos(2 * Math.PI * (firstDay + day - WINTER_PEAK) / DAYS_PER_YEAR);
            double beta = unrestrained * Math.exp(season * peak + noise.next()) / (1 + caution);
            state = DiseaseModel.dayAfter(state, Math.min(beta, DiseaseModel.LARGEST_RATE));
            double pressure = BedSimulator.INHABITANTS / population * Compartment.beds(state) / tolerance;
            caution += (pressure - caution) / (pressure > caution ? DAYS_TO_BECOME_CAREFUL : DAYS_TO_RELAX);
            if (day >= 0) {
                course[day] = state;
            }
        }
        return course;
    }

    /** Some are immune, and 5 to 50 of 100,000 have just been infected. */
    private static double[] beginning(double population, RandomGenerator random) {
        double immune = population * uniform(random, 0.05, 0.35);
        double exposed = population * 5e-5 * Math.pow(10, random.nextDouble());
        double[] state = new double[Compartment.COUNT];
        Arrays.fill(state, 0);
        state[Compartment.SUSCEPTIBLE.index()] = population - immune - exposed;
        state[Compartment.EXPOSED.index()] = exposed;
        state[Compartment.RECOVERED.index()] = immune;
        return state;
    }

    private static double uniform(RandomGenerator random, double low, double high) {
        return low + (high - low) * random.nextDouble();
    }
}
