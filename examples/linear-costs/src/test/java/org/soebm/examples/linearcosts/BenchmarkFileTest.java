package org.soebm.examples.linearcosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.soebm.api.task.DataException;
import org.soebm.api.task.TaskData;

class BenchmarkFileTest {
    private static final CostColumns TWO = new CostColumns("c", 2);
    private static final String ROWS = "0.5,1,2\n0.25,3,4\n-1,5,6\n2,7,8\n";

    @TempDir
    Path folder;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private TaskData read(String text) throws IOException {
        return BenchmarkFile.read(write("data.csv", text), TWO, "shortest-path");
    }

    @Test
    void secondHalfOfTheRowsTests() throws IOException {
        TaskData data = read("x0,c0,c1\n" + ROWS);

        assertThat(data.testStart()).isEqualTo(2);
        assertThat(data.features().row(2)).containsExactly(-1);
        assertThat(data.parameters().row(3)).containsExactly(7, 8);
    }

    @Test
    void optimalCostsAndSpreadsheetsMarksAreSkipped() throws IOException {
        TaskData data = read("\uFEFFx0, c0,c1,optimal_cost\r\n0.5,1, 2,9\r\n1,1,2,9\r\n1,1,2,9\r\n\r\n1,1,2,9\r\n");

        assertThat(data.rows()).isEqualTo(4);
        assertThat(data.parameters().row(0)).containsExactly(1, 2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "c0,c1|line 1: column 1 is 'c0', but must be 'x0', since features come first",
                "x1,c0,c1|line 1: column 1 is 'x1', but must be 'x0'",
                "x0,c0|line 1: column 3 is missing, but must be 'c1', since task shortest-path has 2 uncertain parameters",
                "x0,c1,c0|line 1: column 2 is 'c1', but must be 'c0'",
                "x0,c0,c1,c2|line 1: column 4 is 'c2', but must be 'optimal_cost'",
                "x0,c0,c1,optimal_cost,y|line 1: column 5 is 'y', but there must be none",
            })
    void headersThatDoNotFitAreRefused(String header, String message) {
        assertThatThrownBy(() -> read(header + "\n" + ROWS))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("data.csv, " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,2|line 6 has 2 values, but the header has 3 columns.",
                "1,2,|line 6, column c1 is '', but must be a number.",
                "1,2x,3|line 6, column c0 is '2x', but must be a number.",
                "1,NaN,3|line 6, column c0 is 'NaN', but must be a number between",
                "Infinity,2,3|line 6, column x0 is 'Infinity', but must be a number between",
                "1,2,1e7|line 6, column c1 is '1e7', but must be a number between",
            })
    void rowsThatDoNotFitAreRefused(String row, String message) {
        assertThatThrownBy(() -> read("x0,c0,c1\n" + ROWS + row + "\n"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("data.csv, " + message);
    }

    @Test
    void filesThatAreNoneAreRefusedInOneLine() throws IOException {
        Path missing = folder.resolve("missing.csv");
        assertThatThrownBy(() -> BenchmarkFile.read(missing, TWO, "knapsack"))
                .isInstanceOf(DataException.class)
                .hasMessage("There is no file " + missing + ". Maybe the path is misspelt, or names a folder?");
        assertThatThrownBy(() -> read("")).hasMessageContaining("is empty. Its first line must name the columns.");
        assertThatThrownBy(() -> read("x0,c0,c1\n1,2,3\n"))
                .hasMessageContaining("has 1 rows below the header, but at least 4 are needed");
        assertThatThrownBy(() -> read("x0,c0,c1\n\"1,2,3\n"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("cannot be read as a CSV file")
                .hasMessageNotContaining("\n");
        Path binary = Files.write(folder.resolve("data.bin"), "x0,c0,\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> BenchmarkFile.read(binary, TWO, "knapsack"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Maybe it is not text in UTF-8");
    }

    @Test
    void weightsBesideTheDataMustBeTheTasks() throws IOException {
        String header = String.join(",", new CostColumns("w", 32).names());
        String weights = KnapsackItems.BENCHMARK.weights().stream()
                .map(row -> row.stream().map(String::valueOf).collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n"));
        Path file = write(KnapsackTask.WEIGHTS_FILE, header + "\n" + weights + "\n");
        KnapsackItems.BENCHMARK.requireWeights(file);

        write(KnapsackTask.WEIGHTS_FILE, header + "\n" + weights.replace("7.59", "7.6") + "\n");
        KnapsackTask task = new KnapsackTask(KnapsackItems.BENCHMARK, 4);
        assertThatThrownBy(() -> task.data(folder.resolve("data.csv"), 0))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("line 2, column w3 is 7.6, but the task's item 3 weighs 7.59");

        write(
                KnapsackTask.WEIGHTS_FILE,
                header + "\n" + weights.lines().findFirst().orElseThrow() + "\n");
        assertThatThrownBy(() -> task.data(folder.resolve("data.csv"), 0))
                .hasMessageContaining("has 1 rows of weights, but the task has 2 dimensions");

        write(KnapsackTask.WEIGHTS_FILE, header + "\n" + weights + "\n" + weights + "\n");
        assertThatThrownBy(() -> task.data(folder.resolve("data.csv"), 0))
                .hasMessageContaining("line 4 is one dimension more than the 2 of the task");
    }

    @Test
    void arcsBesideTheDataMustBeTheGrids() throws IOException {
        String arcs = "from,to\n"
                + Grid.FIVE_BY_FIVE.arcs().stream()
                        .map(arc -> arc.from() + "," + arc.to() + "\n")
                        .collect(Collectors.joining());
        Grid.FIVE_BY_FIVE.requireArcs(write(ShortestPathTask.ARCS_FILE, arcs));

        ShortestPathTask task = new ShortestPathTask(Grid.FIVE_BY_FIVE, 4);
        Path data = folder.resolve("data.csv");
        write(ShortestPathTask.ARCS_FILE, arcs.replace("0,5\n", "5,0\n"));
        assertThatThrownBy(() -> task.data(data, 0))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("line 6 is the arc from 5 to 0, but must be that from 0 to 5");
        write(ShortestPathTask.ARCS_FILE, arcs.replace("23,24\n", ""));
        assertThatThrownBy(() -> task.data(data, 0)).hasMessageContaining("ends before the arc from 23 to 24");
        write(ShortestPathTask.ARCS_FILE, arcs + "24,25\n");
        assertThatThrownBy(() -> task.data(data, 0)).hasMessageContaining("line 42 is one arc more than the 40");
    }

    @Test
    void arcsOfTheSharedFolderAreTheGrids() {
        Grid.FIVE_BY_FIVE.requireArcs(SharedFolder.file(ShortestPathTask.ARCS_FILE));
    }

    @Test
    void roundTripsReadTheSameKindOfFile() throws IOException {
        String header = "x0," + String.join(",", new CostColumns("c", 6).names());
        String row = IntStream.range(0, 7).mapToObj(String::valueOf).collect(Collectors.joining(",", "", "\n"));

        TaskData data = new TravellingSalesmanTask(4, 4).data(write("data.csv", header + "\n" + row.repeat(6)), 0);

        assertThat(data.testStart()).isEqualTo(3);
        assertThat(data.parameters().row(5)).containsExactly(1, 2, 3, 4, 5, 6);
    }
}
