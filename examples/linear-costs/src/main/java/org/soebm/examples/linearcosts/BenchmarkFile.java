package org.soebm.examples.linearcosts;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.soebm.api.task.DataException;
import org.soebm.api.task.Table;
import org.soebm.api.task.TaskData;

/**
 * Rows of the benchmark in a CSV file: features x0, x1, …, then the task's costs, then at will {@code optimal_cost}, which is
 * not used. The second half of the rows tests.
 */
final class BenchmarkFile {
    private static final String OPTIMAL_COST = "optimal_cost";
    private static final int FEWEST_ROWS = 4; // one each to train and validate, two to test

    private BenchmarkFile() {}

    /**
     * Reads the rows.
     *
     * @param columns the costs that the task needs
     * @param task its name, for messages
     * @throws DataException when the file is not as it has to be; the message names line and column
     */
    static TaskData read(Path path, CostColumns columns, String task) {
        TaskData[] data = new TaskData[1];
        CsvFile.read(path, file -> data[0] = rows(file, path, columns, task));
        return data[0];
    }

    private static TaskData rows(CsvFile file, Path path, CostColumns columns, String task) {
        int features = Math.max(1, (int)
                file.header().stream().takeWhile(CostColumns::isFeature).count());
        List<String> featureNames = CostColumns.features(features);
        file.requireColumns(0, featureNames, "features come first");
        int end = features + columns.count();
        file.requireColumns(
                features, columns.names(), "task " + task + " has " + columns.count() + " uncertain parameters");
        if (file.header().size() > end) {
            file.requireColumns(end, List.of(OPTIMAL_COST), "nothing else may come after the parameters");
            file.requireNoColumn(end + 1, OPTIMAL_COST + " is the last one");
        }
        Table.Builder x = Table.builder(featureNames);
        Table.Builder y = Table.builder(columns.names());
        try {
            while (file.hasNext()) {
                double[] row = file.next();
                x.add(Arrays.copyOf(row, features));
                y.add(Arrays.copyOfRange(row, features, end));
            }
            if (x.rows() < FEWEST_ROWS) {
                throw new DataException(path + " has " + x.rows() + " rows below the header, but at least "
                        + FEWEST_ROWS + " are needed: half of them test.");
            }
        } catch (RuntimeException e) {
            x.discard();
            y.discard();
            throw e;
        }
        int testStart = x.rows() / 2;
        return new TaskData(x.build(), y.build(), testStart, path + ", its second half for tests");
    }
}
