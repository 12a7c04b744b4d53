package org.soebm.examples.shiftstaffing.existing;

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import java.time.DayOfWeek;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shift that an employee works on a day when they are there, or none. */
@PlanningEntity
public class Assignment {
    @PlanningId
    private String id;

    private Employee employee;
    private DayOfWeek day;

    @PlanningVariable(allowsUnassigned = true)
    private @Nullable Shift shift;

    /** For Timefold. */
    @SuppressWarnings("NullAway.Init")
    public Assignment() {}

    public Assignment(Employee employee, DayOfWeek day) {
        id = employee.name() + "-" + day;
        this.employee = employee;
        this.day = day;
    }

    @ValueRangeProvider
    public List<Shift> getShiftsOfTheDay() {
        return Shift.OF_WEEK.subList(2 * day.getValue() - 2, 2 * day.getValue());
    }

    public String getId() {
        return id;
    }

    public Employee getEmployee() {
        return employee;
    }

    public DayOfWeek getDay() {
        return day;
    }

    public @Nullable Shift getShift() {
        return shift;
    }

    public void setShift(@Nullable Shift shift) {
        this.shift = shift;
    }

    /** Whether this is a shift of a period. */
    public boolean isIn(Period period) {
        return shift != null && shift.period() == period;
    }

    /** Whether the employee works a shift that they would rather not. */
    public boolean isUnloved() {
        return shift != null && employee.unloved().contains(shift.period());
    }

    @Override
    public String toString() {
        return id + ": " + shift;
    }
}
