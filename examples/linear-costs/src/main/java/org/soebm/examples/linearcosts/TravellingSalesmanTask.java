package org.soebm.examples.linearcosts;

import java.nio.file.Path;
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
import org.soebm.ortools.model.OrToolsDecisions;

/**
 * The cheapest of the {@link RoundTrips} through a {@link Landscape} when the costs y of the edges are not known yet, f(y, a)
 * = yᵀa. What is feasible is a CP-SAT model with a circuit constraint, so only OR-Tools solves it.
 */
public final class TravellingSalesmanTask implements Task {
    static final String NAME = "travelling-salesman";

    private static final int TRAINING_ROWS = 300;
    private static final int TEST_ROWS = 200;

    private final int degree;
    private final RoundTrips trips;
    private final OrToolsDecisions decisions;
    private final CostColumns columns;

    /**
     * @param nodes at least 3
     */
    TravellingSalesmanTask(int nodes, int degree) {
        this.degree = degree;
        trips = new RoundTrips(nodes);
        decisions = trips.decisions();
        columns = new CostColumns("c", decisions.count());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public PenaltyCost cost() {
        return decisions.linearCost(decisions.names()).build();
    }

    @Override
    public ConstraintSet constraints() {
        return decisions.constraints();
    }

    /** The rows of a file, or else simulated ones. */
    @Override
    public TaskData data(@Nullable Path file, long seed) {
        if (file != null) {
            return BenchmarkFile.read(file, columns, NAME);
        }
        Random random = new Random(seed);
        Landscape landscape = new Landscape(trips, degree, random);
        return SimulatedRows.draw(
                columns,
                TRAINING_ROWS,
                TEST_ROWS,
                landscape::next,
                random,
                "simulated edge costs of degree %d, seed %d".formatted(degree, seed));
    }

    @Override
    public NetworkSpec network() {
        return new LinearSpec();
    }

    @Override
    public HyperParameters hyperParameters() {
        // few tours are optimal for two rows, so the pool must learn those that predictions lead to
        return BenchmarkSettings.with(CandidateSettings.DEFAULT.withPoolSolveRate(0.4));
    }
}
