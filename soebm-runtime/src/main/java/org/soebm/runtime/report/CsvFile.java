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

/** CSV files of results, of texts and numbers: a header, then a line a row, with an empty cell for what does not exist. */
public final class CsvFile {
    private CsvFile() {}

    /**
     * Writes or replaces a file.
     *
     * @throws java.io.UncheckedIOException when it cannot be written; nothing is left behind
     */
    public static void write(Path file, List<String> header, List<List<@Nullable Object>> rows) {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setRecordSeparator('\n')
                .setHeader(header.toArray(String[]::new))
                .get();
        AtomicFiles.write(file, out -> {
            CSVPrinter printer =
                    new CSVPrinter(new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)), format);
            for (List<@Nullable Object> row : rows) {
                printer.printRecord(row);
            }
            printer.flush();
        });
    }

    /** A number, or null where it is none. */
    public static @Nullable Double cell(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
