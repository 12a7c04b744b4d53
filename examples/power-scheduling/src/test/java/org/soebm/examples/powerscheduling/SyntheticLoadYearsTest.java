package org.soebm.examples.powerscheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.soebm.api.task.Table;
import org.soebm.api.task.TaskData;

class SyntheticLoadYearsTest {

    private static final TaskData DATA = new PowerSchedulingTask().data(null, 1);

    @Test
    void haveTheShapeOfThePublishedData() {
        assertThat(DATA.rows()).isEqualTo(1459 + 1733);
        assertThat(DATA.testStart()).isEqualTo(2553);
        assertThat(DATA.features().width()).isEqualTo(149);
        assertThat(DATA.parameters().width()).isEqualTo(24);
    }

    @Test
    void sameSeedGivesTheSameRecords() {
        assertThat(SyntheticLoadYears.generate(3)).isEqualTo(SyntheticLoadYears.generate(3));
    }

    @Test
    void otherSeedGivesOtherWeatherAndOtherDemand() {
        LoadRecord one = SyntheticLoadYears.generate(3).get(0).records().get(0);
        LoadRecord other = SyntheticLoadYears.generate(4).get(0).records().get(0);

        assertThat(one.temperature()).isNotEqualTo(other.temperature());
        assertThat(one.load()).isNotEqualTo(other.load());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, -1, Long.MAX_VALUE, Long.MIN_VALUE})
    void loadsAndTemperaturesAreThoseOfAColdAndHotRegion(long seed) {
        TaskData data = new PowerSchedulingTask().data(null, seed);

        assertThat(values(data.parameters()))
                .allSatisfy(load -> assertThat(load).isBetween(0.8, 4.0));
        assertThat(mean(column(data, "load12"))).isBetween(1.5, 2.0);
        assertThat(mean(column(data, "temp12"))).isBetween(50.0, 65.0);
        assertThat(DoubleStream.of(column(data, "temp12")).boxed()).allMatch(t -> t > -50 && t < 150);
    }

    @Test
    void loadIsHighOnHotAndOnColdDays() {
        assertThat(meanLoadAtNoon(90, 110)).isGreaterThan(1.2 * meanLoadAtNoon(58, 66));
        assertThat(meanLoadAtNoon(0, 25)).isGreaterThan(1.1 * meanLoadAtNoon(58, 66));
    }

    @Test
    void loadIsLowerOnDaysOff() {
        double[] load = column(DATA, "load12");
        double[] weekend = column(DATA, "weekend");
        // The row's weekend flag is that of the day after its past load: the next row's past day.
        double off = mean(IntStream.range(0, load.length - 1)
                .filter(row -> weekend[row] == 1)
                .mapToDouble(row -> load[row + 1])
                .toArray());
        double working = mean(IntStream.range(0, load.length - 1)
                .filter(row -> weekend[row] == 0)
                .mapToDouble(row -> load[row + 1])
                .toArray());

        assertThat(off).isLessThan(0.96 * working);
    }

    @Test
    void loadIsLessCertainOnHotDays() {
        assertThat(spreadAroundNeighbours(85, 90)).isGreaterThan(1.4 * spreadAroundNeighbours(58, 66));
    }

    private static double meanLoadAtNoon(double low, double high) {
        return mean(loadsAtNoon(low, high));
    }

    /** Standard deviation of the load at noon relative to its mean, at nearly equal temperatures. */
    private static double spreadAroundNeighbours(double low, double high) {
        double[] loads = loadsAtNoon(low, high);
        double mean = mean(loads);
        return Math.sqrt(mean(
                Arrays.stream(loads).map(load -> Math.pow(load / mean - 1, 2)).toArray()));
    }

    private static double[] loadsAtNoon(double low, double high) {
        double[] load = column(DATA, "load12");
        double[] temperature = column(DATA, "temp12");
        double[] found = IntStream.range(0, load.length)
                .filter(row -> temperature[row] >= low && temperature[row] < high)
                .mapToDouble(row -> load[row])
                .toArray();
        assertThat(found).hasSizeGreaterThan(20);
        return found;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double[] column(TaskData data, String name) {
        int column = data.features().columns().indexOf(name);
        return IntStream.range(0, data.rows())
                .mapToDouble(row -> data.features().get(row, column))
                .toArray();
    }

    private static List<Double> values(Table table) {
        return IntStream.range(0, table.rows())
                .mapToObj(table::row)
                .flatMapToDouble(DoubleStream::of)
                .boxed()
                .collect(Collectors.toList());
    }
}
