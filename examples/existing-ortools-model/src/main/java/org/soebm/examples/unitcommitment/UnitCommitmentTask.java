package org.soebm.examples.unitcommitment;

import static org.soebm.api.cost.AffineResidual.parameter;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.AffineResidual;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.task.DataException;
import org.soebm.api.task.EnergySettings;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.MultilayerPerceptronSpec;
import org.soebm.api.task.NetworkSpec;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;
import org.soebm.api.task.TrainingSchedule;
import org.soebm.examples.unitcommitment.existing.ThermalUnit;
import org.soebm.examples.unitcommitment.existing.UnitCommitment;
import org.soebm.ortools.model.OrToolsDecisions;
import org.soebm.ortools.model.OrToolsModel;

/**
 * The existing {@link UnitCommitment} with learned net demand y: generation g_t is scheduled the day before, and what is
 * missing or too much is settled at the prices of balancing energy,
 *
 * <pre>
 *   f(y, a) = costs of the schedule + Σ_t 250 [y_t − g_t]₊ + 15 [g_t − y_t]₊      in EUR
 * </pre>
 *
 * <p>The decisions a are g_0 … g_23, sums of the stations' outputs, and the costs of the schedule. Commitment, starts and
 * single outputs are auxiliary variables.
 */
public final class UnitCommitmentTask implements Task {
    static final String NAME = "unit-commitment";

    private static final double SHORTAGE_PRICE = 250; // EUR/MWh
    private static final double SURPLUS_PRICE = 15;

    private final UnitCommitment existing;
    private final int days;
    private final OrToolsDecisions decisions;

    UnitCommitmentTask(UnitCommitment existing, int days) {
        this.existing = existing;
        this.days = days;
        decisions = decisions(existing);
    }

    /** The existing model, freed from the demand that it used to take for certain. */
    private static OrToolsDecisions decisions(UnitCommitment existing) {
        int hours = existing.hours();
        List<String> balances = new ArrayList<>();
        for (int t = 0; t < hours; t++) {
            balances.add("balance_" + t);
        }
        OrToolsDecisions decisions = OrToolsModel.of(existing.model(new double[hours]))
                .withoutRows(balances)
                .decisions(List.of());
        for (int t = 0; t < hours; t++) {
            List<String> outputs = new ArrayList<>();
            for (ThermalUnit unit : existing.units()) {
                outputs.add("power_" + unit.name() + "_" + t);
            }
            decisions = decisions.withSum("generation" + t, outputs);
        }
        return decisions.withRemainingCost("scheduleCost");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public PenaltyCost cost() {
        PenaltyCost.Builder cost = decisions.cost(existing.hours());
        for (int t = 0; t < existing.hours(); t++) {
            AffineResidual shortage = parameter(t).minus(decisions.residual("generation" + t));
            cost.hinge(SHORTAGE_PRICE, shortage).hinge(SURPLUS_PRICE, shortage.negate());
        }
        return cost.build();
    }

    @Override
    public ConstraintSet constraints() {
        return decisions.constraints();
    }

    /** Which variable of the existing model is where in an answer. */
    public OrToolsDecisions decisions() {
        return decisions;
    }

    @Override
    public TaskData data(@Nullable Path source, long seed) {
        if (source != null) {
            throw new DataException(
                    "Task " + NAME + " makes its own data and cannot read " + source + ". Maybe leave --data out?");
        }
        return NetDemandDays.generate(days, existing.hours(), seed);
    }

    /**
     * Proven to two per mille, which mostly means found to a tenth of that: the rest of the proof takes SCIP longer than
     * everything before it.
     */
    @Override
    public SolverOptions solverOptions() {
        return SolverOptions.DEFAULT.withTolerance(2e-3).withTimeLimit(Duration.ofSeconds(10));
    }

    @Override
    public NetworkSpec network() {
        return new MultilayerPerceptronSpec(List.of(100, 100), true, 0.1);
    }

    /**
     * Tuned on the validation rows of other seeds than those reported, with one station of 38 EUR/MWh in place of the
     * stations. The temperature is about the price of a shortage of four standard deviations.
     */
    @Override
    public HyperParameters hyperParameters() {
        return new HyperParameters(
                new TrainingSchedule(60, 64, 3e-3, 3, 0.99, 20, 10),
                new TrainingSchedule(60, 64, 3e-5, 0, 0.99, 30, 10),
                new EnergySettings(128, 16_000, 1000, 10, List.of(40.0, 20.0)));
    }
}
