package org.soebm.benchmarks.scaling;

import static org.soebm.api.cost.AffineResidual.decision;
import static org.soebm.api.cost.AffineResidual.parameter;

import ai.djl.Device;
import java.util.List;
import java.util.stream.IntStream;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.AffineResidual;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.task.EnergySettings;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.NetworkSpec;
import org.soebm.api.task.Table;
import org.soebm.api.task.TrainingSchedule;
import org.soebm.runtime.learning.LearningProblem;
import org.soebm.runtime.objective.StochasticProblem;

/** Power scheduling with any number of decisions and of rows: Σ 50[y−a]₊ + 0.5[a−y]₊ + ½(a−y)², |a_i − a_{i−1}| ≤ 0.4. */
final class ScalingProblem {
    /** Features of a row, as many as power scheduling has. */
    static final int FEATURES = 149;

    private static final double RAMP = 0.4;
    private static final int VALIDATION_ROWS = 2;
    private static final int EPOCHS = 10;
    private static final int BATCH = 256;

    private ScalingProblem() {}

    /** What is decided. */
    static StochasticProblem of(int decisions) {
        PenaltyCost.Builder cost = PenaltyCost.builder(decisions, decisions);
        for (int i = 0; i < decisions; i++) {
            AffineResidual shortage = parameter(i).minus(decision(i));
            cost.hinge(50, shortage).hinge(0.5, shortage.negate()).square(0.5, shortage);
        }
        return new StochasticProblem(
                cost.build(), ConstraintSet.builder(decisions).ramp(RAMP).build());
    }

    /**
     * What to learn from the first rows of a source whose y is feasible, so that a* is y. Many rows go to
     * a temporary file.
     *
     * @param samples M
     */
    static LearningProblem learning(RowSource source, int rows, int samples, ArgminSolver solver) {
        LearningProblem.Rows training = rows(source, rows);
        return new LearningProblem(
                of(source.parameterCount()),
                NetworkSpec.DEFAULT,
                new HyperParameters(
                        new TrainingSchedule(EPOCHS, BATCH, 3e-3, 3, 0.99, EPOCHS, 1),
                        new TrainingSchedule(EPOCHS, BATCH, 1e-5, 0, 0.99, EPOCHS, 1),
                        new EnergySettings(samples, 10, 1000, 30, List.of(0.5, 0.3))),
                training,
                training.parameters(),
                rows(source, VALIDATION_ROWS),
                solver,
                Device.cpu(),
                0);
    }

    /** The first rows of a source. */
    static LearningProblem.Rows rows(RowSource source, int count) {
        Table.Builder features = Table.builder(columns("x", source.featureCount()));
        Table.Builder parameters = Table.builder(columns("y", source.parameterCount()));
        double[] x = new double[source.featureCount()];
        double[] y = new double[source.parameterCount()];
        for (int row = 0; row < count; row++) {
            source.write(row, x, y);
            features.add(x);
            parameters.add(y);
        }
        return new LearningProblem.Rows(features.build(), parameters.build());
    }

    private static List<String> columns(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }
}
