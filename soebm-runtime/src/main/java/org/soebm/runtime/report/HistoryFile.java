package org.soebm.runtime.report;

import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.soebm.runtime.data.AtomicFiles;
import org.soebm.runtime.learning.EpochRecord;

/** {@code history.csv}: one row an epoch over all phases; a cell is empty where nothing was measured. */
public final class HistoryFile {
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setRecordSeparator('\n')
            .setHeader("phase", "epoch", "trainingLoss", "validationTaskLoss", "effectiveSampleSize", "seconds")
            .get();

    private HistoryFile() {}

    /**
     * Writes the history.
     *
     * @throws java.io.UncheckedIOException when the file cannot be written; nothing is left behind
     */
    public static void write(Path file, List<EpochRecord> history) {
        AtomicFiles.write(file, out -> {
            BufferedWriter writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            CSVPrinter printer = new CSVPrinter(writer, FORMAT);
            for (EpochRecord epoch : history) {
                printer.printRecord(
                        epoch.phase(),
                        epoch.epoch(),
                        cell(epoch.trainingLoss()),
                        cell(epoch.validationTaskLoss()),
                        cell(epoch.effectiveSampleSize()),
                        cell(epoch.seconds()));
            }
            printer.flush();
        });
    }

    private static @Nullable Double cell(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
