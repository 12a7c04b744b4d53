package org.soebm.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.soebm.api.task.Table;
import org.soebm.runtime.data.CsvTables;
import org.soebm.runtime.preprocessing.DecisionCache;

/** Rows that can be read, but are odd: what is learned from them all the same, and what is refused. */
class DataFaultsTest {
    private static final int ROWS = 40;

    @TempDir
    Path folder;

    private final double[][] x = new double[ROWS][2];
    private final double[][] y = new double[ROWS][2];
    private Path model;

    @BeforeEach
    void makeRows() {
        System.setProperty(
                DecisionCache.FOLDER_PROPERTY, folder.resolve("cache").toString());
        model = folder.resolve("model");
        Random random = new Random(3);
        for (int row = 0; row < ROWS; row++) {
            for (int i = 0; i < 2; i++) {
                x[row][i] = random.nextGaussian();
                y[row][i] = 5 + x[row][i] + 0.3 * random.nextGaussian();
            }
        }
    }

    @AfterEach
    void restoreTheCache() {
        System.clearProperty(DecisionCache.FOLDER_PROPERTY);
    }

    private CliRun train() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        CsvTables.write(data.resolve("x.csv"), Table.of(List.of("x0", "x1"), x));
        CsvTables.write(data.resolve("y.csv"), Table.of(List.of("y0", "y1"), y));
        return CliRun.of(
                "train",
                "newsvendor",
                "--device",
                "cpu",
                "--epochs",
                "2",
                "--data",
                data.toString(),
                "--out",
                model.toString());
    }

    private void assertLearned(CliRun run) throws IOException {
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonObject metrics = JsonParser.parseString(Files.readString(model.resolve("metrics.json")))
                .getAsJsonObject();
        assertThat(metrics.get("testTaskLoss").getAsDouble()).isFinite();
    }

    private Table decide(String features, String... toldOf) throws IOException {
        Path in = Files.writeString(folder.resolve("in.csv"), features);
        Path out = folder.resolve("a.csv");
        CliRun run =
                CliRun.of("decide", "--model", model.toString(), "--features", in.toString(), "--out", out.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        if (toldOf.length == 0) {
            assertThat(run.err()).doesNotContain("Warning");
        } else {
            assertThat(run.err()).contains(toldOf);
        }
        Table decisions = CsvTables.read(out);
        decisions.forEachRow((row, values) -> assertThat(values[0]).isBetween(0.0, 10.0));
        return decisions;
    }

    @Test
    void aConstantFeatureIsLearnedWithAndAnotherValueOfItIsTold() throws IOException {
        for (double[] row : x) {
            row[0] = 3.5;
        }
        assertLearned(train());
        decide("x0,x1\n3.5,0.25\n");
        decide("x0,x1\n7,0.25\n", "Warning: 1 of 1 rows are far outside", "x0 is 7.0, but was 3.5 to 3.5 in training");
    }

    @Test
    void rowsThatComeTwiceAreLearnedWithAndDecidedAlike() throws IOException {
        for (int row = 0; row < ROWS; row += 2) {
            x[row + 1] = x[row];
            y[row + 1] = y[row];
        }
        assertLearned(train());
        Table decisions = decide("x0,x1\n0.5,0.25\n0.5,0.25\n");
        assertThat(decisions.row(0)).containsExactly(decisions.row(1), within(0.0));
    }

    @Test
    void rowsThatAreAllTheSameAreLearnedWith() throws IOException {
        for (int row = 0; row < ROWS; row++) {
            x[row] = new double[] {1, 2};
            y[row] = new double[] {4, 6};
        }
        assertLearned(train());
        decide("x0,x1\n1,2\n");
    }

    @Test
    void labelsThatNoDecisionCanMeetAreLearnedWithinTheConstraints() throws IOException {
        for (double[] row : y) {
            row[0] -= 20; // a demand below zero
            row[1] += 20; // and one above what can be ordered
        }
        assertLearned(train());
        decide("x0,x1\n0,0\n");
    }

    /** In which column of which row; the last eight are the test rows. */
    @ParameterizedTest
    @CsvSource({"y,0,1e300", "y,39,-1e300", "y,39,1e39", "x,0,1e300", "x,39,-1e300"})
    void aNumberBeyondSinglePrecisionIsRefusedBeforeAnythingIsLearned(String table, int row, double value)
            throws IOException {
        (table.equals("x") ? x : y)[row][1] = value;
        CliRun run = train();
        assertThat(run.exitCode()).isOne();
        assertThat(run.errorLine())
                .contains("Task newsvendor cannot use " + folder.resolve("data"))
                .contains("Row " + row + " (counted from 0), column " + table + "1 is " + value + ", beyond the ")
                .contains("Maybe it stands for a missing value?");
        assertThat(run.err().lines()).as("no work was begun").hasSize(1);
        assertThat(model).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"y,7,1e12", "x,7,-1e12", "y,39,1e30"})
    void aNumberFarFromAllOthersIsTold(String table, int row, double value) throws IOException {
        (table.equals("x") ? x : y)[row][1] = value;
        CliRun run = train();
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("Warning: 1 of 40 rows have numbers far from nearly all others, the first in row " + row
                        + " (counted from 0): " + table + "1 is " + value + ", but half of the rows have ")
                .contains("Maybe it stands for a missing value, or the units differ?");
    }

    @Test
    void ordinaryRowsAreNotToldOf() throws IOException {
        CliRun run = train();
        assertLearned(run);
        assertThat(run.err()).doesNotContain("Warning");
    }
}
