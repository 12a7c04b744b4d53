package org.soebm.runtime.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.soebm.runtime.learning.EpochRecord;

/** {@code history.csv}: one row an epoch over all phases; a cell is empty where nothing was measured. */
public final class HistoryFile {
    private static final List<String> HEADER =
            List.of("phase", "epoch", "trainingLoss", "validationTaskLoss", "effectiveSampleSize", "seconds");

    private HistoryFile() {}

    /**
     * Writes the history.
     *
     * @throws java.io.UncheckedIOException when the file cannot be written; nothing is left behind
     */
    public static void write(Path file, List<EpochRecord> history) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (EpochRecord epoch : history) {
            rows.add(Arrays.asList(
                    epoch.phase(),
                    epoch.epoch(),
                    CsvFile.cell(epoch.trainingLoss()),
                    CsvFile.cell(epoch.validationTaskLoss()),
                    CsvFile.cell(epoch.effectiveSampleSize()),
                    CsvFile.cell(epoch.seconds())));
        }
        CsvFile.write(file, HEADER, rows);
    }
}
