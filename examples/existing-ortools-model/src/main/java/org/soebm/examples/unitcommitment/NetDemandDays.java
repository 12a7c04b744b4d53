package org.soebm.examples.unitcommitment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.soebm.api.task.Table;
import org.soebm.api.task.TaskData;

/**
 * Made-up days of a region with a wind farm: what is known the day before, and the net demand that came, load − wind, in
 * MW. With hour h, day n, and independent standard Gaussian AR(1) processes u (temperature of the day), s (wind of the
 * hour), v (load of the hour) and e (error of the wind forecast),
 *
 * <pre>
 *   temperature  T = 12 − 9 cos(2πn / 365) + 4 u                                        °C
 *   load           = (175 + 1.6 [15 − T]₊ + 2.4 [T − 20]₊) · weekday · hour-of-day · exp(0.02 v)
 *   wind speed   W = 7.5 exp(0.45 s),   forecast W̃ = W exp(−(0.06 + 0.006 h) e)         m/s
 *   wind power     = 90 MW · min(1, ([W − 3]₊ / 9)³)
 * </pre>
 *
 * <p>The power of a farm rises with the cube of the speed and then stays at its rated value, so an error of the speed
 * costs little at low wind, much in the middle, and at high wind power can only be lost: the errors of the net demand are
 * neither Gaussian nor alike on all days. Features are the forecasts of wind power (24), temperature with its two
 * degree-day terms (3), day off, season (2), and the net demand of the day before (24).
 */
final class NetDemandDays {
    private static final int HOURS = 24;
    private static final double FARM = 90; // MW

    /** Load by hour, relative to its mean. */
    private static final double[] HOUR_OF_DAY = {
        0.80, 0.76, 0.74, 0.73, 0.74, 0.79, 0.90, 1.01, 1.06, 1.08, 1.08, 1.09,
        1.09, 1.07, 1.05, 1.05, 1.07, 1.13, 1.18, 1.19, 1.15, 1.08, 0.98, 0.88
    };

    private final Random random;
    private final List<double[]> features = new ArrayList<>();
    private final List<double[]> netDemands = new ArrayList<>();

    private NetDemandDays(long seed) {
        random = new Random(seed);
    }

    /**
     * Days in time order, the last fifth of them for tests; the same seed gives the same days.
     *
     * @param days how many
     * @param hours of a day to decide on, from midnight
     */
    static TaskData generate(int days, int hours, long seed) {
        NetDemandDays generated = new NetDemandDays(seed);
        generated.run(days);
        List<String> featureNames = new ArrayList<>();
        List<String> demandNames = new ArrayList<>();
        for (int h = 0; h < HOURS; h++) {
            featureNames.add("windForecast" + h);
        }
        for (int h = 0; h < hours; h++) {
            demandNames.add("netDemand" + h);
        }
        featureNames.addAll(List.of("temperature", "heating", "cooling", "dayOff", "cosSeason", "sinSeason"));
        for (int h = 0; h < HOURS; h++) {
            featureNames.add("netDemandBefore" + h);
        }
        return new TaskData(
                Table.of(featureNames, generated.features.toArray(double[][]::new)),
                Table.of(
                        demandNames,
                        generated.netDemands.stream()
                                .map(day -> Arrays.copyOf(day, hours))
                                .toArray(double[][]::new)),
                days - days / 5,
                days + " simulated days, seed " + seed);
    }

    private void run(int days) {
        double warmth = random.nextGaussian();
        double wind = random.nextGaussian();
        double load = random.nextGaussian();
        double[] before = new double[HOURS];
        for (int day = -1; day < days; day++) { // the first one only for the day before
            warmth = next(warmth, 0.8);
            double season = 2 * Math.PI * day / 365;
            double temperature = 12 - 9 * Math.cos(season) + 4 * warmth;
            double heating = Math.max(0, 15 - temperature);
            double cooling = Math.max(0, temperature - 20);
            boolean dayOff = Math.floorMod(day, 7) >= 5;
            double level = (175 + 1.6 * heating + 2.4 * cooling) * (dayOff ? 0.9 : 1);
            double[] known = new double[2 * HOURS + 6];
            double[] netDemand = new double[HOURS];
            double error = random.nextGaussian();
            for (int h = 0; h < HOURS; h++) {
                wind = next(wind, 0.96);
                load = next(load, 0.9);
                error = next(error, 0.9);
                double speed = 7.5 * Math.exp(0.45 * wind);
                double forecast = speed * Math.exp(-(0.06 + 0.006 * h) * error);
                netDemand[h] = level * HOUR_OF_DAY[h] * Math.exp(0.02 * load) - power(speed);
                known[h] = power(forecast);
                known[HOURS + 6 + h] = before[h];
            }
            known[HOURS] = temperature;
            known[HOURS + 1] = heating;
            known[HOURS + 2] = cooling;
            known[HOURS + 3] = dayOff ? 1 : 0;
            known[HOURS + 4] = Math.cos(season);
            known[HOURS + 5] = Math.sin(season);
            if (day >= 0) {
                features.add(known);
                netDemands.add(netDemand);
            }
            before = netDemand;
        }
    }

    /** A step of an AR(1) process whose values stay standard Gaussian. */
    private double next(double value, double memory) {
        return memory * value + Math.sqrt(1 - memory * memory) * random.nextGaussian();
    }

    private static double power(double speed) {
        return FARM * Math.min(1, Math.pow(Math.max(0, speed - 3) / 9, 3));
    }
}
