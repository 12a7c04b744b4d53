package org.soebm.examples.shiftstaffing.existing;

import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.domain.solution.ProblemFactCollectionProperty;
import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who works when in one week. */
@PlanningSolution
public class Schedule {
    @ProblemFactCollectionProperty
    private List<Employee> employees;

    @ProblemFactCollectionProperty
    private List<Shift> shifts;

    @ProblemFactCollectionProperty
    private List<Demand> demands;

    @ProblemFactCollectionProperty
    private List<Sales> sales;

    @PlanningEntityCollectionProperty
    private List<Assignment> assignments;

    @PlanningScore
    private @Nullable HardSoftLongScore score;

    /** For Timefold. */
    @SuppressWarnings("NullAway.Init")
    public Schedule() {}

    /** A week in which it does not matter who sells. */
    public Schedule(List<Employee> employees, List<Demand> demands) {
        this(employees, demands, List.of());
    }

    public Schedule(List<Employee> employees, List<Demand> demands, List<Sales> sales) {
        this.employees = employees;
        this.demands = demands;
        this.sales = sales;
        shifts = Shift.OF_WEEK;
        assignments = new ArrayList<>();
        for (Employee employee : employees) {
            for (DayOfWeek day : DayOfWeek.values()) {
                if (!employee.daysOff().contains(day)) {
                    assignments.add(new Assignment(employee, day));
                }
            }
        }
    }

    public List<Employee> getEmployees() {
        return employees;
    }

    public List<Shift> getShifts() {
        return shifts;
    }

    public List<Demand> getDemands() {
        return demands;
    }

    public List<Sales> getSales() {
        return sales;
    }

    public List<Assignment> getAssignments() {
        return assignments;
    }

    public @Nullable HardSoftLongScore getScore() {
        return score;
    }
}
