package org.soebm.runtime.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.soebm.api.task.Table;
import org.soebm.runtime.data.Standardizer;
import org.soebm.runtime.network.GaussianPredictor;

/**
 * The tables that a {@link RowBatch} is made from.
 *
 * @param features x, unscaled, shape (n, dx)
 * @param scaling of x
 * @param isSimulated whether a simulator takes x too, as they are
 * @param parameters y, shape (n, dy)
 * @param observations what the likelihood is of, shape (n, do)
 * @param hindsight a*(y), shape (n, all decisions)
 * @param uncertain those decisions that y has to do with
 */
record RowTables(
        Table features,
        Standardizer scaling,
        boolean isSimulated,
        Table parameters,
        Table observations,
        Table hindsight,
        int[] uncertain) {

    static RowTables of(LearningProblem problem, Standardizer scaling) {
        LearningProblem.Rows training = problem.training();
        return new RowTables(
                training.features(),
                scaling,
                problem.problem().simulator() != null,
                training.parameters(),
                training.observations(),
                problem.hindsight(),
                problem.problem().uncertainDecisions());
    }

    int count() {
        return features.rows();
    }

    /** What all rows take on a device. */
    long bytes() {
        int width =
                (isSimulated ? 2 : 1) * features.width() + parameters.width() + observations.width() + uncertain.length;
        return (long) count() * width * Float.BYTES;
    }

    /** All rows as tensors of a scope. */
    RowBatch all(NDManager scope) {
        return new RowBatch(
                scope.create(scaling.apply(features), new Shape(features.rows(), features.width())),
                isSimulated ? GaussianPredictor.unscaled(features, scope) : null,
                tensor(parameters, scope),
                tensor(observations, scope),
                tensor(hindsight, uncertain, scope));
    }

    /** Some rows, by number, as tensors of a scope. */
    RowBatch batch(int[] rows, NDManager scope) {
        return new RowTables(
                        features.select(rows),
                        scaling,
                        isSimulated,
                        parameters.select(rows),
                        observations.select(rows),
                        hindsight.select(rows),
                        uncertain)
                .all(scope);
    }

    private static NDArray tensor(Table table, NDManager scope) {
        return GaussianPredictor.unscaled(table, scope);
    }

    private static NDArray tensor(Table table, int[] columns, NDManager scope) {
        float[] values = new float[table.rows() * columns.length];
        table.forEachRow((row, all) -> {
            for (int i = 0; i < columns.length; i++) {
                values[row * columns.length + i] = (float) all[columns[i]];
            }
        });
        return scope.create(values, new Shape(table.rows(), columns.length));
    }
}
