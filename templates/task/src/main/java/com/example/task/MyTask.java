package com.example.task;

import static org.soebm.api.cost.AffineResidual.decision;
import static org.soebm.api.cost.AffineResidual.parameter;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.AffineResidual;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.task.DataException;
import org.soebm.api.task.EnergySettings;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.MultilayerPerceptronSpec;
import org.soebm.api.task.NetworkSpec;
import org.soebm.api.task.Table;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;
import org.soebm.api.task.TrainingSchedule;

/** How many newspapers a to buy before demand y is known: f(y, a) = 9 [y − a]₊ + [a − y]₊ with 0 ≤ a ≤ 100. */
public final class MyTask implements Task {
    static final String NAME = "my-task";

    private static final int ROWS = 1000;
    private static final int TEST_START = 800;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public PenaltyCost cost() {
        AffineResidual shortage = parameter(0).minus(decision(0));
        return PenaltyCost.builder(1, 1)
                .hinge(9, shortage)
                .hinge(1, shortage.negate())
                .build();
    }

    @Override
    public ConstraintSet constraints() {
        return ConstraintSet.builder(1).box(0, 100).build();
    }

    /** Made-up rows; to read a file, see SalesCsv in examples/custom-task. */
    @Override
    public TaskData data(@Nullable Path source, long seed) {
        if (source != null) {
            throw new DataException("Task " + NAME + " makes its own data and cannot read " + source + ".");
        }
        Random random = new Random(seed);
        Table.Builder features = Table.builder(List.of("trend", "rain"));
        Table.Builder demand = Table.builder(List.of("demand"));
        for (int row = 0; row < ROWS; row++) {
            double trend = random.nextGaussian();
            double rain = random.nextInt(2);
            double spread = 3 + 6 * rain;
            features.add(new double[] {trend, rain});
            demand.add(new double[] {Math.max(0, 50 + 8 * trend - 10 * rain + spread * random.nextGaussian())});
        }
        return new TaskData(features.build(), demand.build(), TEST_START, "made-up demand, seed %d".formatted(seed));
    }

    @Override
    public NetworkSpec network() {
        return new MultilayerPerceptronSpec(List.of(16), true, 0);
    }

    /**
     * docs/hyper-parameters.md says how to choose them. The noise of these made-up rows is Gaussian, which is what two-stage
     * training believes: here, SO-EBM has nothing to add.
     */
    @Override
    public HyperParameters hyperParameters() {
        return new HyperParameters(
                new TrainingSchedule(30, 64, 1e-2, 0, 0.9, 5, 10),
                new TrainingSchedule(10, 64, 1e-4, 0, 0.9, 2, 10),
                new EnergySettings(32, 100, 1000, 30, List.of(6.0, 2.0)));
    }
}
