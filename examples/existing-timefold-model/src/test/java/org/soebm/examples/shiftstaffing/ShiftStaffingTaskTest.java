package org.soebm.examples.shiftstaffing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.soebm.api.cost.Scenarios;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.task.DataException;
import org.soebm.api.task.TaskData;
import org.soebm.api.task.Tasks;
import org.soebm.examples.shiftstaffing.existing.Assignment;
import org.soebm.examples.shiftstaffing.existing.Employee;
import org.soebm.examples.shiftstaffing.existing.Period;
import org.soebm.examples.shiftstaffing.existing.Schedule;
import org.soebm.examples.shiftstaffing.existing.Shift;
import org.soebm.examples.shiftstaffing.existing.Store;
import org.soebm.runtime.objective.Objectives;
import org.soebm.timefold.TimefoldArgminSolverProvider;

class ShiftStaffingTaskTest {
    private final ShiftStaffingTask task = new ShiftStaffingTask(60);

    @Test
    void isFoundByItsName() {
        assertThat(Tasks.load().named("shift-staffing").create()).isInstanceOf(ShiftStaffingTask.class);
        assertThat(Tasks.load().named("shift-staffing").description()).isNotBlank();
        assertThat(task.name()).isEqualTo("shift-staffing");
    }

    @Test
    void existingModelPlansAForecastAndKeepsTheRules() {
        Schedule schedule = Store.plan(heads(2.5));

        assertThat(schedule.getScore().hardScore()).isZero();
        requireRules(schedule);
    }

    @Test
    void knownWeekIsPlannedAsByTheExistingModel() {
        double[] heads = task.data(null, 0).parameters().row(0);
        Schedule schedule = Store.plan(heads);

        Decision decision = solve(Objectives.hindsight(task.cost(), task.constraints(), heads));

        assertThat(decision.status()).isEqualTo(SolveStatus.FEASIBLE);
        assertThat(decision.values()).hasSize(15);
        assertThat(Arrays.copyOf(decision.values(), 14)).isEqualTo(staff(schedule));
        assertThat(decision.cost()).isCloseTo(-0.01 * schedule.getScore().softScore(), within(0.15)); // 14 roundings
        assertThat(decision.cost()).isCloseTo(costByHand(heads, schedule), within(1e-6));
    }

    @Test
    void scoreUnderScenariosIsTheExpectedCost() {
        Scenarios scenarios = Scenarios.ofGaussian(heads(3), heads(1), 30);

        Decision decision = solve(Objectives.expected(task.cost(), task.constraints(), heads(3), heads(1)));

        assertThat(decision.status()).isEqualTo(SolveStatus.FEASIBLE);
        double expected = 0;
        for (double[] heads : scenarios.parameters()) {
            expected += task.cost().cost(heads, decision.values()) / scenarios.count();
        }
        assertThat(decision.cost()).isCloseTo(expected, within(1e-6));
    }

    @Test
    void uncertainDemandCallsForMoreHeads() {
        double known = Arrays.stream(solve(Objectives.hindsight(task.cost(), task.constraints(), heads(2)))
                        .values())
                .limit(14)
                .sum();
        double uncertain = Arrays.stream(solve(Objectives.expected(task.cost(), task.constraints(), heads(2), heads(1)))
                        .values())
                .limit(14)
                .sum();

        assertThat(uncertain).isGreaterThan(known + 5); // of 14 shifts
    }

    @Test
    void knownCostIsNotAmongTheUncertainDecisions() {
        assertThat(task.cost().uncertainDecisions()).hasSize(14).doesNotContain(14);
    }

    @Test
    void missingHeadCostsSixtyTimesASpareOneBesideTheWage() {
        double[] decisions = new double[15];
        double wages = task.cost().cost(heads(0), staffed(1)) - 14 * 10;

        assertThat(task.cost().cost(heads(1), decisions)).isCloseTo(14 * 600, within(1e-9));
        assertThat(wages).isCloseTo(14 * 121.333, within(0.01));
        decisions[14] = 7;
        assertThat(task.cost().cost(heads(0), decisions)).isCloseTo(7, within(1e-9));
    }

    @Test
    void sameSeedGivesTheSameWeeks() {
        TaskData first = task.data(null, 3);
        TaskData again = task.data(null, 3);
        TaskData other = task.data(null, 4);

        assertThat(first.rows()).isEqualTo(60);
        assertThat(first.testStart()).isEqualTo(48);
        assertThat(first.features().width()).isEqualTo(5 + 7 * 5 + 14);
        assertThat(first.parameters().width()).isEqualTo(14);
        for (int row = 0; row < 60; row++) {
            assertThat(again.features().row(row)).isEqualTo(first.features().row(row));
            assertThat(again.parameters().row(row)).isEqualTo(first.parameters().row(row));
        }
        assertThat(other.parameters().row(0)).isNotEqualTo(first.parameters().row(0));
    }

    @Test
    void lastWeeksHeadsAreFeatures() {
        TaskData data = task.data(null, 5);

        double[] features = data.features().row(7);
        assertThat(Arrays.copyOfRange(features, features.length - 14, features.length))
                .isEqualTo(data.parameters().row(6));
    }

    @Test
    void customersLookLikeThoseOfAStore() {
        TaskData data = new ShiftStaffingTask(1000).data(null, 6);
        double[] event = new double[2];
        double[] count = new double[2];
        int late = new Shift(DayOfWeek.TUESDAY, Period.LATE).index();
        int flag = data.features().columns().indexOf("event TUESDAY");
        for (int row = 0; row < data.rows(); row++) {
            int kind = (int) data.features().get(row, flag);
            event[kind] += data.parameters().get(row, late);
            count[kind]++;
        }

        assertThat(count[1] / data.rows()).isCloseTo(0.125, within(0.04));
        assertThat(event[1] / count[1] / (event[0] / count[0])).isCloseTo(1.4, within(0.12));
        for (int row = 0; row < data.rows(); row++) {
            assertThat(Arrays.stream(data.parameters().row(row))).allMatch(heads -> heads >= 0 && heads < 40);
        }
    }

    @Test
    void dataCannotBeReadFromFiles() {
        assertThatThrownBy(() -> task.data(Path.of("weeks.csv"), 0))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("weeks.csv")
                .hasMessageContaining("--data");
    }

    private static Decision solve(ArgminProblem problem) {
        try (ArgminSolver solver = new TimefoldArgminSolverProvider().create(SolverOptions.DEFAULT)) {
            return solver.solve(problem);
        }
    }

    private static double[] heads(double everywhere) {
        double[] heads = new double[14];
        Arrays.fill(heads, everywhere);
        return heads;
    }

    private static double[] staffed(double everywhere) {
        return Arrays.copyOf(heads(everywhere), 15);
    }

    private static double[] staff(Schedule schedule) {
        double[] staff = new double[14];
        for (Assignment assignment : schedule.getAssignments()) {
            if (assignment.getShift() != null) {
                staff[assignment.getShift().index()]++;
            }
        }
        return staff;
    }

    /** In euros, by looking at everybody's week. */
    private static double costByHand(double[] heads, Schedule schedule) {
        double cost = 0;
        double[] staff = staff(schedule);
        for (int shift = 0; shift < 14; shift++) {
            cost += heads[shift] > staff[shift]
                    ? 600 * (heads[shift] - staff[shift])
                    : 10 * (staff[shift] - heads[shift]);
        }
        for (Assignment assignment : schedule.getAssignments()) {
            Shift shift = assignment.getShift();
            Employee employee = assignment.getEmployee();
            if (shift != null) {
                cost += employee.wage() / 100.0 + (employee.unloved().contains(shift.period()) ? 15 : 0);
            }
        }
        return cost;
    }

    private static void requireRules(Schedule schedule) {
        Map<Employee, Shift[]> weeks = schedule.getAssignments().stream()
                .collect(Collectors.toMap(
                        Assignment::getEmployee,
                        assignment -> {
                            Shift[] week = new Shift[7];
                            week[assignment.getDay().getValue() - 1] = assignment.getShift();
                            return week;
                        },
                        (first, second) -> {
                            for (int day = 0; day < 7; day++) {
                                first[day] = first[day] == null ? second[day] : first[day];
                            }
                            return first;
                        }));
        boolean[] hasKeyHolder = new boolean[14];
        weeks.forEach((employee, week) -> {
            int shifts = 0;
            for (int day = 0; day < 7; day++) {
                if (week[day] != null) {
                    shifts++;
                    assertThat(employee.daysOff()).doesNotContain(week[day].day());
                    hasKeyHolder[week[day].index()] |= employee.hasKeys();
                    boolean isTooEarly = day > 0
                            && week[day - 1] != null
                            && week[day - 1].period() == Period.LATE
                            && week[day].period() == Period.EARLY;
                    assertThat(isTooEarly).isFalse();
                }
            }
            assertThat(shifts).isLessThanOrEqualTo(employee.maximumShifts());
        });
        for (boolean has : hasKeyHolder) {
            assertThat(has).isTrue();
        }
    }
}
