package org.soebm.api.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Schedules, settings, networks, tables and data as values. */
class TaskValuesTest {
    private static final TrainingSchedule SCHEDULE = new TrainingSchedule(10, 32, 1e-3, 1e-2, 0.9, 2, 5);
    private static final EnergySettings SETTINGS = new EnergySettings(64, 1, 0.5, List.of(0.1, 1.0));

    private static void assertRefused(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(parts);
    }

    @Test
    void schedulesNameTheValueThatIsOutOfRange() {
        assertRefused(() -> SCHEDULE.withEpochs(-1), "number of epochs is -1", "at least 0");
        assertRefused(() -> SCHEDULE.withBatchSize(1), "batch size is 1", "at least 2");
        for (double rate : new double[] {0, 1, -1, Double.NaN}) {
            assertRefused(() -> new TrainingSchedule(1, 2, rate, 0, 0, 1, 1), "learning rate is " + rate, "0 and 1");
        }
        for (double decay : new double[] {-1, 2000, Double.NaN}) {
            assertRefused(
                    () -> new TrainingSchedule(1, 2, 0.1, decay, 0, 1, 1),
                    "weight decay is " + decay,
                    "at least 0, below 1000");
        }
        for (double decay : new double[] {-0.1, 1, Double.NaN}) {
            assertRefused(() -> new TrainingSchedule(1, 2, 0.1, 0, decay, 1, 1), "averaging decay is " + decay);
        }
        assertRefused(() -> new TrainingSchedule(1, 2, 0.1, 0, 0, 0, 1), "between validations is 0");
        assertRefused(() -> new TrainingSchedule(1, 2, 0.1, 0, 0, 1, 0), "patience is 0");
    }

    @Test
    void eachPartOfAScheduleAndOfSettingsChangesAlone() {
        assertThat(SCHEDULE.withEpochs(0).withBatchSize(7))
                .isEqualTo(new TrainingSchedule(0, 7, 1e-3, 1e-2, 0.9, 2, 5));
        assertThat(SETTINGS.withSamples(8).withTemperature(3).withLambda(0))
                .isEqualTo(new EnergySettings(8, 3, 0, List.of(0.1, 1.0)));
    }

    @Test
    void thePolicyScheduleIsLongerAndGentlerThanTheLikelihoodsUnlessGiven() {
        TrainingSchedule energy = new TrainingSchedule(3, 16, 1e-5, 0, 0.5, 1, 2);
        HyperParameters derived = new HyperParameters(SCHEDULE, energy, SETTINGS, 7);
        assertThat(derived.policy()).isEqualTo(new TrainingSchedule(30, 32, 1e-3 / 3, 1e-2 / 10, 0.9, 2, 15));
        assertThat(new HyperParameters(SCHEDULE, energy, SETTINGS).policy()).isEqualTo(derived.policy());
        assertThat(new HyperParameters(SCHEDULE, energy, energy, SETTINGS, 7).policy())
                .isEqualTo(energy);

        TrainingSchedule endless = new TrainingSchedule(1_500_000_000, 2, 0.1, 0, 0, 1, Integer.MAX_VALUE);
        TrainingSchedule policy = new HyperParameters(endless, energy, SETTINGS).policy();
        assertThat(policy.epochs()).isEqualTo(Integer.MAX_VALUE);
        assertThat(policy.patience()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void theScheduleOfEachPhaseChangesAlone() {
        TrainingSchedule energy = SCHEDULE.withEpochs(3);
        TrainingSchedule policy = SCHEDULE.withEpochs(5);
        TrainingSchedule other = SCHEDULE.withEpochs(7);
        HyperParameters all = new HyperParameters(SCHEDULE, energy, policy, SETTINGS, 9);
        assertThat(all.schedule(HyperParameters.Phase.LIKELIHOOD)).isEqualTo(SCHEDULE);
        assertThat(all.schedule(HyperParameters.Phase.ENERGY)).isEqualTo(energy);
        assertThat(all.schedule(HyperParameters.Phase.POLICY)).isEqualTo(policy);
        assertThat(all.with(HyperParameters.Phase.LIKELIHOOD, other))
                .isEqualTo(new HyperParameters(other, energy, policy, SETTINGS, 9));
        assertThat(all.with(HyperParameters.Phase.ENERGY, other))
                .isEqualTo(new HyperParameters(SCHEDULE, other, policy, SETTINGS, 9));
        assertThat(all.with(HyperParameters.Phase.POLICY, other))
                .isEqualTo(new HyperParameters(SCHEDULE, energy, other, SETTINGS, 9));
        assertThat(all.withSettings(SETTINGS.withLambda(0)))
                .isEqualTo(new HyperParameters(SCHEDULE, energy, policy, SETTINGS.withLambda(0), 9));
    }

    @Test
    void settingsNameTheValueThatIsOutOfRange() {
        assertRefused(() -> SETTINGS.withSamples(1), "number of samples is 1", "at least 2");
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertRefused(() -> SETTINGS.withTemperature(bad), "temperature is " + bad, "positive");
            assertRefused(
                    () -> new EnergySettings(2, 1, 1, List.of(1.0, bad)), "proposal standard deviation is " + bad);
        }
        for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertRefused(() -> SETTINGS.withLambda(bad), "lambda is " + bad);
        }
        assertRefused(() -> new EnergySettings(2, 1, 1, List.of()), "number of proposal standard deviations is 0");
    }

    @Test
    void networksNameTheValueThatIsOutOfRange() {
        assertRefused(() -> new MultilayerPerceptronSpec(List.of(10, 0), true, 0), "width 0");
        for (double bad : new double[] {-0.1, 1, Double.NaN}) {
            assertRefused(() -> new MultilayerPerceptronSpec(List.of(10), true, bad), "dropout is " + bad);
        }
        assertThat(new MultilayerPerceptronSpec(List.of(), false, 0).hiddenSizes())
                .isEmpty();
    }

    @Test
    void listsAreCopied() {
        List<Integer> sizes = new ArrayList<>(List.of(5));
        List<Double> stds = new ArrayList<>(List.of(0.5));
        MultilayerPerceptronSpec network = new MultilayerPerceptronSpec(sizes, true, 0);
        EnergySettings settings = new EnergySettings(2, 1, 1, stds);
        sizes.add(-1);
        stds.add(-1.0);
        assertThat(network.hiddenSizes()).containsExactly(5);
        assertThat(settings.proposalStds()).containsExactly(0.5);
    }

    @Test
    void tablesAnswerByRowAndColumn() {
        double[][] rows = {{1, 2, 3}, {4, 5, 6}};
        Table table = Table.of(List.of("a", "b", "c"), rows);
        rows[0][0] = 99;
        assertThat(table.get(0, 0)).isEqualTo(1);
        assertThat(table.get(1, 2)).isEqualTo(6);
        assertThat(table.row(1)).containsExactly(4, 5, 6);
        table.row(1)[0] = 99;
        assertThat(table.get(1, 0)).isEqualTo(4);
        assertThat(table.width()).isEqualTo(3);
        assertThat(table.rows()).isEqualTo(2);
        Table selected = table.select(new int[] {1, 0, 1});
        assertThat(selected.rows()).isEqualTo(3);
        assertThat(selected.columns()).containsExactly("a", "b", "c");
        assertThat(selected.row(0)).containsExactly(4, 5, 6);
        assertThat(selected.row(1)).containsExactly(1, 2, 3);
    }

    @Test
    void cellsOutsideATableAreNeverAnswered() {
        Table table = Table.of(List.of("a", "b"), new double[][] {{1, 2}, {3, 4}});
        List<ThrowingCallable> outside = List.of(
                () -> table.get(0, 2),
                () -> table.get(1, -1),
                () -> table.get(2, 0),
                () -> table.get(-1, 0),
                () -> table.row(2),
                () -> table.row(-1),
                () -> table.select(new int[] {0, 2}));
        for (ThrowingCallable call : outside) {
            assertThatThrownBy(call).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void tablesNameTheCellThatIsWrong() {
        assertThatThrownBy(() -> Table.of(List.of("a", "b"), new double[][] {{1, 2}, {3}}))
                .isInstanceOf(DataException.class)
                .hasMessage("Row 1 has 1 values, but the table has 2 columns.");
        assertThatThrownBy(() -> Table.of(List.of("a", "b"), new double[][] {{1, Double.NaN}}))
                .isInstanceOf(DataException.class)
                .hasMessage("Row 0, column b is NaN, but must be a finite number.");
    }

    @Test
    void dataNeedAsManyFeaturesAsParametersAndRowsOnBothSidesOfTheSplit() {
        Table three = Table.of(List.of("a"), new double[3][1]);
        Table four = Table.of(List.of("y"), new double[4][1]);
        assertThatThrownBy(() -> new TaskData(three, four, 2, ""))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("3 rows of features, but 4 rows of parameters");
        for (int testStart : new int[] {-1, 0, 1, 4, 5}) {
            assertThatThrownBy(() -> new TaskData(four, four, testStart, ""))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("Of 4 rows the test rows start at " + testStart);
        }
        assertThat(new TaskData(four, four, 3, "").rows()).isEqualTo(4);
    }
}
