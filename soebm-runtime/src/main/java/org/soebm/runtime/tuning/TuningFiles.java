package org.soebm.runtime.tuning;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.soebm.runtime.data.AtomicFiles;
import org.soebm.runtime.experiment.PlanConfiguration;
import org.soebm.runtime.experiment.ValidationExperiment;
import org.soebm.runtime.report.CsvFile;

/** What a search leaves for people: {@code trials.csv}, a line a trial, and {@code best.yaml}, by which to train. */
public final class TuningFiles {
    private static final String TRIALS = "trials.csv";

    /** The configuration of the best trial. */
    public static final String BEST = "best.yaml";

    /** Their names. */
    public static final List<String> NAMES = List.of(TRIALS, BEST);

    private TuningFiles() {}

    /**
     * Writes them into a folder; the configuration where a trial did not fail.
     *
     * @throws java.io.UncheckedIOException when one cannot be written
     */
    public static void write(Path folder, ValidationExperiment experiment, SearchSpace space, Tuning tuning) {
        writeTrials(folder.resolve(TRIALS), space, tuning);
        Trial best = tuning.best();
        if (best == null) {
            return;
        }
        String command = "  soebm train " + experiment.plan().task().name() + " --config ";
        AtomicFiles.writeText(
                folder.resolve(BEST),
                PlanConfiguration.text(
                        List.of(
                                String.format(
                                        Locale.ROOT,
                                        "Trial %d, the best of %d: task loss %.4g on the validation rows.",
                                        best.number(),
                                        tuning.trials().size(),
                                        best.taskLoss()),
                                "It was chosen by these rows, so it does worse on others. What it is worth on test rows tells",
                                command + folder.resolve(BEST)),
                        experiment.plan().withHyperParameters(space.at(best.number())),
                        experiment.method().name(),
                        experiment.solver(),
                        experiment.device()));
    }

    private static void writeTrials(Path file, SearchSpace space, Tuning tuning) {
        List<String> header = new ArrayList<>(List.of("trial"));
        header.addAll(space.names());
        header.addAll(List.of("validationTaskLoss", "effectiveSampleSize", "seconds", "failure"));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Trial trial : tuning.trials()) {
            List<@Nullable Object> cells = new ArrayList<>();
            cells.add(trial.number());
            cells.addAll(trial.values().values());
            cells.add(CsvFile.cell(trial.taskLoss()));
            cells.add(CsvFile.cell(trial.effectiveSampleSize()));
            cells.add(CsvFile.cell(trial.seconds()));
            cells.add(trial.failure());
            rows.add(cells);
        }
        CsvFile.write(file, header, rows);
    }
}
