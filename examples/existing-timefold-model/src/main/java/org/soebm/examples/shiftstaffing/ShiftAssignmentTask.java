package org.soebm.examples.shiftstaffing;

import static org.soebm.api.cost.AffineResidual.decision;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.cost.Scenarios;
import org.soebm.api.task.DataException;
import org.soebm.api.task.EnergySettings;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.LinearSpec;
import org.soebm.api.task.NetworkSpec;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;
import org.soebm.api.task.TrainingSchedule;
import org.soebm.examples.shiftstaffing.WorkingTimes.WorkingTime;
import org.soebm.examples.shiftstaffing.existing.Assignment;
import org.soebm.examples.shiftstaffing.existing.Demand;
import org.soebm.examples.shiftstaffing.existing.Sales;
import org.soebm.examples.shiftstaffing.existing.Schedule;
import org.soebm.examples.shiftstaffing.existing.Shift;
import org.soebm.examples.shiftstaffing.existing.StaffingConstraintProvider;
import org.soebm.examples.shiftstaffing.existing.Store;
import org.soebm.timefold.model.TimefoldModel;

/**
 * Who works when, before it is known what they will sell: the assignment itself is the decision, a_i = 1 where employee and
 * shift of {@link WorkingTimes} i come together, else 0. How many heads a shift needs is known. In euros, with the wage w_i, the
 * known price u_i of a shift that the employee would rather not work, and the unknown margin y_i of what they sell there:
 *
 * <pre>
 *   f(y, a) = Σ_i (w_i + u_i − y_i) a_i  +  a_n
 * </pre>
 *
 * <p>where a_n is what missing and spare heads cost, 0 in all but few schedules. Which a are feasible is up to the store's own
 * Timefold model.
 */
public final class ShiftAssignmentTask implements Task {
    static final String NAME = "shift-assignment";

    /** How many heads each shift needs, Monday early to Sunday late. */
    static final int[] HEADS = {2, 2, 2, 2, 2, 3, 2, 3, 3, 4, 4, 4, 2, 2};

    private static final int TIMES = WorkingTimes.ALL.size();
    private static final int STAFFING_COST = TIMES; // the decision after the assignments
    private static final double EURO = 100; // in cents
    private static final int WEEKS = 300;

    private final int weeks;

    /** A task with the data of some years. */
    public ShiftAssignmentTask() {
        this(WEEKS);
    }

    /** A task with the data of some weeks. */
    public ShiftAssignmentTask(int weeks) {
        this.weeks = weeks;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public PenaltyCost cost() {
        PenaltyCost.Builder cost = PenaltyCost.builder(TIMES, TIMES + 1);
        for (int i = 0; i < TIMES; i++) {
            cost.identity(knownCents(WorkingTimes.ALL.get(i)) / EURO, decision(i))
                    .bilinear(i, i, -1);
        }
        return cost.identity(1, decision(STAFFING_COST)).build();
    }

    private static double knownCents(WorkingTime time) {
        boolean isUnloved = time.employee().unloved().contains(time.shift().period());
        return time.employee().wage() + (isUnloved ? StaffingConstraintProvider.UNLOVED_SHIFT : 0);
    }

    @Override
    public ConstraintSet constraints() {
        TimefoldModel<Schedule> model = TimefoldModel.<Schedule>builder("shift assignment", Store.solverConfig())
                .problem(scenarios -> new Schedule(Store.EMPLOYEES, demands(), sales(scenarios)))
                .decisions(ShiftAssignmentTask::assigned)
                .scenarioCount(1)
                .costPerSoftPoint(1 / EURO)
                .fingerprint("1")
                .build();
        ConstraintSet.Builder set = ConstraintSet.builder(TIMES + 1).nativeModel(model);
        for (int i = 0; i < TIMES; i++) {
            set.bounds(i, 0, 1).integer(i);
        }
        return set.build();
    }

    private static List<Demand> demands() {
        return Shift.OF_WEEK.stream()
                .map(shift -> Demand.of(shift, HEADS[shift.index()]))
                .toList();
    }

    /** What is sold on average: the cost is linear in it. */
    private static List<Sales> sales(Scenarios scenarios) {
        List<Sales> sales = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            double mean = 0;
            for (int s = 0; s < scenarios.count(); s++) {
                mean += scenarios.weights()[s] * scenarios.parameters()[s][i];
            }
            WorkingTime time = WorkingTimes.ALL.get(i);
            sales.add(new Sales(time.employee(), time.shift(), Math.round(EURO * mean)));
        }
        return sales;
    }

    private static double[] assigned(Schedule schedule) {
        double[] decisions = new double[TIMES + 1];
        int[] staff = new int[Shift.OF_WEEK.size()];
        for (Assignment assignment : schedule.getAssignments()) {
            Shift shift = assignment.getShift();
            if (shift != null) {
                decisions[WorkingTimes.index(assignment.getEmployee(), shift)] = 1;
                staff[shift.index()]++;
            }
        }
        for (Demand demand : schedule.getDemands()) {
            int there = staff[demand.shift().index()];
            decisions[STAFFING_COST] += (StaffingConstraintProvider.MISSING_HEAD * demand.missing(there)
                            + StaffingConstraintProvider.SPARE_HEAD * demand.spare(there))
                    / EURO;
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
        return new SalesWeeks(seed).rows(weeks);
    }

    @Override
    public NetworkSpec network() {
        return new LinearSpec();
    }

    /**
     * Chosen on the validation rows of seed 100. The margin keeps a* ahead of other schedules by what they really cost more: without
     * it, and with larger steps, the energy fits single weeks.
     */
    @Override
    public HyperParameters hyperParameters() {
        return new HyperParameters(
                new TrainingSchedule(300, 1000, 0.05, 0, 0, 300, 1000),
                new TrainingSchedule(20, 32, 1e-3, 0, 0.99, 5, 1000),
                new EnergySettings(4096, 100, 0, List.of(1.0)).withMargin(1));
    }
}
