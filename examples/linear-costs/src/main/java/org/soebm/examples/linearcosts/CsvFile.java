package org.soebm.examples.linearcosts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.soebm.api.task.DataException;

/**
 * A CSV file in UTF-8 with a header row and rows of numbers of at most {@value #LARGEST} either way. Reading is strict; what
 * does not fit is reported with file, line and column.
 */
final class CsvFile {
    /** Beyond it, sums of costs lose their digits, and solvers theirs. */
    static final double LARGEST = 1e6;

    private static final int LONGEST_QUOTE = 40;
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();

    private final Path file;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final List<String> header;

    private CsvFile(Path file, CSVParser parser) {
        this.file = file;
        this.parser = parser;
        records = parser.iterator();
        if (!records.hasNext()) {
            throw new DataException(file + " is empty. Its first line must name the columns.");
        }
        header = records.next().stream().map(String::strip).toList();
    }

    /**
     * Reads a file.
     *
     * @param reading gets the file, its header read already
     * @throws DataException when the file cannot be read, and what the reading throws
     */
    static void read(Path file, Consumer<CsvFile> reading) {
        if (!Files.isRegularFile(file)) {
            throw new DataException("There is no file " + file + ". Maybe the path is misspelt, or names a folder?");
        }
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            reader.mark(1);
            if (reader.read() != '\uFEFF') { // a byte order mark, as spreadsheets write it
                reader.reset();
            }
            try (CSVParser parser = CSVParser.parse(reader, FORMAT)) {
                reading.accept(new CsvFile(file, parser));
            }
        } catch (IOException | UncheckedIOException e) {
            throw new DataException(
                    file + " cannot be read as a CSV file: " + quotable(String.valueOf(e.getMessage()))
                            + ". Maybe it is not text in UTF-8, or a quotation mark is not closed?",
                    e);
        }
    }

    /** The names of the columns. */
    List<String> header() {
        return header;
    }

    /**
     * Checks a stretch of the header.
     *
     * @param from the column where it begins
     * @param why these columns, as a clause
     */
    void requireColumns(int from, List<String> names, String why) {
        for (int i = 0; i < names.size(); i++) {
            String found = from + i < header.size() ? "'" + quotable(header.get(from + i)) + "'" : "missing";
            if (!found.equals("'" + names.get(i) + "'")) {
                throw new DataException(file + ", line 1: column " + (from + i + 1) + " is " + found + ", but must be '"
                        + names.get(i) + "', since " + why + ".");
            }
        }
    }

    /** Checks that the header ends before a column. */
    void requireNoColumn(int from, String why) {
        if (header.size() > from) {
            throw new DataException(file + ", line 1: column " + (from + 1) + " is '" + quotable(header.get(from))
                    + "', but there must be none, since " + why + ".");
        }
    }

    /** Whether there is another row. */
    boolean hasNext() {
        return records.hasNext();
    }

    /** The numbers of the next row, as many as the header has columns. */
    double[] next() {
        CSVRecord record = records.next();
        if (record.size() != header.size()) {
            throw new DataException(
                    at() + " has " + record.size() + " values, but the header has " + header.size() + " columns.");
        }
        double[] values = new double[record.size()];
        for (int c = 0; c < values.length; c++) {
            values[c] = number(record.get(c).strip(), c);
        }
        return values;
    }

    /** File and line, for messages about the row that was read last. */
    String at() {
        return file + ", line " + parser.getCurrentLineNumber();
    }

    private double number(String text, int column) {
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new DataException(cell(text, column) + ", but must be a number.", e);
        }
        if (!(Math.abs(value) <= LARGEST)) {
            throw new DataException(cell(text, column) + ", but must be a number between " + -LARGEST + " and "
                    + LARGEST + ". Maybe measure in a larger unit?");
        }
        return value;
    }

    private String cell(String text, int column) {
        return at() + ", column " + quotable(header.get(column)) + " is '" + quotable(text) + "'";
    }

    /** A cell of an untrusted file, fit for one line on a terminal. */
    private static String quotable(String cell) {
        String visible = cell.replaceAll("\\p{C}", "?");
        return visible.length() <= LONGEST_QUOTE ? visible : visible.substring(0, LONGEST_QUOTE) + "…";
    }
}
