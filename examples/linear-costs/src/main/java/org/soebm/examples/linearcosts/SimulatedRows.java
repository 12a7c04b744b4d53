package org.soebm.examples.linearcosts;

import java.util.Random;
import java.util.function.UnaryOperator;
import org.soebm.api.task.Table;
import org.soebm.api.task.TaskData;

/** Rows of made-up features, independent of one another, and what costs came with them. */
final class SimulatedRows {
    private SimulatedRows() {}

    /**
     * Draws rows.
     *
     * @param columns the names of the costs
     * @param training rows before the first test row
     * @param test rows
     * @param costs of a row's features
     * @param random for the features
     * @param description where the rows come from
     */
    static TaskData draw(
            CostColumns columns,
            int training,
            int test,
            UnaryOperator<double[]> costs,
            Random random,
            String description) {
        double[][] x = new double[training + test][PolynomialCosts.FEATURES];
        double[][] y = new double[training + test][];
        for (int row = 0; row < x.length; row++) {
            for (int k = 0; k < x[row].length; k++) {
                x[row][k] = random.nextGaussian();
            }
            y[row] = costs.apply(x[row]);
        }
        return new TaskData(
                Table.of(CostColumns.features(PolynomialCosts.FEATURES), x),
                Table.of(columns.names(), y),
                training,
                description);
    }
}
