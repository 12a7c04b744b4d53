package org.soebm.examples.shiftstaffing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolvers;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.task.DataException;
import org.soebm.api.task.TaskData;
import org.soebm.api.task.Tasks;
import org.soebm.examples.shiftstaffing.WorkingTimes.WorkingTime;
import org.soebm.examples.shiftstaffing.existing.Employee;
import org.soebm.examples.shiftstaffing.existing.Period;
import org.soebm.examples.shiftstaffing.existing.Shift;
import org.soebm.examples.shiftstaffing.existing.Store;
import org.soebm.runtime.objective.Objectives;
import org.soebm.timefold.TimefoldArgminSolverProvider;

class ShiftAssignmentTaskTest {
    private static final int TIMES = 136; // 12 employees in 14 shifts, without 16 days off

    private final ShiftAssignmentTask task = new ShiftAssignmentTask(40);
    private final TaskData data = task.data(null, 3);

    @Test
    void isFoundByItsName() {
        assertThat(Tasks.load().named("shift-assignment").create()).isInstanceOf(ShiftAssignmentTask.class);
        assertThat(Tasks.load().named("shift-assignment").description()).contains("Timefold");
        assertThat(task.name()).isEqualTo("shift-assignment");
    }

    @Test
    void assignmentItselfIsDecided() {
        ConstraintSet set = task.constraints();

        assertThat(WorkingTimes.ALL).hasSize(TIMES);
        assertThat(set.decisionCount()).isEqualTo(TIMES + 1);
        assertThat(task.cost().uncertainDecisions())
                .isEqualTo(IntStream.range(0, TIMES).toArray());
        assertThat(task.cost().isLinear()).isTrue();
        assertThat(IntStream.range(0, TIMES)).allMatch(i -> set.isInteger(i) && set.lower(i) == 0 && set.upper(i) == 1);
    }

    @Test
    void answersKeepTheStoresRulesAndCostWhatTheyShould() {
        double[] y = data.parameters().row(5);

        for (Decision decision : solutions(y, 5)) {
            assertThat(decision.status()).isEqualTo(SolveStatus.FEASIBLE);
            requireRules(decision.values());
            double cost = 0;
            int[] staff = new int[14];
            for (int i = 0; i < TIMES; i++) {
                WorkingTime time = WorkingTimes.ALL.get(i);
                if (decision.values()[i] == 1) {
                    boolean unloved =
                            time.employee().unloved().contains(time.shift().period());
                    cost += time.employee().wage() / 100.0 + (unloved ? 15 : 0) - y[i];
                    staff[time.shift().index()]++;
                }
            }
            double staffing = 0;
            for (int shift = 0; shift < 14; shift++) {
                int missing = ShiftAssignmentTask.HEADS[shift] - staff[shift];
                staffing += missing > 0 ? 600 * missing : -10 * missing;
            }
            assertThat(decision.values()[TIMES]).isCloseTo(staffing, within(1e-9));
            assertThat(decision.cost()).isCloseTo(cost + staffing, within(1e-6));
        }
    }

    @Test
    void furtherSolutionsAreOtherAssignments() {
        List<Decision> decisions = solutions(data.parameters().row(5), 5);

        assertThat(decisions).hasSize(5);
        assertThat(decisions.stream().map(decision -> Arrays.toString(decision.values())))
                .doesNotHaveDuplicates();
        assertThat(decisions)
                .allMatch(decision -> decision.cost() >= decisions.get(0).cost());
    }

    @Test
    void whoSellsMostWorksAsMuchAsAllowed() {
        Employee hana = Store.EMPLOYEES.get(7);
        double[] y = new double[TIMES];
        for (int i = 0; i < TIMES; i++) {
            y[i] = WorkingTimes.ALL.get(i).employee().equals(hana) ? 200 : 20;
        }

        Decision decision = solutions(y, 1).get(0);

        assertThat(shifts(decision.values(), hana)).isEqualTo(hana.maximumShifts());
        assertThat(decision.values()[TIMES]).isZero();
    }

    /** With everybody else worthless, the best that Kim and Lea can do is found by trying all of their weeks. The search comes near. */
    @Test
    void searchComesNearTheBestWeeksOfTwoAsEnumerationTells() {
        double[] y = new double[TIMES];
        List<Employee> two = Store.EMPLOYEES.subList(10, 12);
        for (int i = 0; i < TIMES; i++) {
            WorkingTime time = WorkingTimes.ALL.get(i);
            if (two.contains(time.employee())) {
                y[i] = 150 + 40 * Math.sin(i * i);
            }
        }

        Decision decision = solutions(y, 1).get(0);

        double sold = IntStream.range(0, TIMES)
                .mapToDouble(i -> y[i] * decision.values()[i])
                .sum();
        double unloved = 15
                * IntStream.range(0, TIMES)
                        .filter(i -> decision.values()[i] == 1)
                        .mapToObj(WorkingTimes.ALL::get)
                        .filter(time -> two.contains(time.employee()))
                        .filter(time ->
                                time.employee().unloved().contains(time.shift().period()))
                        .count();
        double best =
                two.stream().mapToDouble(who -> bestWeek(who, 0, 0, false, y)).sum();
        assertThat(sold - unloved).isLessThanOrEqualTo(best + 1e-9).isGreaterThan(0.8 * best);
    }

    /** The best value of an employee's week from a day on. */
    private static double bestWeek(Employee who, int day, int shifts, boolean wasLate, double[] y) {
        if (day == 7) {
            return 0;
        }
        double best = bestWeek(who, day + 1, shifts, false, y);
        if (shifts < who.maximumShifts() && !who.daysOff().contains(DayOfWeek.of(day + 1))) {
            for (Period period : Period.values()) {
                if (period == Period.LATE || !wasLate) {
                    int i = WorkingTimes.index(who, new Shift(DayOfWeek.of(day + 1), period));
                    double value = y[i] - (who.unloved().contains(period) ? 15 : 0);
                    best = Math.max(best, value + bestWeek(who, day + 1, shifts + 1, period == Period.LATE, y));
                }
            }
        }
        return best;
    }

    @Test
    void onlyTimefoldTakesIt() {
        assertThat(ArgminSolvers.load()
                        .select(null, Objectives.hindsight(task.cost(), task.constraints(), new double[TIMES]))
                        .name())
                .isEqualTo("timefold");
        assertThatThrownBy(() -> ArgminSolvers.load()
                        .select("ortools", Objectives.hindsight(task.cost(), task.constraints(), new double[TIMES])))
                .hasMessageContaining("ortools");
    }

    @Test
    void predictedWeeksAreSolvedByTheirMean() {
        double[] mean = data.parameters().row(2);
        double[] std = new double[TIMES];
        Arrays.fill(std, 20);

        Decision uncertain = solve(Objectives.expected(task.cost(), task.constraints(), mean, std));

        assertThat(uncertain.values()).isEqualTo(solutions(mean, 1).get(0).values());
    }

    @Test
    void sameSeedGivesTheSameWeeks() {
        TaskData again = task.data(null, 3);

        assertThat(data.rows()).isEqualTo(40);
        assertThat(data.testStart()).isEqualTo(30);
        assertThat(data.features().width()).isEqualTo(1 + 7 * 3);
        assertThat(data.parameters().width()).isEqualTo(TIMES);
        for (int week = 0; week < 40; week++) {
            assertThat(again.features().row(week)).isEqualTo(data.features().row(week));
            assertThat(again.parameters().row(week)).isEqualTo(data.parameters().row(week));
            assertThat(Arrays.stream(data.parameters().row(week))).allMatch(sales -> sales > 0);
        }
        assertThat(task.data(null, 4).parameters().row(0))
                .isNotEqualTo(data.parameters().row(0));
    }

    @Test
    void eventsChangeWhoSells() {
        TaskData many = new ShiftAssignmentTask(600).data(null, 6);
        int event = many.features().columns().indexOf("event TUESDAY");
        Map<Employee, double[]> logs = new HashMap<>();
        int[] count = new int[2];
        for (int week = 0; week < many.rows(); week++) {
            int kind = (int) many.features().get(week, event);
            count[kind]++;
            for (int i = 0; i < TIMES; i++) {
                WorkingTime time = WorkingTimes.ALL.get(i);
                if (time.shift().equals(new Shift(DayOfWeek.TUESDAY, Period.LATE))) {
                    logs.computeIfAbsent(time.employee(), who -> new double[2])[kind] +=
                            Math.log(many.parameters().get(week, i));
                }
            }
        }
        assertThat(count[1] / 600.0).isCloseTo(0.2, within(0.05));
        double[] effects = logs.values().stream()
                .mapToDouble(log -> log[1] / count[1] - log[0] / count[0])
                .toArray();
        // 0.8 times a standard Gaussian talent each
        assertThat(Math.sqrt(Arrays.stream(effects)
                        .map(effect -> effect * effect)
                        .average()
                        .orElseThrow()))
                .isBetween(0.4, 1.4);
    }

    @Test
    void dataCannotBeReadFromFiles() {
        assertThatThrownBy(() -> task.data(Path.of("weeks.csv"), 0))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("weeks.csv")
                .hasMessageContaining("--data");
    }

    private List<Decision> solutions(double[] y, int atMost) {
        try (ArgminSolver solver = new TimefoldArgminSolverProvider().create(SolverOptions.DEFAULT)) {
            return solver.solutions(
                    Objectives.hindsight(task.cost(), task.constraints(), y), atMost, Cancellation.NEVER);
        }
    }

    private static Decision solve(ArgminProblem problem) {
        try (ArgminSolver solver = new TimefoldArgminSolverProvider().create(SolverOptions.DEFAULT)) {
            return solver.solve(problem);
        }
    }

    private static int shifts(double[] decisions, Employee employee) {
        return (int) IntStream.range(0, TIMES)
                .filter(i ->
                        decisions[i] == 1 && WorkingTimes.ALL.get(i).employee().equals(employee))
                .count();
    }

    private static void requireRules(double[] decisions) {
        boolean[] hasKeyHolder = new boolean[14];
        for (Employee employee : Store.EMPLOYEES) {
            boolean[] works = new boolean[14];
            for (int i = 0; i < TIMES; i++) {
                WorkingTime time = WorkingTimes.ALL.get(i);
                if (time.employee().equals(employee) && decisions[i] == 1) {
                    int shift = time.shift().index();
                    works[shift] = true;
                    hasKeyHolder[shift] |= employee.hasKeys();
                }
            }
            for (int shift = 1; shift < 14; shift++) {
                // neither both shifts of a day, nor an early one after a late one
                assertThat(works[shift - 1] && works[shift]).as(employee.name()).isFalse();
            }
            assertThat(shifts(decisions, employee)).isLessThanOrEqualTo(employee.maximumShifts());
        }
        assertThat(hasKeyHolder).containsOnly(true);
    }
}
