package com.example.newsvendor;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Made-up days of a bakery's shop. Demand of a product is
 *
 * <pre>
 *   usual · weekday · season · weather · holiday · (price / usual price)^−1.5 · promotion · exp(0.1 v + σ ε − σ²/2)
 * </pre>
 *
 * <p>rounded to pieces. The popularity v is an AR(1) process from day to day (memory 0.9), shared by all products. The noise
 * is skewed, and its spread depends on what is known: σ = 0.25, with a promotion 0.35 more, on a holiday 0.25 more, at
 * weekends 0.10 more. A promotion brings 60% more on average and goes with a price 10% to 30% lower.
 */
final class SalesSimulation {
    private static final LocalDate START = LocalDate.of(2020, 1, 1);
    private static final Set<MonthDay> HOLIDAYS = Set.of(
            MonthDay.of(1, 1),
            MonthDay.of(5, 1),
            MonthDay.of(8, 15),
            MonthDay.of(10, 3),
            MonthDay.of(11, 1),
            MonthDay.of(12, 25),
            MonthDay.of(12, 26));

    // A row a product, in the order of NewsvendorTask.PRODUCTS.
    private static final double[] USUAL = {90, 420, 110, 70, 60};
    private static final double[][] WEEKDAY = {
        {0.9, 0.9, 0.95, 1.0, 1.2, 1.4, 0.65},
        {0.8, 0.8, 0.8, 0.85, 0.95, 1.5, 1.3},
        {0.9, 0.85, 0.85, 0.9, 1.0, 1.2, 1.3},
        {0.7, 0.7, 0.75, 0.8, 1.0, 1.4, 1.65},
        {1.2, 1.2, 1.2, 1.15, 1.1, 0.7, 0.45}
    };
    private static final double[] WINTER = {0.10, 0.05, 0.00, 0.15, -0.10}; // how much more at New Year, less in July
    private static final double[] PER_DEGREE = {-0.002, -0.002, -0.004, -0.010, 0.006}; // away from 12 degrees
    private static final double PRICE_ELASTICITY = -1.5;
    private static final int DAYS_BETWEEN_PROMOTIONS = 12;

    private final Random random;

    SalesSimulation(long seed) {
        random = new Random(seed);
    }

    /** Consecutive days; the same seed gives the same. */
    List<SalesDay> days(int count) {
        List<SalesDay> days = new ArrayList<>();
        double popularity = random.nextGaussian();
        double temperatureAnomaly = random.nextGaussian();
        for (int day = 0; day < count; day++) {
            popularity = next(popularity, 0.9);
            temperatureAnomaly = next(temperatureAnomaly, 0.8);
            days.add(day(START.plusDays(day), popularity, temperatureAnomaly));
        }
        return days;
    }

    private SalesDay day(LocalDate date, double popularity, double temperatureAnomaly) {
        double winter = Math.cos(2 * Math.PI * date.getDayOfYear() / 365.25);
        double temperature = 11 - 9 * winter + 4 * temperatureAnomaly;
        boolean holiday = HOLIDAYS.contains(MonthDay.from(date));
        int weekday = date.getDayOfWeek().getValue() - 1;
        int products = NewsvendorTask.PRODUCTS.size();
        double[] prices = new double[products];
        boolean[] promoted = new boolean[products];
        double[] demand = new double[products];
        for (int i = 0; i < products; i++) {
            double usualPrice = NewsvendorTask.PRODUCTS.get(i).usualPrice();
            promoted[i] = random.nextInt(DAYS_BETWEEN_PROMOTIONS) == 0;
            double discount = promoted[i] ? 0.1 + 0.2 * random.nextDouble() : 0;
            prices[i] = cents(usualPrice * (1 - discount) * (1 + 0.03 * random.nextGaussian()));
            double mean = USUAL[i]
                    * WEEKDAY[i][weekday]
                    * (1 + WINTER[i] * winter)
                    * Math.max(0.2, 1 + PER_DEGREE[i] * (temperature - 12))
                    * (holiday ? 0.7 : 1)
                    * Math.pow(prices[i] / usualPrice, PRICE_ELASTICITY)
                    * (promoted[i] ? 1.3 : 1);
            double spread = 0.25 + (promoted[i] ? 0.35 : 0) + (holiday ? 0.25 : 0) + (weekday >= 5 ? 0.10 : 0);
            double noise = Math.exp(0.1 * popularity + spread * random.nextGaussian() - spread * spread / 2);
            demand[i] = Math.rint(mean * noise);
        }
        return new SalesDay(date, cents(temperature + random.nextGaussian()), holiday, prices, promoted, demand);
    }

    /** A step of an AR(1) process whose values stay standard Gaussian. */
    private double next(double value, double memory) {
        return memory * value + Math.sqrt(1 - memory * memory) * random.nextGaussian();
    }

    private static double cents(double value) {
        return Math.rint(100 * value) / 100;
    }
}
