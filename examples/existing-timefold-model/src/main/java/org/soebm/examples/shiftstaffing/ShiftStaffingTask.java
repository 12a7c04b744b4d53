package org.soebm.examples.shiftstaffing;

import static org.soebm.api.cost.AffineResidual.decision;
import static org.soebm.api.cost.AffineResidual.parameter;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.AffineResidual;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.cost.Scenarios;
import org.soebm.api.task.DataException;
import org.soebm.api.task.EnergySettings;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.MultilayerPerceptronSpec;
import org.soebm.api.task.NetworkSpec;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;
import org.soebm.api.task.TrainingSchedule;
import org.soebm.examples.shiftstaffing.existing.Assignment;
import org.soebm.examples.shiftstaffing.existing.Demand;
import org.soebm.examples.shiftstaffing.existing.Employee;
import org.soebm.examples.shiftstaffing.existing.Schedule;
import org.soebm.examples.shiftstaffing.existing.Shift;
import org.soebm.examples.shiftstaffing.existing.StaffingConstraintProvider;
import org.soebm.examples.shiftstaffing.existing.Store;
import org.soebm.timefold.model.TimefoldModel;

/**
 * How many heads a_s to schedule in each of the 14 shifts of the next week, before it is known how many heads y_s its
 * customers need. In euros, with the mean wage w and a known rest a_14 (by how much wages and unloved shifts of those who
 * work exceed the mean wage):
 *
 * <pre>
 *   f(y, a) = Σ_s 600 [y_s − a_s]₊ + 10 [a_s − y_s]₊ + w a_s  +  a_14
 * </pre>
 *
 * <p>Which a are feasible, and at which a_14, is up to the store's own Timefold model, which decides who works when.
 */
public final class ShiftStaffingTask implements Task {
    static final String NAME = "shift-staffing";

    static final int SHIFTS = Shift.OF_WEEK.size();
    private static final int KNOWN_COST = SHIFTS; // the decision after the staff counts
    private static final double EURO = 100; // in cents
    private static final double MEAN_WAGE =
            Store.EMPLOYEES.stream().mapToInt(Employee::wage).average().orElseThrow();
    private static final int WEEKS = 520;

    private final int weeks;

    /** A task with the data of many years. */
    public ShiftStaffingTask() {
        this(WEEKS);
    }

    /** A task with the data of some weeks. */
    public ShiftStaffingTask(int weeks) {
        this.weeks = weeks;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public PenaltyCost cost() {
        PenaltyCost.Builder cost = PenaltyCost.builder(SHIFTS, SHIFTS + 1);
        for (int shift = 0; shift < SHIFTS; shift++) {
            AffineResidual missing = parameter(shift).minus(decision(shift));
            cost.hinge(StaffingConstraintProvider.MISSING_HEAD / EURO, missing)
                    .hinge(StaffingConstraintProvider.SPARE_HEAD / EURO, missing.negate())
                    .identity(MEAN_WAGE / EURO, decision(shift));
        }
        return cost.identity(1, decision(KNOWN_COST)).build();
    }

    @Override
    public ConstraintSet constraints() {
        TimefoldModel<Schedule> model = TimefoldModel.<Schedule>builder("shift staffing", Store.solverConfig())
                .problem(scenarios -> new Schedule(Store.EMPLOYEES, demands(scenarios)))
                .decisions(ShiftStaffingTask::decisions)
                .costPerSoftPoint(1 / EURO)
                .fingerprint("1")
                .build();
        return ConstraintSet.builder(SHIFTS + 1).nativeModel(model).build();
    }

    private static List<Demand> demands(Scenarios scenarios) {
        List<Demand> demands = new ArrayList<>();
        for (Shift shift : Shift.OF_WEEK) {
            List<Demand.Case> cases = new ArrayList<>();
            for (int s = 0; s < scenarios.count(); s++) {
                cases.add(new Demand.Case(
                        scenarios.parameters()[s][shift.index()], scenarios.weights()[s]));
            }
            demands.add(new Demand(shift, cases));
        }
        return demands;
    }

    private static double[] decisions(Schedule schedule) {
        double[] decisions = new double[SHIFTS + 1];
        for (Assignment assignment : schedule.getAssignments()) {
            Shift shift = assignment.getShift();
            if (shift != null) {
                decisions[shift.index()]++;
                double wage = assignment.getEmployee().wage() - MEAN_WAGE;
                double unloved = assignment.isUnloved() ? StaffingConstraintProvider.UNLOVED_SHIFT : 0;
                decisions[KNOWN_COST] += (wage + unloved) / EURO;
            }
        }
        return decisions;
    }

    /** Simulated weeks; there is no file to read. */
    @Override
    public TaskData data(@Nullable Path source, long seed) {
        if (source != null) {
            throw new DataException(
                    "The task " + NAME + " simulates its weeks and cannot read " + source + ". Leave --data out.");
        }
        return new StoreWeeks(seed).rows(weeks);
    }

    /** Small and much regularised: there are 333 weeks to learn from. */
    @Override
    public NetworkSpec network() {
        return new MultilayerPerceptronSpec(List.of(32), true, 0.3);
    }

    /**
     * Tuned on the validation rows of other seeds than those reported, with staff counts that are free to be any number. The
     * temperature is about the price of a shortage of four standard deviations.
     */
    @Override
    public HyperParameters hyperParameters() {
        return new HyperParameters(
                new TrainingSchedule(60, 64, 1e-2, 10, 0.95, 20, 5),
                new TrainingSchedule(60, 64, 3e-4, 0, 0.99, 15, 5),
                new EnergySettings(128, 3000, 1000, 10, List.of(3.0, 1.5)));
    }
}
