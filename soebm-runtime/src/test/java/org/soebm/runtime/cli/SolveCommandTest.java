package org.soebm.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.soebm.api.task.Table;
import org.soebm.runtime.data.CsvTables;

class SolveCommandTest {
    @TempDir
    Path folder;

    private Path parameters;
    private Path out;

    @BeforeEach
    void nameFiles() {
        parameters = folder.resolve("y.csv");
        out = folder.resolve("a.csv");
    }

    private CliRun solve(String task, String... more) {
        String[] args = {"solve", task, "--parameters", parameters.toString(), "--out", out.toString()};
        String[] all = Arrays.copyOf(args, args.length + more.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return CliRun.of(all);
    }

    @Test
    void everyRowGetsItsDecisionsAndNothingElse() throws IOException {
        Files.writeString(parameters, "y0,y1\n2.5,3\n12,-1\n");
        CliRun run = solve("newsvendor");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err().lines()).hasSize(2).allMatch(line -> line.startsWith("Solving 2 rows with coordinate"));
        Table decisions = CsvTables.read(out);
        assertThat(decisions.columns()).containsExactly("a0", "a1");
        assertThat(decisions.row(0)).containsExactly(new double[] {2.5, 3}, within(1e-6));
        assertThat(decisions.row(1)).containsExactly(new double[] {10, 0}, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'y0,y1\n1,x\n'|line 2, column y1 is 'x', but must be a number",
                "'y0,y1\n1,2\n3,NaN\n'|line 3, column y1 is NaN",
                "'y0\n1\n'|has 1 columns, but task newsvendor has 2 uncertain parameters",
                "'y0,y1\n1\n'|line 2 has 1 values"
            })
    void badNumbersAreNamedAndNothingIsWritten(String content, String problem) throws IOException {
        Files.writeString(parameters, content);
        CliRun run = solve("newsvendor");
        assertThat(run.exitCode()).isOne();
        assertThat(run.errorLine()).contains(parameters.toString(), problem);
        assertThat(Files.list(folder)).containsExactly(parameters);
    }

    @Test
    void aMissingFileAndAMissingFolderAreNamed() throws IOException {
        CliRun missing = solve("newsvendor");
        assertThat(missing.exitCode()).isOne();
        assertThat(missing.errorLine()).contains("There is no file " + parameters);
        Files.writeString(parameters, "y0,y1\n1,2\n");
        out = folder.resolve("none/a.csv");
        CliRun unwritable = solve("newsvendor");
        assertThat(unwritable.exitCode()).isOne();
        assertThat(unwritable.errorLine()).contains("Cannot write " + out, "there is no folder");
        assertThat(unwritable.err()).as("not even started").doesNotContain("Solving");
    }

    @Test
    void anUnknownTaskOrSolverIsWrongUsageAndTheKnownOnesAreListed() {
        CliRun task = solve("knapsack");
        assertThat(task.exitCode()).isEqualTo(2);
        assertThat(task.errorLine()).contains("no task named knapsack", "newsvendor");
        CliRun solver = solve("newsvendor", "--solver", "abacus");
        assertThat(solver.exitCode()).isEqualTo(2);
        assertThat(solver.errorLine()).contains("no solver named abacus", "coordinate");
    }

    @Test
    void aRowWithoutASolutionIsNamedAndNothingIsWritten() throws IOException {
        Files.writeString(parameters, "y0\n1\n-1\n");
        CliRun run = solve("unbounded-price");
        assertThat(run.exitCode()).isOne();
        assertThat(run.errorLine())
                .contains(parameters.toString(), "row 1 (counted from 0", "UNBOUNDED", "Nothing was written");
        assertThat(Files.list(folder)).containsExactly(parameters);
    }
}
