package org.soebm.runtime.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.soebm.api.task.DataException;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;
import org.soebm.runtime.configuration.Configuration;
import org.soebm.runtime.configuration.ConfigurationException;
import org.soebm.runtime.configuration.Key;
import org.soebm.runtime.configuration.RunKeys;
import org.soebm.runtime.data.OddCells;
import org.soebm.runtime.data.Split;
import org.soebm.runtime.experiment.RowSource;
import org.soebm.runtime.objective.Objectives;
import org.soebm.runtime.preprocessing.UnsolvedRowException;
import picocli.CommandLine.Option;

/** Which rows to work on. */
final class TaskRows {
    @Option(
            names = "--data",
            paramLabel = "PATH",
            description = "File or folder that the task reads; without it the task makes data itself.")
    private @Nullable Path source;

    @Option(
            names = "--split",
            paramLabel = "FILE",
            description =
                    "CSV file with the header 'index': a permutation of the first n rows, its first 80%% train and"
                            + " the rest validate; rows after n test. Default: the task's test rows, the others at random.")
    private @Nullable Path splitFile;

    @Option(
            names = "--skip-unsolvable",
            negatable = true,
            description = "Leave rows out that have no optimal decision, instead of stopping.")
    private @Nullable Boolean skipUnsolvable;

    boolean skipUnsolvable() {
        return skipUnsolvable != null && skipUnsolvable;
    }

    /** Takes from a configuration what no option says. */
    void fillFrom(Configuration configuration) {
        String data = configuration.get(RunKeys.DATA);
        if (source == null && data != null) {
            source = path(data, configuration, RunKeys.DATA);
        }
        String split = configuration.get(RunKeys.SPLIT);
        if (splitFile == null && split != null) {
            splitFile = path(split, configuration, RunKeys.SPLIT);
        }
        if (skipUnsolvable == null) {
            skipUnsolvable = configuration.get(RunKeys.SKIP_UNSOLVABLE);
        }
    }

    private static Path path(String text, Configuration configuration, Key<String> key) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new ConfigurationException(
                    configuration.where(key) + ": " + key.name() + " is no path: " + e.getReason() + ".");
        }
    }

    /** Where the rows come from. */
    RowSource source() {
        return new RowSource(source, splitFile, 1);
    }

    /** The failure of a row, with what its owner can do. */
    DataException withAdvice(UnsolvedRowException failure) {
        return new DataException(
                failure.getMessage() + " Fix it in the data, or leave such rows out with --skip-unsolvable.", failure);
    }

    /** Reads or makes the task's data. */
    TaskData data(Task task, long seed) {
        if (source != null && !Files.exists(source)) {
            throw new DataException(
                    "There is no file or folder " + source + " to take data from. Maybe the path is" + " misspelt?");
        }
        TaskData data = task.data(source, seed);
        try {
            Objectives.requireParameters(task.cost(), data.parameters());
            OddCells.requireSinglePrecision(data);
        } catch (DataException e) {
            throw new DataException(
                    "Task " + task.name() + " cannot use " + (source == null ? "its own data" : source) + ": "
                            + e.getMessage(),
                    e);
        }
        return data;
    }

    /** Reads or makes the task's data, and tells of what may be wrong with them. */
    TaskData data(Task task, long seed, PrintWriter err) {
        TaskData data = data(task, seed);
        for (String far : OddCells.far(data)) {
            err.println("Warning: " + far);
        }
        return data;
    }

    Split split(TaskData data, long seed) {
        return splitFile == null ? Split.random(data, seed) : Split.fromFile(splitFile, data);
    }
}
