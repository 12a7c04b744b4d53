package org.soebm.examples.linearcosts;

import java.nio.file.Path;
import java.util.List;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.linear.SparseVector;
import org.soebm.api.task.DataException;

/**
 * What there is to pack: items with a weight in each of some dimensions, and one capacity for each dimension.
 *
 * @param weights one row a dimension, one entry an item
 * @param capacity of each dimension
 */
record KnapsackItems(List<List<Double>> weights, double capacity) {
    /** 32 items in two dimensions, weights drawn from U(3, 8) and rounded to two digits. */
    static final KnapsackItems BENCHMARK = new KnapsackItems(
            List.of(
                    List.of(
                            4.59, 4.87, 5.19, 7.59, 6.8, 4.97, 4.84, 3.22, 7.9, 3.62, 3.12, 6.81, 7.09, 3.23, 4.47,
                            5.23, 6.11, 5.23, 4.27, 6.66, 5.21, 3.72, 7.83, 5.64, 7.56, 3.28, 4.31, 3.85, 6.43, 4.26,
                            7.56, 6.4),
                    List.of(
                            6.09, 6.4, 4.5, 6.31, 6.35, 3.07, 6.03, 7.39, 3.48, 5.57, 6.27, 4.55, 5.64, 5.66, 3.27,
                            6.68, 4.2, 5.61, 6.13, 7.88, 4.61, 4.92, 6.09, 7.95, 7.11, 4.02, 3.07, 7.84, 6.29, 5.78,
                            5.57, 5.65)),
            20);

    KnapsackItems {
        weights = weights.stream().map(List::copyOf).toList();
    }

    /** The number of items. */
    int count() {
        return weights.get(0).size();
    }

    /** The items that fit in together: 0 or 1 of each. */
    ConstraintSet packings() {
        ConstraintSet.Builder set = ConstraintSet.builder(count()).box(0, 1).allInteger();
        for (int k = 0; k < weights.size(); k++) {
            SparseVector row = SparseVector.zero();
            for (int i = 0; i < count(); i++) {
                row = row.plus(SparseVector.unit(i, weights.get(k).get(i)));
            }
            set.row("capacity " + k, row, Double.NEGATIVE_INFINITY, capacity);
        }
        return set.build();
    }

    /**
     * Checks that a file of weights, columns {@code w0}, {@code w1}, …, has these, one row a dimension.
     *
     * @throws DataException when it has not
     */
    void requireWeights(Path path) {
        List<String> columns = new CostColumns("w", count()).names();
        String why = "there are " + count() + " items";
        CsvFile.read(path, file -> {
            file.requireColumns(0, columns, why);
            file.requireNoColumn(count(), why);
            int rows = 0;
            for (; file.hasNext(); rows++) {
                double[] row = file.next();
                if (rows == weights.size()) {
                    throw new DataException(file.at() + " is one dimension more than the " + rows + " of the task.");
                }
                for (int i = 0; i < row.length; i++) {
                    if (row[i] != weights.get(rows).get(i)) {
                        throw new DataException(file.at() + ", column " + columns.get(i) + " is " + row[i]
                                + ", but the task's item " + i + " weighs "
                                + weights.get(rows).get(i)
                                + ". What is feasible is the task's, not the data's: build KnapsackItems of these"
                                + " weights, or leave the file out.");
                    }
                }
            }
            if (rows < weights.size()) {
                throw new DataException(path + " has " + rows + " rows of weights, but the task has " + weights.size()
                        + " dimensions.");
            }
        });
    }
}
