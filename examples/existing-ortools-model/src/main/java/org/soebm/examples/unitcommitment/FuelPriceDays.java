package org.soebm.examples.unitcommitment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.soebm.api.task.DataException;
import org.soebm.api.task.Table;
import org.soebm.api.task.TaskData;
import org.soebm.runtime.data.CsvTables;

/**
 * Days with what is known the day before and the {@link #PRICES} that came, of a file or made up. Where they are made up, with
 * day n, and independent standard Gaussian AR(1) processes u (temperature of the day), v (wind), r (storage of gas), c, g, o, k
 * (markets) and ε (quarters of the contract, without memory),
 *
 * <pre>
 *   temperature  T = 12 − 9 cos(2πn / 365) + 4 u                                             °C
 *   wind power   W = min(1, ([7.5 exp(0.45 v) − 3]₊ / 9)³)                                   of what there is
 *   storage      F = 0.55 + 0.3 sin(2πn / 365 + 3.6) + 0.1 r                                 of what there is
 *   scarcity   s_b = 0.09 h_b (12 − T) − 1.2 (W − 0.35) + 0.55 − F − 0.3 [day off],   h = 1.3, 1.0, 0.8, 1.2
 *   gas        g_b = 7 + 12 exp(0.9 s_b + 0.15 g + 0.05 ε_b)                                 EUR/MWh of heat
 *   coal           = 11 exp(0.15 c),   oil = 26 exp(0.15 o)                                  EUR/MWh of heat
 *   allowance      = 25 exp(0.25 k)                                                          EUR/t of CO2
 * </pre>
 *
 * <p>What gas costs bends with its scarcity: a line through all days is too high in their middle, about where coal and gas cost
 * the same, and too low on the dearest days, where that changes nothing. Features are the prices of the day before (7), forecasts
 * of temperature (error 1 °C) and wind power (error of the speed 10%), storage, day off and season (2).
 */
final class FuelPriceDays {
    /** What is unknown the day before, in this order. */
    static final List<String> PRICES = List.of("coal", "oil", "allowance", "gas0", "gas1", "gas2", "gas3");

    /** The parameter that is the price of an allowance. */
    static final int ALLOWANCE = 2;

    /** What is known the day before, in this order. */
    static final List<String> FEATURES = Stream.concat(
                    PRICES.stream().map(price -> price + "Before"),
                    Stream.of("temperature", "windPower", "storage", "dayOff", "cosSeason", "sinSeason"))
            .toList();

    private static final int COAL = 0;
    private static final int OIL = 1;
    private static final int GAS = 3; // and the quarters of the contract after it
    private static final double[] HEATING = {1.3, 1.0, 0.8, 1.2}; // by quarter
    private static final int FEWEST_ROWS =
            5; // two to train, one each to validate and test, and a fifth to be told apart

    private final Random random;
    private final List<double[]> features = new ArrayList<>();
    private final List<double[]> prices = new ArrayList<>();

    private FuelPriceDays(long seed) {
        random = new Random(seed);
    }

    /**
     * The parameter that is a fuel's price in an hour.
     *
     * @param hours of the contract, which has four quarters
     */
    static int price(Fuel fuel, int hour, int hours) {
        return switch (fuel) {
            case COAL -> COAL;
            case OIL -> OIL;
            case GAS -> GAS + hour * HEATING.length / hours;
        };
    }

    /** Days in time order, the last fifth of them for tests; the same seed gives the same days. */
    static TaskData generate(int days, long seed) {
        FuelPriceDays generated = new FuelPriceDays(seed);
        generated.run(days);
        return new TaskData(
                Table.of(FEATURES, generated.features.toArray(double[][]::new)),
                Table.of(PRICES, generated.prices.toArray(double[][]::new)),
                testStart(days),
                days + " simulated days, seed " + seed);
    }

    /**
     * The days of a CSV file, in time order, the last fifth of them for tests. Its columns are {@link #FEATURES}, then {@link
     * #PRICES}.
     *
     * @throws DataException when it has other columns, too few rows, or is no table of finite numbers
     */
    static TaskData read(Path file) {
        List<String> expected =
                Stream.concat(FEATURES.stream(), PRICES.stream()).toList();
        Table table = CsvTables.read(
                file,
                expected.size(),
                "task " + FuelPricesTask.NAME + " has " + FEATURES.size() + " features and " + PRICES.size()
                        + " prices");
        for (int i = 0; i < expected.size(); i++) {
            if (!table.columns().get(i).equals(expected.get(i))) {
                throw new DataException(file + ", line 1: column " + (i + 1) + " is '"
                        + table.columns().get(i) + "', but must be '" + expected.get(i)
                        + "'. The columns of task " + FuelPricesTask.NAME + " are " + String.join(",", expected) + ".");
            }
        }
        if (table.rows() < FEWEST_ROWS) {
            throw new DataException(file + " has " + table.rows() + " days below the header, but at least "
                    + FEWEST_ROWS + " are needed: the last fifth tests.");
        }
        return new TaskData(
                columns(table, 0, FEATURES),
                columns(table, FEATURES.size(), PRICES),
                testStart(table.rows()),
                file + ", its last fifth for tests");
    }

    private static Table columns(Table table, int from, List<String> names) {
        Table.Builder some = Table.builder(names);
        table.forEachRow((row, values) -> some.add(Arrays.copyOfRange(values, from, from + names.size())));
        return some.build();
    }

    private static int testStart(int days) {
        return days - Math.max(1, days / 5);
    }

    private void run(int days) {
        double[] state =
                IntStream.range(0, 7).mapToDouble(i -> random.nextGaussian()).toArray();
        double[] memory = {0.8, 0.6, 0.98, 0.98, 0.97, 0.98, 0.98};
        double[] before = new double[0];
        for (int day = -1; day < days; day++) { // the first one only for the day before
            for (int i = 0; i < state.length; i++) {
                state[i] = memory[i] * state[i] + Math.sqrt(1 - memory[i] * memory[i]) * random.nextGaussian();
            }
            double season = 2 * Math.PI * day / 365;
            double temperature = 12 - 9 * Math.cos(season) + 4 * state[0];
            double speed = 7.5 * Math.exp(0.45 * state[1]);
            double storage = 0.55 + 0.3 * Math.sin(season + 3.6) + 0.1 * state[2];
            boolean dayOff = Math.floorMod(day, 7) >= 5;
            double[] price = new double[PRICES.size()];
            price[COAL] = 11 * Math.exp(0.15 * state[3]);
            price[OIL] = 26 * Math.exp(0.15 * state[5]);
            price[ALLOWANCE] = 25 * Math.exp(0.25 * state[6]);
            for (int b = 0; b < HEATING.length; b++) {
                double scarcity = 0.09 * HEATING[b] * (12 - temperature)
                        - 1.2 * (windPower(speed) - 0.35)
                        + 0.55
                        - storage
                        - (dayOff ? 0.3 : 0);
                price[GAS + b] = 7 + 12 * Math.exp(0.9 * scarcity + 0.15 * state[4] + 0.05 * random.nextGaussian());
            }
            if (day >= 0) {
                double[] known = Arrays.copyOf(before, FEATURES.size());
                known[7] = temperature + random.nextGaussian();
                known[8] = windPower(speed * Math.exp(0.1 * random.nextGaussian()));
                known[9] = storage;
                known[10] = dayOff ? 1 : 0;
                known[11] = Math.cos(season);
                known[12] = Math.sin(season);
                features.add(known);
                prices.add(price);
            }
            before = price;
        }
    }

    /** Of what there is, at a wind speed in m/s. */
    private static double windPower(double speed) {
        return Math.min(1, Math.pow(Math.max(0, speed - 3) / 9, 3));
    }
}
