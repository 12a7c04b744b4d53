package org.soebm.examples.powerscheduling;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;
import org.soebm.api.task.DataException;

/**
 * Reads the published load data: a folder with two text files, one hour a line, three columns between blanks.
 *
 * <pre>
 *  1.19916720e+09 1.47734500e+00 3.53850000e+01     unix time, load, temperature
 * </pre>
 */
final class PjmReader {

    private static final List<String> FILES = List.of("pjm_load_data_2008-11.txt", "pjm_load_data_2012-16.txt");
    private static final String ORIGIN = "github.com/locuslab/e2e-model-learning, folder power_sched";

    private static final String REMEDY =
            "For a missing value leave out the line: the hour is filled from its neighbours.";

    private static final int LONGEST_QUOTE = 40;
    private static final double SECONDS_PER_HOUR = 3600;
    private static final double YEAR_2100 = 4_102_444_800.0;

    private static final List<Column> COLUMNS = List.of(
            new Column(
                    "unix time",
                    time -> time >= 0 && time < YEAR_2100 && time % SECONDS_PER_HOUR == 0,
                    "a whole hour between 1970 and 2100, in seconds since 1970. Maybe it is in milliseconds?"),
            new Column(
                    "load",
                    load -> load > 0 && load <= 100,
                    "above 0 and at most 100. Maybe it is in megawatts? " + REMEDY),
            new Column(
                    "temperature",
                    temperature -> Math.abs(temperature) <= 200,
                    "between -200 and 200 °F. Maybe the number stands for a missing value? " + REMEDY));

    private PjmReader() {}

    /**
     * @return one series a file, the earlier one first
     * @throws DataException if the folder, a file, a line or a cell is not what it should be
     */
    static List<LoadSeries> read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new DataException("The load data (%s) are not a folder. Pass the folder that holds %s, from %s."
                    .formatted(folder, String.join(" and ", FILES), ORIGIN));
        }
        return FILES.stream().map(name -> readFile(folder.resolve(name))).toList();
    }

    private static LoadSeries readFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new DataException("The load file (%s) is missing. It is published at %s.".formatted(file, ORIGIN));
        }
        List<LoadRecord> records = new ArrayList<>();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            int number = 0;
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                number++;
                if (!text.isBlank()) {
                    records.add(new Line(file, number, text).toRecord());
                }
            }
        } catch (IOException e) {
            throw new DataException(
                    "The load file (%s) cannot be read as text: %s. Maybe it is compressed, or not yours to read?"
                            .formatted(file, e),
                    e);
        }
        return new LoadSeries("load file (%s)".formatted(file), records);
    }

    private record Line(Path file, int number, String text) {

        LoadRecord toRecord() {
            String[] cells = text.strip().split("\\s+", -1);
            if (cells.length != COLUMNS.size()) {
                throw new DataException(
                        "%s has %d columns, but needs 3 between blanks: unix time, load, temperature. %s"
                                .formatted(this, cells.length, REMEDY));
            }
            double[] values = new double[cells.length];
            for (int i = 0; i < cells.length; i++) {
                values[i] = number(cells[i], i);
            }
            return new LoadRecord(Instant.ofEpochSecond((long) values[0]), values[1], values[2]);
        }

        private double number(String cell, int index) {
            Column column = COLUMNS.get(index);
            double value;
            try {
                value = Double.parseDouble(cell);
            } catch (NumberFormatException e) {
                throw new DataException(
                        "%s, column %d (%s) holds '%s', which is not a number. %s"
                                .formatted(this, index + 1, column.name, quotable(cell), REMEDY),
                        e);
            }
            if (!column.allows.test(value)) {
                throw new DataException("%s, column %d (%s) holds '%s', but should be %s"
                        .formatted(this, index + 1, column.name, quotable(cell), column.expected));
            }
            return value;
        }

        @Override
        public String toString() {
            return "The load file (%s), line %d".formatted(file, number);
        }
    }

    /** What a column's values have to be. */
    private record Column(String name, DoublePredicate allows, String expected) {}

    /** A cell of an untrusted file, fit for one line on a terminal. */
    private static String quotable(String cell) {
        String visible = cell.replaceAll("\\p{C}", "?");
        return visible.length() <= LONGEST_QUOTE ? visible : visible.substring(0, LONGEST_QUOTE) + "…";
    }
}
