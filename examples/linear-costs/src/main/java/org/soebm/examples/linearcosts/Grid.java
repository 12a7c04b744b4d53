package org.soebm.examples.linearcosts;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.linear.SparseVector;
import org.soebm.api.task.DataException;

/**
 * A grid of nodes, numbered row by row, with arcs to the right and downwards. Arcs come row by row: first those within a
 * row, then those to the next one.
 *
 * @param rows at least 2
 * @param columns at least 2
 */
record Grid(int rows, int columns) {
    /** The grid of the benchmark: 25 nodes, 40 arcs. */
    static final Grid FIVE_BY_FIVE = new Grid(5, 5);

    private static final List<String> HEADER = List.of("from", "to");

    /** Two nodes. */
    record Arc(int from, int to) {}

    /** The number of nodes. */
    int nodes() {
        return rows * columns;
    }

    /** All arcs, in order. */
    List<Arc> arcs() {
        List<Arc> arcs = new ArrayList<>();
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c + 1 < columns; c++) {
                int node = r * columns + c;
                arcs.add(new Arc(node, node + 1));
            }
            for (int c = 0; c < columns && r + 1 < rows; c++) {
                int node = r * columns + c;
                arcs.add(new Arc(node, node + columns));
            }
        }
        return arcs;
    }

    /**
     * The paths from the first node to the last one, as integer flows of one unit: what leaves a node less what comes is 1
     * in the first, −1 in the last, and 0 between.
     */
    ConstraintSet paths() {
        List<Arc> arcs = arcs();
        ConstraintSet.Builder set = ConstraintSet.builder(arcs.size()).box(0, 1).allInteger();
        for (int node = 0; node < nodes(); node++) {
            SparseVector balance = SparseVector.zero();
            for (int i = 0; i < arcs.size(); i++) {
                if (arcs.get(i).from == node) {
                    balance = balance.plus(SparseVector.unit(i, 1));
                } else if (arcs.get(i).to == node) {
                    balance = balance.plus(SparseVector.unit(i, -1));
                }
            }
            double supply = node == 0 ? 1 : node == nodes() - 1 ? -1 : 0;
            set.row("flow at node " + node, balance, supply, supply);
        }
        return set.build();
    }

    /**
     * Checks that a file of arcs, columns {@code from} and {@code to}, has this grid's, in order.
     *
     * @throws DataException when it has not
     */
    void requireArcs(Path path) {
        CsvFile.read(path, file -> {
            file.requireColumns(0, HEADER, "arcs lead from a node to a node");
            file.requireNoColumn(HEADER.size(), "arcs lead from a node to a node");
            for (Arc arc : arcs()) {
                if (!file.hasNext()) {
                    throw new DataException(path + " ends before the arc from " + arc.from + " to " + arc.to
                            + ". It must have the " + arcs().size() + " arcs of a grid of " + rows + " by " + columns
                            + " nodes.");
                }
                double[] row = file.next();
                if (row[0] != arc.from || row[1] != arc.to) {
                    throw new DataException(file.at() + " is the arc from " + plain(row[0]) + " to " + plain(row[1])
                            + ", but must be that from " + arc.from + " to " + arc.to + ": arcs of a grid of " + rows
                            + " by " + columns + " nodes, row by row.");
                }
            }
            if (file.hasNext()) {
                file.next();
                throw new DataException(file.at() + " is one arc more than the " + arcs().size() + " of a grid of "
                        + rows + " by " + columns + " nodes.");
            }
        });
    }

    private static String plain(double node) {
        return BigDecimal.valueOf(node).stripTrailingZeros().toPlainString();
    }
}
