package org.soebm.examples.powerscheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.solver.ReferenceValues;
import org.soebm.api.task.MultilayerPerceptronSpec;
import org.soebm.api.task.Tasks;

class PowerSchedulingTaskTest {

    private final PowerSchedulingTask task = new PowerSchedulingTask();
    private final PenaltyCost cost = task.cost();
    private final ConstraintSet constraints = task.constraints();

    @Test
    void isFoundByItsName() {
        assertThat(Tasks.load().named("power-scheduling").create()).isInstanceOf(PowerSchedulingTask.class);
        assertThat(Tasks.load().named("power-scheduling").description()).isNotBlank();
        assertThat(task.name()).isEqualTo("power-scheduling");
    }

    @Test
    void shortageCostsAHundredTimesASurplus() {
        double[] load = new double[24];
        load[3] = 2;

        assertThat(cost.cost(load, load)).isZero();
        assertThat(cost.cost(load, schedule(3, 1.5))).isCloseTo(50 * 0.5 + 0.5 * 0.25, within(1e-12));
        assertThat(cost.cost(load, schedule(3, 2.5))).isCloseTo(0.5 * 0.5 + 0.5 * 0.25, within(1e-12));
    }

    @Test
    void scheduleChangesByAtMostTwoFifthsAnHour() {
        assertThat(constraints.isFeasible(schedule(5, 0.4), 1e-12)).isTrue();
        assertThat(constraints.isFeasible(schedule(5, -0.4), 1e-12)).isTrue();
        assertThat(constraints.violation(schedule(5, 0.5))).isCloseTo(0.1, within(1e-12));
        assertThat(constraints.violation(schedule(0, -0.5))).isCloseTo(0.1, within(1e-12));
        assertThat(constraints.violation(schedule(23, 0.5))).isCloseTo(0.1, within(1e-12));
    }

    @Test
    void costsOfReferenceDecisionsMatchTheReference() {
        double[][] parameters = ReferenceValues.table("power-scheduling/parameters.csv");
        double[][] decisions = ReferenceValues.table("power-scheduling/optimal_decisions.csv");
        double[][] costs = ReferenceValues.table("power-scheduling/optimal_cost.csv");

        for (int row = 0; row < costs.length; row++) {
            assertThat(cost.cost(parameters[row], decisions[row])).isCloseTo(costs[row][0], tolerance(costs[row][0]));
            assertThat(constraints.violation(decisions[row])).isLessThan(1e-7);
        }
    }

    @Test
    void expectedCostsOfReferenceDecisionsMatchTheReference() {
        double[][] means = ReferenceValues.table("power-scheduling/mean.csv");
        double[][] stds = ReferenceValues.table("power-scheduling/std.csv");
        double[][] decisions = ReferenceValues.table("power-scheduling/expected_optimal_decisions.csv");
        double[][] costs = ReferenceValues.table("power-scheduling/expected_optimal_cost.csv");

        for (int row = 0; row < costs.length; row++) {
            assertThat(cost.expectedObjective(means[row], stds[row]).value(decisions[row]))
                    .isCloseTo(costs[row][0], tolerance(costs[row][0]));
            assertThat(constraints.violation(decisions[row])).isLessThan(1e-7);
        }
    }

    @Test
    void networkIsThatOfThePaper() {
        assertThat(task.network()).isEqualTo(new MultilayerPerceptronSpec(List.of(200, 200), true, 0.2));
    }

    @Test
    void hyperParametersAreValid() {
        assertThat(task.hyperParameters().likelihood().epochs()).isPositive();
        assertThat(task.hyperParameters().energy().epochs()).isPositive();
    }

    private static Offset<Double> tolerance(double optimum) {
        return within(1e-5 * Math.max(1, optimum));
    }

    private static double[] schedule(int hour, double amount) {
        double[] decisions = new double[24];
        decisions[hour] = amount;
        return decisions;
    }
}
