package org.soebm.examples.unitcommitment.existing;

import com.google.ortools.Loader;
import com.google.ortools.modelbuilder.LinearExpr;
import com.google.ortools.modelbuilder.LinearExprBuilder;
import com.google.ortools.modelbuilder.ModelBuilder;
import com.google.ortools.modelbuilder.ModelSolver;
import com.google.ortools.modelbuilder.SolveStatus;
import com.google.ortools.modelbuilder.Variable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Day-ahead unit commitment: which stations run tomorrow, hour by hour, and at what output, so that demand is met at
 * least cost. Minimum up and down times, ramps, start-up costs and spinning reserve hold; every station is off before
 * the first hour and may be started in it.
 */
public final class UnitCommitment {
    static {
        Loader.loadNativeLibraries();
    }

    /** A base station, a mid-merit station and a peaker, 350 MW together. */
    public static final UnitCommitment THREE_UNITS = new UnitCommitment(
            List.of(
                    new ThermalUnit("base", 60, 150, 50, 8, 6, 3000, 400, 25),
                    new ThermalUnit("middle", 40, 120, 60, 4, 3, 1200, 250, 38),
                    new ThermalUnit("peaker", 10, 80, 80, 1, 1, 300, 100, 70)),
            24,
            20);

    private final List<ThermalUnit> units;
    private final int hours;
    private final double reserve;

    /**
     * @param reserve output that the running stations could add at once, in every hour, MW
     */
    public UnitCommitment(List<ThermalUnit> units, int hours, double reserve) {
        this.units = List.copyOf(units);
        this.hours = hours;
        this.reserve = reserve;
    }

    /** The number of hours. */
    public int hours() {
        return hours;
    }

    /** The stations. */
    public List<ThermalUnit> units() {
        return units;
    }

    /**
     * The mixed-integer program for a known demand.
     *
     * @param demand MW, one an hour
     */
    public ModelBuilder model(double[] demand) {
        ModelBuilder model = new ModelBuilder();
        model.setName("unit commitment");
        LinearExprBuilder cost = LinearExpr.newBuilder();
        LinearExprBuilder[] output = new LinearExprBuilder[hours];
        LinearExprBuilder[] headroom = new LinearExprBuilder[hours];
        for (int t = 0; t < hours; t++) {
            output[t] = LinearExpr.newBuilder();
            headroom[t] = LinearExpr.newBuilder();
        }
        for (ThermalUnit unit : units) {
            Variable[] on = new Variable[hours];
            Variable[] start = new Variable[hours];
            Variable[] power = new Variable[hours];
            for (int t = 0; t < hours; t++) {
                on[t] = model.newBoolVar("on_" + unit.name() + "_" + t);
                start[t] = model.newBoolVar("start_" + unit.name() + "_" + t);
                power[t] = model.newNumVar(0, unit.maximum(), "power_" + unit.name() + "_" + t);
                cost.addTerm(on[t], unit.runningCost())
                        .addTerm(start[t], unit.startCost())
                        .addTerm(power[t], unit.fuelCost());
                output[t].add(power[t]);
                headroom[t].addTerm(on[t], unit.maximum()).addTerm(power[t], -1);
            }
            addOperation(model, unit, on, start, power);
        }
        for (int t = 0; t < hours; t++) {
            model.addEquality(output[t], demand[t]).withName("balance_" + t);
            model.addGreaterOrEqual(headroom[t], reserve).withName("reserve_" + t);
        }
        model.minimize(cost);
        return model;
    }

    private void addOperation(ModelBuilder model, ThermalUnit unit, Variable[] on, Variable[] start, Variable[] power) {
        String name = unit.name();
        for (int t = 0; t < hours; t++) {
            LinearExprBuilder most = LinearExpr.newBuilder().add(power[t]).addTerm(on[t], -unit.maximum());
            LinearExprBuilder least = LinearExpr.newBuilder().add(power[t]).addTerm(on[t], -unit.minimum());
            model.addLessOrEqual(most, 0).withName("most_" + name + "_" + t);
            model.addGreaterOrEqual(least, 0).withName("least_" + name + "_" + t);

            LinearExprBuilder started = LinearExpr.newBuilder().add(start[t]).addTerm(on[t], -1);
            if (t > 0) {
                started.add(on[t - 1]);
                LinearExprBuilder change = LinearExpr.newBuilder().add(power[t]).addTerm(power[t - 1], -1);
                // A start may jump to the least output, and a stop from it.
                double jump = Math.max(unit.ramp(), unit.minimum());
                model.addLinearConstraint(change, -jump, jump).withName("ramp_" + name + "_" + t);
            }
            model.addGreaterOrEqual(started, 0).withName("start_" + name + "_" + t);

            LinearExprBuilder recentStarts = LinearExpr.newBuilder();
            for (int s = Math.max(0, t - unit.minimumUp() + 1); s <= t; s++) {
                recentStarts.add(start[s]);
            }
            model.addLessOrEqual(recentStarts.addTerm(on[t], -1), 0).withName("up_" + name + "_" + t);
            if (t >= unit.minimumDown()) {
                LinearExprBuilder startsAfter = LinearExpr.newBuilder().add(on[t - unit.minimumDown()]);
                for (int s = t - unit.minimumDown() + 1; s <= t; s++) {
                    startsAfter.add(start[s]);
                }
                model.addLessOrEqual(startsAfter, 1).withName("down_" + name + "_" + t);
            }
        }
    }

    /**
     * The cheapest schedule for a known demand.
     *
     * @return what each variable of the model is, by its name
     * @throws IllegalArgumentException when no schedule meets the demand
     */
    public Map<String, Double> schedule(double[] demand) {
        ModelBuilder model = model(demand);
        ModelSolver solver = new ModelSolver("SCIP");
        SolveStatus status = solver.solve(model);
        if (status != SolveStatus.OPTIMAL) {
            throw new IllegalArgumentException("No schedule was found for the demand: the solver says " + status + ".");
        }
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < model.numVariables(); i++) {
            Variable variable = model.varFromIndex(i);
            values.put(variable.getName(), solver.getValue(variable));
        }
        return values;
    }
}
