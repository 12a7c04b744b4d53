package org.soebm.examples.unitcommitment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soebm.api.task.DataException;
import org.soebm.api.task.TaskData;

class FuelPriceDaysTest {
    private static final int GAS = 3;

    private final TaskData data = FuelPriceDays.generate(400, 7);

    @Test
    void sameSeedGivesTheSameDaysAndAnotherSeedOthers() {
        TaskData again = FuelPriceDays.generate(400, 7);
        for (int day = 0; day < 400; day++) {
            assertThat(again.features().row(day)).isEqualTo(data.features().row(day));
            assertThat(again.parameters().row(day)).isEqualTo(data.parameters().row(day));
        }
        assertThat(FuelPriceDays.generate(400, 8).parameters().row(50))
                .isNotEqualTo(data.parameters().row(50));
        assertThat(data.testStart()).isEqualTo(320);
    }

    @Test
    void pricesOfTheDayBeforeAreKnown() {
        for (int day = 1; day < data.rows(); day++) {
            assertThat(Arrays.copyOf(data.features().row(day), 7))
                    .isEqualTo(data.parameters().row(day - 1));
            assertThat(Arrays.stream(data.parameters().row(day))).allMatch(price -> price > 1 && price < 200);
        }
    }

    @Test
    void coldAndCalmDaysAreDearAndMoreThanALineTells() {
        double[] temperature = column(true, 7);
        double[] wind = column(true, 8);
        double[] gas = column(false, GAS);
        PearsonsCorrelation correlation = new PearsonsCorrelation();
        assertThat(correlation.correlation(temperature, gas)).isLessThan(-0.4);
        assertThat(correlation.correlation(wind, gas)).isLessThan(-0.2);
        // what a degree is worth where it is cold, and where it is mild
        assertThat(mean(gas, temperature, -100, 2) - mean(gas, temperature, 2, 8))
                .isGreaterThan(mean(gas, temperature, 8, 14) - mean(gas, temperature, 14, 100) + 2);
    }

    private double[] column(boolean feature, int column) {
        return IntStream.range(0, data.rows())
                .mapToDouble(day -> (feature ? data.features() : data.parameters()).get(day, column))
                .toArray();
    }

    private static double mean(double[] values, double[] by, double from, double to) {
        return IntStream.range(0, values.length)
                .filter(i -> by[i] >= from && by[i] < to)
                .mapToDouble(i -> values[i])
                .average()
                .orElseThrow();
    }

    @Test
    void hoursOfAQuarterHaveOneGasPriceAndOtherFuelsOneADay() {
        assertThat(IntStream.range(0, 12).map(t -> FuelPriceDays.price(Fuel.GAS, t, 12)))
                .containsExactly(3, 3, 3, 4, 4, 4, 5, 5, 5, 6, 6, 6);
        assertThat(IntStream.range(0, 12).map(t -> FuelPriceDays.price(Fuel.COAL, t, 12)))
                .containsOnly(0);
        assertThat(IntStream.range(0, 12).map(t -> FuelPriceDays.price(Fuel.OIL, t, 12)))
                .containsOnly(1);
    }

    @Test
    void daysOfAFileAreRead(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("days.csv");
        Files.writeString(file, csv(10));

        TaskData read = FuelPriceDays.read(file);

        assertThat(read.rows()).isEqualTo(10);
        assertThat(read.testStart()).isEqualTo(8);
        assertThat(read.features().columns()).isEqualTo(FuelPriceDays.FEATURES);
        for (int day = 0; day < 10; day++) {
            assertThat(read.features().row(day)).isEqualTo(data.features().row(day));
            assertThat(read.parameters().row(day)).isEqualTo(data.parameters().row(day));
        }
    }

    @Test
    void otherFilesAreRefusedWithWhatIsWrong(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("days.csv");
        Files.writeString(file, csv(10).replaceFirst("windPower", "wind"));
        assertRefused(file, "line 1: column 9 is 'wind', but must be 'windPower'");
        Files.writeString(file, csv(4));
        assertRefused(file, "4 days");
        Files.writeString(file, "coal,gas\n1,2\n");
        assertRefused(file, "13 features and 7 prices");
        assertRefused(folder.resolve("none.csv"), "none.csv");
    }

    private static void assertRefused(Path file, String why) {
        assertThatThrownBy(() -> FuelPriceDays.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(why);
    }

    private String csv(int days) {
        StringBuilder csv = new StringBuilder(
                String.join(",", FuelPriceDays.FEATURES) + "," + String.join(",", FuelPriceDays.PRICES) + "\n");
        for (int day = 0; day < days; day++) {
            double[] known = data.features().row(day);
            double[] prices = data.parameters().row(day);
            csv.append(IntStream.range(0, 20)
                            .mapToObj(i -> Double.toString(i < 13 ? known[i] : prices[i - 13]))
                            .reduce((a, b) -> a + "," + b)
                            .orElseThrow())
                    .append('\n');
        }
        return csv.toString();
    }
}
