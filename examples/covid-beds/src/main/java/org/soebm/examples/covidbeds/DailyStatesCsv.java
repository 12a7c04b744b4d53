package org.soebm.examples.covidbeds;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.soebm.api.task.DataException;

/**
 * Daily states of regions as a CSV file with a header row, in UTF-8: columns {@code region}, {@code date} (such as
 * 2021-03-31) or {@code day} (a whole number), and S, E, Ia, Ip, Im, Is, Hr, Hd, R, D in people. Columns and rows may come
 * in any order; other columns are not looked at. Reading is strict; what does not fit is reported with file, line and
 * column.
 */
final class DailyStatesCsv {
    static final String REGION = "region";
    static final String DATE = "date";
    static final String DAY = "day";

    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setIgnoreEmptyLines(true)
            .setRecordSeparator('\n')
            .get();

    private DailyStatesCsv() {}

    /**
     * Writes regions with their days as numbers, replacing the file if there is one. Numbers read back exactly.
     *
     * @throws UncheckedIOException when the file cannot be written
     */
    static void write(Path file, List<Region> regions) {
        try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
                CSVPrinter printer = new CSVPrinter(writer, FORMAT)) {
            List<String> header = new ArrayList<>(List.of(REGION, DAY));
            header.addAll(Compartment.SYMBOLS);
            printer.printRecord(header);
            for (Region region : regions) {
                for (int t = 0; t < region.days(); t++) {
                    printer.print(region.name());
                    printer.print(region.firstDay() + t);
                    for (double people : region.states()[t]) {
                        printer.print(people);
                    }
                    printer.println();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The daily states cannot be written to " + file + ": " + e, e);
        }
    }

    /**
     * Reads regions, by name.
     *
     * @throws DataException when the file is not as it has to be; the message names line and column
     */
    static List<Region> read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new DataException(
                    "There is no file " + file + " with daily states. Maybe the path is misspelt, or names a folder?");
        }
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            reader.mark(1);
            if (reader.read() != '\uFEFF') { // a byte order mark, as spreadsheets write it
                reader.reset();
            }
            try (CSVParser parser = CSVParser.parse(reader, FORMAT)) {
                return new DailyStatesReading(file, parser).regions();
            }
        } catch (IOException | UncheckedIOException e) {
            throw new DataException(
                    file + " cannot be read as a CSV file: "
                            + DailyStatesReading.quotable(String.valueOf(e.getMessage()))
                            + ". Maybe it is not text in UTF-8, or a quotation mark is not closed?",
                    e);
        }
    }
}
