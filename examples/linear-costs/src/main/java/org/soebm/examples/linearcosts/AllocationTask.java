package org.soebm.examples.linearcosts;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.AffineResidual;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.task.CandidateSettings;
import org.soebm.api.task.CandidateSource;
import org.soebm.api.task.EnergySettings;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.LinearSpec;
import org.soebm.api.task.NetworkSpec;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;
import org.soebm.api.task.TrainingSchedule;

/**
 * How to share a budget of 1 among projects whose yields y are not known yet, and of which each yields the less the more it
 * gets already,
 *
 * <pre>  f(y, a) = −yᵀa + Σ_i a_i²,   a ≥ 0,   Σ_i a_i = 1.</pre>
 *
 * <p>The yields are {@link PolynomialCosts}. Unlike the other tasks of this module the decision is continuous, and the feasible set
 * a simplex whose volume is next to nothing beside that of Gaussians in as many dimensions.
 */
public final class AllocationTask implements Task {
    static final String NAME = "allocation";
    static final int PROJECTS = 50;

    private static final int TRAINING_ROWS = 1000;
    private static final int TEST_ROWS = 1000;

    private final int degree;
    private final CostColumns columns;

    /**
     * @param projects at least 2
     */
    AllocationTask(int projects, int degree) {
        this.degree = degree;
        columns = new CostColumns("v", projects);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public PenaltyCost cost() {
        PenaltyCost.Builder cost = PenaltyCost.builder(columns.count(), columns.count());
        for (int project = 0; project < columns.count(); project++) {
            cost.bilinear(project, project, -1).square(1, AffineResidual.decision(project));
        }
        return cost.build();
    }

    @Override
    public ConstraintSet constraints() {
        return ConstraintSet.builder(columns.count()).simplex(1).build();
    }

    /** The rows of a file, or else simulated ones. */
    @Override
    public TaskData data(@Nullable Path file, long seed) {
        if (file != null) {
            return BenchmarkFile.read(file, columns, NAME);
        }
        Random random = new Random(seed);
        PolynomialCosts yields = new PolynomialCosts(columns.count(), degree, random);
        return SimulatedRows.draw(
                columns,
                TRAINING_ROWS,
                TEST_ROWS,
                yields::next,
                random,
                "simulated yields of degree %d, seed %d".formatted(degree, seed));
    }

    @Override
    public NetworkSpec network() {
        return new LinearSpec();
    }

    @Override
    public HyperParameters hyperParameters() {
        return new HyperParameters(
                        BenchmarkSettings.LIKELIHOOD,
                        new TrainingSchedule(30, 128, 0.03, 0, 0.96, 5, 1000),
                        new EnergySettings(256, 0.1, 1, List.of(0.3, 0.1)))
                .withCandidates(CandidateSettings.DEFAULT.withSource(CandidateSource.PROJECTED_GAUSSIANS));
    }
}
