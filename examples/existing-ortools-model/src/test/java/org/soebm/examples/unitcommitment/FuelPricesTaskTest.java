package org.soebm.examples.unitcommitment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolvers;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.task.Tasks;
import org.soebm.examples.unitcommitment.existing.ThermalUnit;
import org.soebm.examples.unitcommitment.existing.UnitCommitment;

class FuelPricesTaskTest {
    /** At which the costs of the existing model were worked out. */
    private static final double[] OLD_PRICES = {7, 24, 10, 19, 19, 19, 19};

    private static final double[] CONTRACT = FuelPricesTaskProvider.CONTRACT;
    private static final UnitCommitment STATIONS =
            new UnitCommitment(UnitCommitment.THREE_UNITS.units(), CONTRACT.length, 20);

    private final FuelPricesTask task = new FuelPricesTask(STATIONS, CONTRACT, 20);

    private static Decision solve(FuelPricesTask task, double... prices) {
        try (ArgminSolver solver =
                ArgminSolvers.load().named("ortools").create(SolverOptions.DEFAULT.withTolerance(1e-6))) {
            Decision decision = solver.solve(new ArgminProblem(task.cost().objective(prices), task.constraints()));
            assertThat(decision.status().hasDecision()).as(decision.message()).isTrue();
            return decision;
        }
    }

    private double hoursOn(Decision decision, String station) {
        double hours = 0;
        for (int t = 0; t < CONTRACT.length; t++) {
            hours += task.decisions().value(decision, "on_" + station + "_" + t);
        }
        return hours;
    }

    @Test
    void isFoundByItsName() {
        assertThat(Tasks.load().named("fuel-prices").create()).isInstanceOf(FuelPricesTask.class);
        assertThat(Tasks.load().named("fuel-prices").description()).contains("OR-Tools");
        assertThat(task.name()).isEqualTo("fuel-prices");
    }

    @Test
    void commitmentItselfIsDecided() {
        ConstraintSet set = task.constraints();

        assertThat(task.decisions().names()).hasSize(3 * 3 * CONTRACT.length);
        assertThat(set.auxiliaryCount()).isZero();
        assertThat(task.cost().uncertainDecisions()).hasSize(set.decisionCount());
        assertThat(task.cost().isLinear()).isTrue();
        for (String name : List.of("on_base_0", "start_middle_3")) {
            int i = task.decisions().index(name);
            assertThat(set.isInteger(i)).isTrue();
            assertThat(set.upper(i)).isEqualTo(1);
        }
        assertThat(set.isInteger(task.decisions().index("power_base_0"))).isFalse();
    }

    @Test
    void atTheOldPricesItIsTheExistingModel() {
        Map<String, Double> schedule = STATIONS.schedule(CONTRACT);
        double expected = 0;
        for (ThermalUnit unit : STATIONS.units()) {
            for (int t = 0; t < CONTRACT.length; t++) {
                String which = "_" + unit.name() + "_" + t;
                expected += unit.runningCost() * schedule.get("on" + which)
                        + unit.startCost() * schedule.get("start" + which)
                        + unit.fuelCost() * schedule.get("power" + which);
            }
        }

        Decision decision = solve(task, OLD_PRICES);

        assertThat(decision.cost()).isCloseTo(expected, within(1e-3 * expected)); // the existing one's own tolerance
        assertThat(task.constraints().violation(decision.values())).isLessThan(1e-6);
    }

    @Test
    void whatIsCheapRuns() {
        double[] cheapCoal = {1, 50, 5, 40, 40, 40, 40};
        double[] cheapGas = {40, 50, 5, 1, 1, 1, 1};

        assertThat(hoursOn(solve(task, cheapCoal), "base")).isEqualTo(CONTRACT.length);
        assertThat(hoursOn(solve(task, cheapGas), "middle")).isEqualTo(CONTRACT.length);
        assertThat(hoursOn(solve(task, cheapGas), "base")).isZero();
    }

    @Test
    void dearAllowancesTurnFromCoalToGas() {
        double[] cheap = {10, 60, 5, 25, 25, 25, 25};
        double[] dear = {10, 60, 100, 25, 25, 25, 25};

        assertThat(hoursOn(solve(task, dear), "middle")).isGreaterThanOrEqualTo(hoursOn(solve(task, cheap), "middle"));
        assertThat(power(solve(task, dear), "base")).isLessThan(power(solve(task, cheap), "base") - 100);
    }

    private double power(Decision decision, String station) {
        double sum = 0;
        for (int t = 0; t < CONTRACT.length; t++) {
            sum += task.decisions().value(decision, "power_" + station + "_" + t);
        }
        return sum;
    }

    /** Where ramps do not bind, hours hang together by commitment alone, and each one's output is at an end of its range. */
    @Test
    void noScheduleIsCheaperAsEnumerationTells() {
        List<ThermalUnit> units = List.of(
                new ThermalUnit("base", 40, 100, 1000, 2, 2, 900, 200, 25),
                new ThermalUnit("middle", 20, 80, 1000, 1, 1, 300, 100, 38));
        double[] contract = {50, 130, 40, 60};
        FuelPricesTask tiny = new FuelPricesTask(new UnitCommitment(units, 4, 10), contract, 20);
        for (double[] prices : new double[][] {
            OLD_PRICES, {14, 20, 30, 15, 18, 30, 12}, {3, 20, 5, 60, 40, 2, 30}, {30, 1, 5, 8, 8, 50, 8}
        }) {
            assertThat(solve(tiny, prices).cost())
                    .as(Arrays.toString(prices))
                    .isCloseTo(cheapest(units, contract, 10, prices), within(1e-4));
        }
    }

    private static double cheapest(List<ThermalUnit> units, double[] contract, double reserve, double[] prices) {
        int hours = contract.length;
        double best = Double.POSITIVE_INFINITY;
        for (int pattern = 0; pattern < 1 << (2 * hours); pattern++) {
            boolean[][] on = new boolean[2][hours];
            for (int bit = 0; bit < 2 * hours; bit++) {
                on[bit / hours][bit % hours] = (pattern >> bit & 1) == 1;
            }
            if (keepsMinimumTimes(units.get(0), on[0]) && keepsMinimumTimes(units.get(1), on[1])) {
                double cost = 0;
                for (int t = 0; t < hours; t++) {
                    cost += commitment(units.get(0), on[0], t, prices)
                            + commitment(units.get(1), on[1], t, prices)
                            + output(units, on, t, contract[t], reserve, prices);
                }
                best = Math.min(best, cost);
            }
        }
        return best;
    }

    private static boolean keepsMinimumTimes(ThermalUnit unit, boolean[] on) {
        for (int t = 0; t < on.length; t++) {
            boolean starts = on[t] && (t == 0 || !on[t - 1]);
            boolean stops = t > 0 && !on[t] && on[t - 1];
            for (int later = t; later < on.length; later++) {
                if (starts && later < t + unit.minimumUp() && !on[later]
                        || stops && later < t + unit.minimumDown() && on[later]) {
                    return false;
                }
            }
        }
        return true;
    }

    private static double commitment(ThermalUnit unit, boolean[] on, int t, double[] prices) {
        double cost = on[t] ? unit.runningCost() : 0;
        if (on[t] && (t == 0 || !on[t - 1])) {
            cost += unit.startCost();
        }
        return cost * level(unit, t, prices);
    }

    /** By how much a station's costs are those of the existing model: 4 hours, one in each quarter. */
    private static double level(ThermalUnit unit, int t, double[] prices) {
        return unit.name().equals("base")
                ? (prices[0] + 0.34 * prices[2]) / (7 + 0.34 * 10)
                : (prices[3 + t] + 0.2 * prices[2]) / (19 + 0.2 * 10);
    }

    private static double output(
            List<ThermalUnit> units, boolean[][] on, int t, double demand, double reserve, double[] prices) {
        ThermalUnit first = units.get(0);
        ThermalUnit second = units.get(1);
        double capacity = (on[0][t] ? first.maximum() : 0) + (on[1][t] ? second.maximum() : 0);
        double least = Math.max(on[0][t] ? first.minimum() : 0, demand - (on[1][t] ? second.maximum() : 0));
        double most = Math.min(on[0][t] ? first.maximum() : 0, demand - (on[1][t] ? second.minimum() : 0));
        if (capacity - demand < reserve || least > most) {
            return Double.POSITIVE_INFINITY;
        }
        double one = first.fuelCost() * level(first, t, prices);
        double other = second.fuelCost() * level(second, t, prices);
        return Math.min(one * least + other * (demand - least), one * most + other * (demand - most));
    }

    @Test
    void stationOfAnUnknownFuelIsNamed() {
        FuelPricesTask unknown = new FuelPricesTask(
                new UnitCommitment(List.of(new ThermalUnit("sun", 0, 50, 50, 1, 1, 0, 0, 1)), 2, 0),
                new double[] {10, 10},
                20);
        assertThatThrownBy(unknown::cost)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sun");
    }
}
