package org.soebm.runtime.learning;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.soebm.api.task.Table;
import org.soebm.runtime.data.Standardizer;

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
 * @param first the number of the first of these rows among the training rows
 */
record RowTables(
        Table features,
        Standardizer scaling,
        boolean isSimulated,
        Table parameters,
        Table observations,
        Table hindsight,
        int[] uncertain,
        int first) {

    static RowTables of(LearningProblem problem, Standardizer scaling) {
        LearningProblem.Rows training = problem.training();
        return new RowTables(
                training.features(),
                scaling,
                problem.problem().simulator() != null,
                training.parameters(),
                training.observations(),
                problem.hindsight(),
                problem.problem().uncertainDecisions(),
                0);
    }

    int count() {
        return features.rows();
    }

    /** Consecutive rows: from the first to before the last. */
    RowTables select(int from, int to) {
        return new RowTables(
                features.select(from, to),
                scaling,
                isSimulated,
                parameters.select(from, to),
                observations.select(from, to),
                hindsight.select(from, to),
                uncertain,
                first + from);
    }

    /** The widths of a batch's tensors in the order of {@link RowBatch}; 0 for what there is none of. */
    int[] widths() {
        return new int[] {
            features.width(),
            isSimulated ? features.width() : 0,
            parameters.width(),
            observations.width(),
            uncertain.length,
            1
        };
    }

    /** What all rows take on a device. */
    long bytes() {
        return (long) count() * IntStream.of(widths()).sum() * Float.BYTES;
    }

    /** The numbers of all rows' tensors, row-major, in the order of {@link #widths}. */
    float[][] values() {
        return new float[][] {
            scaling.apply(features),
            isSimulated ? floats(features, null) : new float[0],
            floats(parameters, null),
            floats(observations, null),
            floats(hindsight, uncertain),
            numbers()
        };
    }

    /** In single precision, exact for the first 2²⁴ rows. */
    private float[] numbers() {
        float[] numbers = new float[count()];
        for (int row = 0; row < numbers.length; row++) {
            numbers[row] = (float) (first + row);
        }
        return numbers;
    }

    private static float[] floats(Table table, int @Nullable [] columns) {
        int width = columns == null ? table.width() : columns.length;
        float[] values = new float[table.rows() * width];
        table.forEachRow((row, all) -> {
            for (int i = 0; i < width; i++) {
                values[row * width + i] = (float) all[columns == null ? i : columns[i]];
            }
        });
        return values;
    }

    /** Tensors of {@link #values}, which the scope owns. */
    static RowBatch batch(float[][] values, int[] widths, int rows, NDManager scope) {
        return new RowBatch(
                scope.create(values[0], new Shape(rows, widths[0])),
                widths[1] == 0 ? null : scope.create(values[1], new Shape(rows, widths[1])),
                scope.create(values[2], new Shape(rows, widths[2])),
                scope.create(values[3], new Shape(rows, widths[3])),
                scope.create(values[4], new Shape(rows, widths[4])),
                scope.create(values[5], new Shape(rows, widths[5])));
    }
}
