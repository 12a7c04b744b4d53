package org.soebm.examples.powerscheduling;

import static org.soebm.api.cost.AffineResidual.decision;
import static org.soebm.api.cost.AffineResidual.parameter;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.AffineResidual;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.task.EnergySettings;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.MultilayerPerceptronSpec;
import org.soebm.api.task.NetworkSpec;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;
import org.soebm.api.task.TrainingSchedule;

/**
 * How much electricity a_i to generate in each hour of the next day, before its load y_i is known:
 *
 * <pre>
 *   f(y, a) = Σ_i 50 [y_i − a_i]₊ + 0.5 [a_i − y_i]₊ + ½ (a_i − y_i)²      subject to |a_i − a_{i−1}| ≤ 0.4
 * </pre>
 *
 * <p>A shortage is a hundred times as bad as a surplus. (Donti, Amos, Kolter: Task-based end-to-end model learning in
 * stochastic optimization, NeurIPS 2017; its generator scheduling.)
 */
public final class PowerSchedulingTask implements Task {

    static final String NAME = "power-scheduling";

    private static final int HOURS = LocalDay.HOURS;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public PenaltyCost cost() {
        PenaltyCost.Builder cost = PenaltyCost.builder(HOURS, HOURS);
        for (int hour = 0; hour < HOURS; hour++) {
            AffineResidual shortage = parameter(hour).minus(decision(hour));
            cost.hinge(50, shortage).hinge(0.5, shortage.negate()).square(0.5, shortage);
        }
        return cost.build();
    }

    @Override
    public ConstraintSet constraints() {
        return ConstraintSet.builder(HOURS).ramp(0.4).build();
    }

    /** The published load data in the folder, or else synthetic load years. */
    @Override
    public TaskData data(@Nullable Path folder, long seed) {
        return folder != null
                ? DayAheadData.of(PjmReader.read(folder), "PJM load data in %s".formatted(folder))
                : DayAheadData.of(SyntheticLoadYears.generate(seed), "synthetic load years, seed %d".formatted(seed));
    }

    @Override
    public NetworkSpec network() {
        return new MultilayerPerceptronSpec(List.of(200, 200), true, 0.2);
    }

    /** Tuned on the validation rows of the published data; docs/results.md says how. */
    @Override
    public HyperParameters hyperParameters() {
        return new HyperParameters(
                new TrainingSchedule(100, 256, 3e-3, 3, 0.99, 5, 10),
                new TrainingSchedule(30, 256, 1e-5, 0, 0.99, 3, 10),
                new EnergySettings(32, 10, 1000, 30, List.of(0.5, 0.3)));
    }
}
