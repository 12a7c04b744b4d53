package org.soebm.examples.linearcosts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.task.CandidateSettings;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.LinearSpec;
import org.soebm.api.task.NetworkSpec;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;

/**
 * Which {@link KnapsackItems} to pack when their values y are not known yet, f(y, a) = −yᵀa. Values are five times the
 * {@link PolynomialCosts}, rounded up.
 */
public final class KnapsackTask implements Task {
    static final String NAME = "knapsack";
    static final String WEIGHTS_FILE = "knapsack-weights.csv";

    private static final double SCALE = 5;
    private static final int TRAINING_ROWS = 1000;
    private static final int TEST_ROWS = 1000;

    private final KnapsackItems items;
    private final int degree;
    private final CostColumns columns;

    KnapsackTask(KnapsackItems items, int degree) {
        this.items = items;
        this.degree = degree;
        columns = new CostColumns("v", items.count());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public PenaltyCost cost() {
        PenaltyCost.Builder cost = PenaltyCost.builder(items.count(), items.count());
        for (int item = 0; item < items.count(); item++) {
            cost.bilinear(item, item, -1);
        }
        return cost.build();
    }

    @Override
    public ConstraintSet constraints() {
        return items.packings();
    }

    /** The rows of a file, whose items must be these if {@value #WEIGHTS_FILE} lies beside it, or else simulated ones. */
    @Override
    public TaskData data(@Nullable Path file, long seed) {
        if (file != null) {
            Path weights = file.resolveSibling(WEIGHTS_FILE);
            if (Files.exists(weights)) {
                items.requireWeights(weights);
            }
            return BenchmarkFile.read(file, columns, NAME);
        }
        Random random = new Random(seed);
        PolynomialCosts costs = new PolynomialCosts(items.count(), degree, random);
        return SimulatedRows.draw(
                columns,
                TRAINING_ROWS,
                TEST_ROWS,
                features -> values(costs.next(features)),
                random,
                "simulated item values of degree %d, seed %d".formatted(degree, seed));
    }

    private static double[] values(double[] costs) {
        return Arrays.stream(costs).map(cost -> Math.ceil(SCALE * cost)).toArray();
    }

    @Override
    public NetworkSpec network() {
        return new LinearSpec();
    }

    @Override
    public HyperParameters hyperParameters() {
        return BenchmarkSettings.with(CandidateSettings.DEFAULT);
    }
}
