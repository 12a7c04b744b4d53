package org.soebm.examples.shiftstaffing.existing;

import static ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore.ONE_HARD;
import static ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore.ONE_SOFT;
import static ai.timefold.solver.core.api.score.stream.ConstraintCollectors.count;
import static ai.timefold.solver.core.api.score.stream.Joiners.equal;

import ai.timefold.solver.core.api.score.stream.Constraint;
import ai.timefold.solver.core.api.score.stream.ConstraintFactory;
import ai.timefold.solver.core.api.score.stream.ConstraintProvider;
import java.time.DayOfWeek;

/** The rules of the store, and what its schedules cost. A soft point is a cent. */
public final class StaffingConstraintProvider implements ConstraintProvider {
    /** The margin that is lost when customers find nobody: cents a missing head and shift. */
    public static final int MISSING_HEAD = 60_000;

    /** Cents a head too many and shift, beside the wage. */
    public static final int SPARE_HEAD = 1_000;

    /** Cents a shift that somebody would rather not work. */
    public static final int UNLOVED_SHIFT = 1_500;

    @Override
    public Constraint[] defineConstraints(ConstraintFactory factory) {
        return new Constraint[] {
            weeklyLimit(factory),
            nightsRest(factory),
            keyHolder(factory),
            missingHeads(factory),
            spareHeads(factory),
            wages(factory),
            unlovedShifts(factory),
            sales(factory),
        };
    }

    private Constraint weeklyLimit(ConstraintFactory factory) {
        return factory.forEach(Assignment.class)
                .groupBy(Assignment::getEmployee, count())
                .filter((employee, shifts) -> shifts > employee.maximumShifts())
                .penalizeLong(ONE_HARD, (employee, shifts) -> shifts - employee.maximumShifts())
                .asConstraint("Weekly limit");
    }

    private Constraint nightsRest(ConstraintFactory factory) {
        return factory.forEach(Assignment.class)
                .filter(late -> late.isIn(Period.LATE) && late.getDay() != DayOfWeek.SUNDAY)
                .join(
                        factory.forEach(Assignment.class).filter(early -> early.isIn(Period.EARLY)),
                        equal(Assignment::getEmployee),
                        equal(late -> late.getDay().plus(1), Assignment::getDay))
                .penalizeLong(ONE_HARD, (late, early) -> 1)
                .asConstraint("No early shift after a late one");
    }

    private Constraint keyHolder(ConstraintFactory factory) {
        return factory.forEach(Shift.class)
                .ifNotExists(
                        factory.forEach(Assignment.class)
                                .filter(assignment -> assignment.getEmployee().hasKeys()),
                        equal(shift -> shift, Assignment::getShift))
                .penalizeLong(ONE_HARD, shift -> 1)
                .asConstraint("Key holder in every shift");
    }

    private Constraint missingHeads(ConstraintFactory factory) {
        return factory.forEach(Assignment.class)
                .groupBy(Assignment::getShift, count())
                .complement(Shift.class, shift -> 0)
                .join(Demand.class, equal((shift, staff) -> shift, Demand::shift))
                .penalizeLong(ONE_SOFT, (shift, staff, demand) -> Math.round(MISSING_HEAD * demand.missing(staff)))
                .asConstraint("Missing heads");
    }

    private Constraint spareHeads(ConstraintFactory factory) {
        return factory.forEach(Assignment.class)
                .groupBy(Assignment::getShift, count())
                .complement(Shift.class, shift -> 0)
                .join(Demand.class, equal((shift, staff) -> shift, Demand::shift))
                .penalizeLong(ONE_SOFT, (shift, staff, demand) -> Math.round(SPARE_HEAD * demand.spare(staff)))
                .asConstraint("Spare heads");
    }

    private Constraint wages(ConstraintFactory factory) {
        return factory.forEach(Assignment.class)
                .penalizeLong(ONE_SOFT, assignment -> assignment.getEmployee().wage())
                .asConstraint("Wages");
    }

    private Constraint unlovedShifts(ConstraintFactory factory) {
        return factory.forEach(Assignment.class)
                .filter(Assignment::isUnloved)
                .penalizeLong(ONE_SOFT, assignment -> UNLOVED_SHIFT)
                .asConstraint("Unloved shifts");
    }

    private Constraint sales(ConstraintFactory factory) {
        return factory.forEach(Assignment.class)
                .join(
                        Sales.class,
                        equal(Assignment::getEmployee, Sales::employee),
                        equal(Assignment::getShift, Sales::shift))
                .impactLong(ONE_SOFT, (assignment, sales) -> sales.cents())
                .asConstraint("Sales");
    }
}
