package org.soebm.examples.covidbeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.cost.Scenarios;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolvers;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.task.GruSpec;
import org.soebm.api.task.Simulator;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;
import org.soebm.api.task.Tasks;

class CovidBedsTaskTest {
    private static final int DAYS = 7;
    private static final double[] BEDS = {12, 14, 17, 20, 24, 27, 31}; // 145 together

    private final CovidBedsTask task = CovidBedsTask.unlimited();
    private final PenaltyCost cost = task.cost();

    @AfterEach
    void clearProperty() {
        System.clearProperty(CovidBedsTaskProvider.BED_DAYS_PROPERTY);
    }

    /** f of one day, written down once more. */
    private static double costOfDay(double y, double a) {
        double shortage = Math.max(0, y - a);
        double surplus = Math.max(0, a - y);
        return 10 * shortage + surplus + 2 * shortage * shortage + 0.5 * surplus * surplus;
    }

    private static double[] solve(PenaltyObjective objective, ConstraintSet constraints) {
        ArgminProblem problem = new ArgminProblem(objective, constraints);
        try (ArgminSolver solver = ArgminSolvers.load().select(null, problem).create(SolverOptions.DEFAULT)) {
            Decision decision = solver.solve(problem);
            assertThat(decision.status()).as(decision.message()).isEqualTo(SolveStatus.OPTIMAL);
            assertThat(constraints.violation(decision.values())).isLessThan(1e-6);
            return decision.values();
        }
    }

    @Test
    void isFoundByItsName() {
        assertThat(Tasks.load().named("covid-beds").create()).isInstanceOf(CovidBedsTask.class);
        assertThat(Tasks.load().named("covid-beds").description()).isNotBlank();
        assertThat(task.name()).isEqualTo("covid-beds");
    }

    @Test
    void shortageCostsTenTimesASurplusAndMoreTheMoreThereIs() {
        double[] fewer = BEDS.clone();
        fewer[2] -= 3;
        double[] more = BEDS.clone();
        more[4] += 3;

        assertThat(cost.cost(BEDS, BEDS)).isZero();
        assertThat(cost.cost(BEDS, fewer)).isCloseTo(10 * 3 + 2 * 9, within(1e-12));
        assertThat(cost.cost(BEDS, more)).isCloseTo(3 + 0.5 * 9, within(1e-12));
        assertThat(cost.isSeparable()).isTrue();
    }

    @Test
    void inHindsightThereAreAsManyBedsAsPatients() {
        assertThat(solve(cost.objective(BEDS), task.constraints())).containsExactly(BEDS, within(1e-4));
    }

    /** Where the budget binds, all days lack the same number of beds, except those that would fall below 0. */
    @ParameterizedTest
    @ValueSource(doubles = {200, 145, 140, 100, 50, 10})
    void budgetIsSharedSoThatEachBedIsWorthTheSame(double bedDays) {
        double[] decision =
                solve(cost.objective(BEDS), CovidBedsTask.withBedDays(bedDays).constraints());

        double low = 0;
        double high = 31;
        for (int i = 0; i < 100; i++) {
            double missing = (low + high) / 2;
            double total =
                    Arrays.stream(BEDS).map(y -> Math.max(0, y - missing)).sum();
            if (total > bedDays) {
                low = missing;
            } else {
                high = missing;
            }
        }
        double missing = high;
        double[] expected =
                Arrays.stream(BEDS).map(y -> Math.max(0, y - missing)).toArray();
        assertThat(decision).containsExactly(expected, within(1e-3));
    }

    @Test
    void decisionOnScenariosMinimisesTheAverageOfEachDay() {
        Random random = new Random(8);
        double[][] scenarios = new double[100][DAYS];
        for (double[] scenario : scenarios) {
            double growth = 0.1 * random.nextGaussian();
            Arrays.setAll(scenario, t -> BEDS[t] * Math.exp(growth * t + 0.05 * random.nextGaussian()));
        }

        double[] decision = solve(cost.sampleAverage(Scenarios.equallyLikely(scenarios)), task.constraints());

        for (int t = 0; t < DAYS; t++) {
            int day = t;
            double expected = goldenSection(
                    a -> Arrays.stream(scenarios)
                            .mapToDouble(scenario -> costOfDay(scenario[day], a))
                            .average()
                            .orElseThrow(),
                    0,
                    100);
            assertThat(decision[t]).as("day %d", t).isCloseTo(expected, within(2e-3));
        }
    }

    private static double goldenSection(DoubleUnaryOperator convex, double low, double high) {
        double ratio = (Math.sqrt(5) - 1) / 2;
        while (high - low > 1e-9) {
            double left = high - ratio * (high - low);
            double right = low + ratio * (high - low);
            if (convex.applyAsDouble(left) < convex.applyAsDouble(right)) {
                high = right;
            } else {
                low = left;
            }
        }
        return (low + high) / 2;
    }

    @Test
    void thereAreNoNegativeBeds() {
        double[] decision = solve(cost.objective(new double[] {-1, 0, 1, 2, 3, 4, 5}), task.constraints());

        assertThat(decision).containsExactly(new double[] {0, 0, 1, 2, 3, 4, 5}, within(1e-4));
    }

    @Test
    void providerReadsTheBudget() {
        double[] hundred = new double[DAYS];
        hundred[3] = 100;
        assertThat(new CovidBedsTaskProvider().create().constraints().violation(hundred))
                .isZero();

        System.setProperty(CovidBedsTaskProvider.BED_DAYS_PROPERTY, "98.5");

        assertThat(new CovidBedsTaskProvider().create().constraints().violation(hundred))
                .isCloseTo(1.5, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-3", "NaN", "Infinity", "many", ""})
    void providerRefusesABudgetThatIsNone(String bedDays) {
        System.setProperty(CovidBedsTaskProvider.BED_DAYS_PROPERTY, bedDays);

        assertThatThrownBy(() -> new CovidBedsTaskProvider().create())
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("The system property soebm.covid-beds.bed-days is '" + bedDays
                        + "', but must be a positive, finite number of bed days per 100,000 inhabitants. Maybe leave it"
                        + " out?");
    }

    @Test
    void providerTakesWhatTheNetworkPredicts() {
        try {
            System.setProperty(CovidBedsTaskProvider.PREDICT_PROPERTY, "beds");
            Task beds = new CovidBedsTaskProvider().create();
            assertThat(beds.simulator()).isNull();
            assertThat(beds.data(null, 1).observed().columns())
                    .isEqualTo(beds.data(null, 1).parameters().columns());

            System.setProperty(CovidBedsTaskProvider.PREDICT_PROPERTY, "crystal ball");
            assertThatThrownBy(() -> new CovidBedsTaskProvider().create())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("crystal ball", "rates or beds");
        } finally {
            System.clearProperty(CovidBedsTaskProvider.PREDICT_PROPERTY);
        }
    }

    @Test
    void budgetInJavaMustBePositiveToo() {
        assertThatThrownBy(() -> CovidBedsTask.withBedDays(0))
                .hasMessage(
                        "The budget of 0.0 bed days per 100,000 inhabitants must be a positive, finite number. Maybe leave"
                                + " it out?");
    }

    @Test
    void dataNetworkAndSimulatorFitOneAnother() {
        TaskData data = task.data(null, 11);

        assertThat(data.description()).isEqualTo("250 simulated regional epidemics, seed 11");
        assertThat(data.rows()).isEqualTo(3250);
        assertThat(data.testStart()).isEqualTo(2600);
        assertThat(task.network()).isEqualTo(new GruSpec(21, 2, 64, 0));
        assertThat(task.network().misfit(data.features().width(), 7)).isEmpty();
        Simulator simulator = Objects.requireNonNull(task.simulator());
        assertThat(simulator.latentCount()).isEqualTo(data.observed().width());
        assertThat(simulator.parameterCount())
                .isEqualTo(data.parameters().width())
                .isEqualTo(cost.parameterCount());
        for (int row = 0; row < data.rows(); row++) {
            for (int day = 0; day < DAYS; day++) {
                assertThat(data.observed().get(row, day)).isBetween(0.0, 3.0);
                assertThat(data.parameters().get(row, day)).isGreaterThanOrEqualTo(0);
            }
        }
    }

    @Test
    void hyperParametersAreValid() {
        assertThat(task.hyperParameters().scenarios()).isEqualTo(100);
        assertThat(task.hyperParameters().likelihood().epochs()).isPositive();
        assertThat(task.hyperParameters().energy().epochs()).isPositive();
    }
}
