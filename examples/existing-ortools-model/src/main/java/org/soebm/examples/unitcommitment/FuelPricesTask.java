package org.soebm.examples.unitcommitment;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.linear.SparseVector;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.task.EnergySettings;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.LinearSpec;
import org.soebm.api.task.NetworkSpec;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;
import org.soebm.api.task.TrainingSchedule;
import org.soebm.examples.unitcommitment.existing.ThermalUnit;
import org.soebm.examples.unitcommitment.existing.UnitCommitment;
import org.soebm.ortools.model.OrToolsDecisions;
import org.soebm.ortools.model.OrToolsModel;

/**
 * The existing {@link UnitCommitment} with a known demand, a contract that is delivered every day, and unknown prices y of what
 * the stations burn: coal, oil and emission allowances for the day, gas for each quarter of the contract.
 *
 * <pre>
 *   f(y, a) = Σ_{u,t} (y_fuel(u,t) + e_fuel(u) y_allowance) (h_on a_on(u,t) + h_start a_start(u,t) + h_power a_power(u,t))   EUR
 * </pre>
 *
 * <p>with emissions e, and the heat h that running, starting and a MWh of output take. The decisions a are all variables of
 * the existing model, station by station: whether it runs and starts, 0 or 1, and its output. All of its rows stay.
 */
public final class FuelPricesTask implements Task {
    static final String NAME = "fuel-prices";

    private final UnitCommitment existing;
    private final int days;
    private final OrToolsDecisions decisions;

    /**
     * @param contract MW, one an hour
     * @param days how many are simulated
     */
    FuelPricesTask(UnitCommitment existing, double[] contract, int days) {
        this.existing = existing;
        this.days = days;
        OrToolsModel model = OrToolsModel.of(existing.model(contract));
        decisions = model.decisions(model.variableNames());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public PenaltyCost cost() {
        Map<String, SparseVector> coefficients = new LinkedHashMap<>();
        for (ThermalUnit unit : existing.units()) {
            for (int t = 0; t < existing.hours(); t++) {
                String which = "_" + unit.name() + "_" + t;
                coefficients.put("on" + which, burnt(unit, t, unit.runningCost()));
                coefficients.put("start" + which, burnt(unit, t, unit.startCost()));
                coefficients.put("power" + which, burnt(unit, t, unit.fuelCost()));
            }
        }
        return decisions.linearCost(FuelPriceDays.PRICES.size(), coefficients).build();
    }

    /** What a cost of the existing model is made of: amounts of what has a price. */
    private SparseVector burnt(ThermalUnit unit, int hour, double cost) {
        Fuel fuel = Fuel.of(unit);
        double heat = fuel.heat(cost);
        return SparseVector.unit(FuelPriceDays.price(fuel, hour, existing.hours()), heat)
                .plus(SparseVector.unit(FuelPriceDays.ALLOWANCE, heat * fuel.emission()));
    }

    @Override
    public ConstraintSet constraints() {
        return decisions.constraints();
    }

    /** Which variable of the existing model is where in an answer. */
    public OrToolsDecisions decisions() {
        return decisions;
    }

    /** The days of a file with the columns of {@link FuelPriceDays}, or else simulated ones. */
    @Override
    public TaskData data(@Nullable Path file, long seed) {
        return file == null ? FuelPriceDays.generate(days, seed) : FuelPriceDays.read(file);
    }

    @Override
    public SolverOptions solverOptions() {
        return SolverOptions.DEFAULT.withTolerance(1e-3).withTimeLimit(Duration.ofSeconds(10));
    }

    @Override
    public NetworkSpec network() {
        return new LinearSpec();
    }

    /** Not searched for: the temperature is about what one commitment costs more than another. */
    @Override
    public HyperParameters hyperParameters() {
        return new HyperParameters(
                new TrainingSchedule(300, 1000, 0.05, 0, 0, 300, 1000),
                new TrainingSchedule(40, 32, 0.01, 0, 0.99, 10, 1000),
                new EnergySettings(4096, 1000, 0, List.of(1.0)));
    }
}
