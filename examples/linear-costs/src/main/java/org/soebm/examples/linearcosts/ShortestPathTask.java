package org.soebm.examples.linearcosts;

import java.nio.file.Files;
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

/**
 * The cheapest path through a {@link Grid} whose arc costs y are not known yet, f(y, a) = yᵀa, with {@link
 * PolynomialCosts}.
 */
public final class ShortestPathTask implements Task {
    static final String NAME = "shortest-path";
    static final String ARCS_FILE = "shortest-path-arcs.csv";

    private static final int TRAINING_ROWS = 1000;
    private static final int TEST_ROWS = 1000;

    private final Grid grid;
    private final int degree;
    private final CostColumns columns;

    ShortestPathTask(Grid grid, int degree) {
        this.grid = grid;
        this.degree = degree;
        columns = new CostColumns("c", grid.arcs().size());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public PenaltyCost cost() {
        PenaltyCost.Builder cost = PenaltyCost.builder(columns.count(), columns.count());
        for (int arc = 0; arc < columns.count(); arc++) {
            cost.bilinear(arc, arc, 1);
        }
        return cost.build();
    }

    @Override
    public ConstraintSet constraints() {
        return grid.paths();
    }

    /** The rows of a file, whose grid must be this one if {@value #ARCS_FILE} lies beside it, or else simulated ones. */
    @Override
    public TaskData data(@Nullable Path file, long seed) {
        if (file != null) {
            Path arcs = file.resolveSibling(ARCS_FILE);
            if (Files.exists(arcs)) {
                grid.requireArcs(arcs);
            }
            return BenchmarkFile.read(file, columns, NAME);
        }
        Random random = new Random(seed);
        PolynomialCosts costs = new PolynomialCosts(columns.count(), degree, random);
        return SimulatedRows.draw(
                columns,
                TRAINING_ROWS,
                TEST_ROWS,
                costs::next,
                random,
                "simulated arc costs of degree %d, seed %d".formatted(degree, seed));
    }

    @Override
    public NetworkSpec network() {
        return new LinearSpec();
    }

    @Override
    public HyperParameters hyperParameters() {
        // a* of the rows are nearly all paths
        return BenchmarkSettings.with(CandidateSettings.DEFAULT.withPerturbedSolves(0));
    }
}
