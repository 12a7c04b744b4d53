package org.soebm.runtime.data;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.soebm.api.task.DataException;
import org.soebm.api.task.Table;
import org.soebm.api.task.TaskData;

/**
 * Which rows of a {@link TaskData} train, validate and test.
 *
 * @param train rows to learn from
 * @param validation rows to choose the model by
 * @param test rows to report results on, in the data's order
 */
public record Split(int[] train, int[] validation, int[] test) {
    private static final String INDEX = "index";

    /** The rows before the test rows are shuffled; the first 80% of them train, the rest validate. */
    public static Split random(TaskData data, long seed) {
        List<Integer> rows =
                new ArrayList<>(IntStream.range(0, data.testStart()).boxed().toList());
        Collections.shuffle(rows, new Random(seed));
        return of(rows, data.rows());
    }

    /**
     * A split that a file fixes: its column {@code index} is a permutation of the first n rows (counted from 0), whose
     * first 80% train and the rest validate; the data's rows from n on test, whatever the task's own test rows are.
     *
     * @throws DataException when the file does not hold such a permutation
     */
    public static Split fromFile(Path file, TaskData data) {
        Table table = TableFiles.read(file, 1, "a split has only the column " + INDEX);
        if (!table.columns().get(0).equals(INDEX)) {
            throw new DataException("The column of the split " + file + " is named "
                    + table.columns().get(0) + ", but must be named " + INDEX + ". Maybe this is another file?");
        }
        int n = table.rows();
        if (n < 2 || n >= data.rows()) {
            throw new DataException("The split " + file + " has " + n + " rows, but the data has " + data.rows()
                    + ", of which at least 2 must train and validate and at least 1 must test.");
        }
        int[] lineOf = new int[n]; // 0 where the row has not been seen
        List<Integer> rows = new ArrayList<>(n);
        for (int r = 0; r < n; r++) {
            int line = r + 2;
            double value = table.get(r, 0);
            if (value != Math.rint(value) || value < 0 || value >= n) {
                throw new DataException(file + ", line " + line + ", column " + INDEX + " is " + value
                        + ", but must be a whole number from 0 to " + (n - 1) + ", since the file has " + n + " rows.");
            }
            int row = (int) value;
            if (lineOf[row] != 0) {
                throw new DataException(file + ", line " + line + ", column " + INDEX + " is " + row
                        + " again, after line " + lineOf[row] + ". Every row must stand there once.");
            }
            lineOf[row] = line;
            rows.add(row);
        }
        return of(rows, data.rows());
    }

    /**
     * The split that trains on a share of the training rows only: the first ⌈fraction · n⌉, so that those of a smaller
     * share are among those of a larger one. Validation and test rows stay.
     *
     * @param fraction above 0, at most 1; taken as the decimal number that it is written as
     * @throws IllegalArgumentException when it is not
     */
    public Split withTrainFraction(double fraction) {
        if (!(fraction > 0 && fraction <= 1)) {
            throw new IllegalArgumentException(
                    "The fraction of training rows is " + fraction + ", but must be above 0 and at most 1.");
        }
        int count = BigDecimal.valueOf(fraction)
                .multiply(BigDecimal.valueOf(train.length))
                .setScale(0, RoundingMode.CEILING)
                .intValueExact();
        return new Split(Arrays.copyOf(train, count), validation, test);
    }

    private static Split of(List<Integer> permutation, int rows) {
        int n = permutation.size();
        int trainCount = (int) (n * 4L / 5);
        int[] order = permutation.stream().mapToInt(Integer::intValue).toArray();
        return new Split(
                Arrays.copyOfRange(order, 0, trainCount),
                Arrays.copyOfRange(order, trainCount, n),
                IntStream.range(n, rows).toArray());
    }
}
