package org.soebm.runtime.data;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.soebm.api.task.DataException;
import org.soebm.api.task.Table;

/**
 * Tables as CSV files: a header row of column names, then rows of finite numbers, in UTF-8. Reading is strict; what
 * does not fit is reported with file, line and column.
 */
public final class CsvTables {
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setIgnoreEmptyLines(false)
            .setRecordSeparator('\n')
            .get();

    private CsvTables() {}

    /**
     * Reads a table.
     *
     * @throws DataException when the file cannot be read as a table of finite numbers
     */
    public static Table read(Path file) {
        return readTable(file, -1, null);
    }

    /**
     * Reads a table whose number of columns is known.
     *
     * @param expectation why that number, as a clause, e.g. "task power-scheduling has 24 uncertain parameters"
     * @throws DataException when the file has another number of columns or cannot be read as a table of finite numbers
     */
    public static Table read(Path file, int expectedColumns, String expectation) {
        return readTable(file, expectedColumns, expectation);
    }

    private static Table readTable(Path file, int expectedColumns, @Nullable String expectation) {
        if (Files.isDirectory(file)) {
            throw new DataException(file + " is a folder, but a CSV file is needed.");
        }
        if (!Files.exists(file)) {
            throw new DataException("There is no file " + file + ". Maybe the path is misspelt?");
        }
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            skipByteOrderMark(reader);
            try (CSVParser parser = CSVParser.parse(reader, FORMAT)) {
                return new Reading(file, parser).table(expectedColumns, expectation);
            }
        } catch (IOException e) {
            throw new DataException(file + " cannot be read: " + why(e) + ".", e);
        }
    }

    /**
     * Writes a table, replacing the file if there is one. Numbers read back exactly.
     *
     * @throws UncheckedIOException when the file cannot be written; nothing is left behind
     */
    public static void write(Path file, Table table) {
        AtomicFiles.write(file, out -> {
            BufferedWriter writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            CSVPrinter printer = new CSVPrinter(writer, FORMAT);
            printer.printRecord(table.columns());
            for (int r = 0; r < table.rows(); r++) {
                for (int c = 0; c < table.width(); c++) {
                    printer.print(table.get(r, c));
                }
                printer.println();
            }
            printer.flush();
        });
    }

    private static void skipByteOrderMark(BufferedReader reader) throws IOException {
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
    }

    private static String why(IOException failure) {
        return failure instanceof CharacterCodingException
                ? "it is not text in UTF-8; save it again with that encoding"
                : AtomicFiles.reason(failure);
    }

    /** One pass over a file. */
    private static final class Reading {
        private final Path file;
        private final CSVParser parser;

        Reading(Path file, CSVParser parser) {
            this.file = file;
            this.parser = parser;
        }

        Table table(int expectedColumns, @Nullable String expectation) throws IOException {
            try {
                Iterator<CSVRecord> records = parser.iterator();
                if (!records.hasNext()) {
                    throw new DataException(file + " is empty, but must have a header row and at least one row.");
                }
                List<String> columns = columns(records.next());
                if (expectation != null && columns.size() != expectedColumns) {
                    throw new DataException(file + " has " + columns.size() + " columns, but " + expectation
                            + ". Maybe a header column is missing?");
                }
                List<double[]> rows = rows(records, columns);
                if (rows.isEmpty()) {
                    throw new DataException(file + " has a header row, but no row of numbers below it.");
                }
                return Table.of(columns, rows.toArray(double[][]::new));
            } catch (UncheckedIOException e) { // how the parser's iterator reports what the file system says
                IOException cause = Objects.requireNonNull(e.getCause());
                throw new DataException(
                        file + ", near line " + line() + ", cannot be read: " + why(cause) + ".", cause);
            }
        }

        private List<String> columns(CSVRecord header) {
            List<String> columns = header.stream().map(String::strip).toList();
            Set<String> seen = new HashSet<>();
            for (int c = 0; c < columns.size(); c++) {
                String name = columns.get(c);
                if (name.isEmpty()) {
                    throw new DataException(file + ", line " + line() + ": column " + (c + 1) + " of " + columns.size()
                            + " has no name. Name every column in the first line.");
                }
                if (!seen.add(name)) {
                    throw new DataException(file + ", line " + line() + ": two columns are named " + name
                            + ". Give every column a name of its own.");
                }
            }
            // Counted columns (0,1,2,…) are fine; a row of measurements means that the header is missing.
            if (columns.stream().allMatch(Reading::isNumber)
                    && !columns.stream().allMatch(name -> name.chars().allMatch(Character::isDigit))) {
                throw new DataException(file + ", line " + line() + ": the first line holds numbers, but must hold"
                        + " the names of the columns. Maybe the header row is missing?");
            }
            return columns;
        }

        private List<double[]> rows(Iterator<CSVRecord> records, List<String> columns) {
            List<double[]> rows = new ArrayList<>();
            long blankLine = -1;
            while (records.hasNext()) {
                CSVRecord record = records.next();
                if (record.size() == 1 && record.get(0).isBlank()) {
                    blankLine = blankLine < 0 ? line() : blankLine; // fine at the end only
                    continue;
                }
                if (blankLine >= 0) {
                    throw new DataException(file + ", line " + blankLine + " is blank, but rows follow it."
                            + " Remove the line or fill it in.");
                }
                if (record.size() != columns.size()) {
                    throw new DataException(file + ", line " + line() + " has " + record.size()
                            + " values, but the header has " + columns.size() + " columns.");
                }
                double[] row = new double[columns.size()];
                for (int c = 0; c < row.length; c++) {
                    row[c] = number(record.get(c), columns.get(c));
                }
                rows.add(row);
            }
            return rows;
        }

        private double number(String cell, String column) {
            if (cell.isBlank()) {
                throw cell(column, "is empty, but must be a number. Fill it in or remove the row.");
            }
            if (!isNumber(cell)) {
                throw cell(column, "is '" + cell.strip() + "', but must be a number.");
            }
            double value = Double.parseDouble(cell);
            if (!Double.isFinite(value)) {
                throw cell(column, "is " + cell.strip() + ", but must be a finite number. Fix it or remove the row.");
            }
            return value;
        }

        private DataException cell(String column, String problem) {
            return new DataException(file + ", line " + line() + ", column " + column + " " + problem);
        }

        /** Whether Java reads it as a double, without the letters that only Java's own literals have. */
        private static boolean isNumber(String cell) {
            String text = cell.strip();
            if (text.isEmpty()
                    || "dDfF".indexOf(text.charAt(text.length() - 1)) >= 0
                    || text.indexOf('x') >= 0
                    || text.indexOf('X') >= 0) {
                return false;
            }
            try {
                Double.parseDouble(text);
                return true;
            } catch (NumberFormatException e) {
                return false;
            }
        }

        private long line() {
            return parser.getCurrentLineNumber();
        }
    }
}
