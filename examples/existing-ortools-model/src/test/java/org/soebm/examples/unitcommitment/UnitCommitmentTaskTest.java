package org.soebm.examples.unitcommitment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolvers;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.task.DataException;
import org.soebm.api.task.Task;
import org.soebm.api.task.Tasks;
import org.soebm.examples.unitcommitment.existing.ThermalUnit;
import org.soebm.examples.unitcommitment.existing.UnitCommitment;
import org.soebm.runtime.experiment.ExperimentListener;
import org.soebm.runtime.experiment.SeedRuns;
import org.soebm.runtime.learning.SoEbm;
import org.soebm.runtime.report.Metrics;

class UnitCommitmentTaskTest {
    private static final double[][] NET_DEMANDS = {
        {
            150, 140, 130, 120, 120, 130, 150, 180, 200, 205, 205, 210, 210, 205, 200, 200, 205, 220, 230, 230, 220,
            200, 180, 160
        },
        {70, 65, 62, 60, 60, 62, 75, 95, 110, 120, 140, 150, 160, 150, 130, 110, 90, 95, 120, 130, 120, 100, 85, 75}
    };

    private final UnitCommitmentTask task = new UnitCommitmentTask(UnitCommitment.THREE_UNITS, 20);

    private Decision solve(double[] y, double[] std) {
        try (ArgminSolver solver =
                ArgminSolvers.load().named("ortools").create(SolverOptions.DEFAULT.withTolerance(1e-5))) {
            Decision decision =
                    solver.solve(new ArgminProblem(task.cost().expectedObjective(y, std), task.constraints()));
            assertThat(decision.status().hasDecision()).as(decision.message()).isTrue();
            return decision;
        }
    }

    private double[] generation(Decision decision) {
        double[] generation = new double[24];
        Arrays.setAll(generation, t -> task.decisions().value(decision, "generation" + t));
        return generation;
    }

    private static double scheduleCost(Map<String, Double> schedule) {
        double cost = 0;
        for (ThermalUnit unit : UnitCommitment.THREE_UNITS.units()) {
            for (int t = 0; t < 24; t++) {
                String which = "_" + unit.name() + "_" + t;
                cost += unit.runningCost() * schedule.get("on" + which)
                        + unit.startCost() * schedule.get("start" + which)
                        + unit.fuelCost() * schedule.get("power" + which);
            }
        }
        return cost;
    }

    @Test
    void decisionsAreGenerationByHourAndTheCostOfTheSchedule() {
        assertThat(task.decisions().names())
                .hasSize(25)
                .startsWith("generation0", "generation1")
                .endsWith("scheduleCost");
        assertThat(task.cost().uncertainDecisions()).hasSize(24);
    }

    @Test
    void costOfTheScheduleIsWhatTheExistingModelPaysForTheSameGeneration() {
        for (double[] y : NET_DEMANDS) {
            Decision decision = solve(y, new double[24]);
            double expected = scheduleCost(UnitCommitment.THREE_UNITS.schedule(generation(decision)));
            assertThat(task.decisions().value(decision, "scheduleCost")).isCloseTo(expected, within(2e-4 * expected));
        }
    }

    @Test
    void perfectForesightIsNeverDearerThanTheExistingScheduleOfTheSameDemand() {
        for (double[] y : NET_DEMANDS) {
            double existing = scheduleCost(UnitCommitment.THREE_UNITS.schedule(y));
            assertThat(solve(y, new double[24]).cost()).isLessThanOrEqualTo(existing * (1 + 1e-5));
        }
    }

    @Test
    void uncertaintyRaisesGenerationAboveTheForecast() {
        double[] std = new double[24];
        Arrays.fill(std, 10);
        double[] sure = generation(solve(NET_DEMANDS[0], new double[24]));
        double[] unsure = generation(solve(NET_DEMANDS[0], std));
        assertThat(Arrays.stream(unsure).sum())
                .isGreaterThan(Arrays.stream(sure).sum() + 24 * 5);
    }

    @Test
    void existingModelKeepsItsMinimumTimesAndReserve() {
        double[] forecast = NET_DEMANDS[1];
        Map<String, Double> schedule = UnitCommitment.THREE_UNITS.schedule(forecast);
        for (ThermalUnit unit : UnitCommitment.THREE_UNITS.units()) {
            int upSince = -1;
            for (int t = 0; t < 24; t++) {
                boolean on = schedule.get("on_" + unit.name() + "_" + t) > 0.5;
                if (on && upSince < 0) {
                    upSince = t;
                } else if (!on && upSince >= 0) {
                    assertThat(t - upSince).isGreaterThanOrEqualTo(unit.minimumUp());
                    upSince = -1;
                }
            }
        }
        for (int t = 0; t < 24; t++) {
            double headroom = 0;
            double output = 0;
            for (ThermalUnit unit : UnitCommitment.THREE_UNITS.units()) {
                double power = schedule.get("power_" + unit.name() + "_" + t);
                headroom += schedule.get("on_" + unit.name() + "_" + t) * unit.maximum() - power;
                output += power;
            }
            assertThat(output).isCloseTo(NET_DEMANDS[1][t], within(1e-5));
            assertThat(headroom).isGreaterThanOrEqualTo(20 - 1e-5);
        }
    }

    @Test
    void existingModelSaysWhenNoScheduleMeetsTheDemand() {
        double[] demand = new double[24];
        Arrays.fill(demand, 400);
        assertThatThrownBy(() -> UnitCommitment.THREE_UNITS.schedule(demand))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("INFEASIBLE");
    }

    @Test
    void taskIsFoundByItsName() {
        Task found = Tasks.load().named("unit-commitment").create();
        assertThat(found.name()).isEqualTo("unit-commitment");
        assertThatThrownBy(() -> found.data(Path.of("days.csv"), 0))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("days.csv");
    }

    @Test
    void learningRunsFromDaysToFigures() {
        UnitCommitment twoUnits =
                new UnitCommitment(UnitCommitment.THREE_UNITS.units().subList(0, 2), 6, 10);
        Task small = new UnitCommitmentTask(twoUnits, 40);
        List<Metrics> runs = SeedRuns.run(small, new SoEbm(), "ortools", new long[] {0, 1}, ExperimentListener.NONE);
        assertThat(runs).hasSize(2).allSatisfy(run -> {
            assertThat(run.perfectForesight().mean())
                    .isPositive()
                    .isLessThan(run.test().taskLoss().mean());
            assertThat(run.twoStage().taskLoss().mean())
                    .isLessThan(run.pointForecast().taskLoss().mean());
        });
    }
}
