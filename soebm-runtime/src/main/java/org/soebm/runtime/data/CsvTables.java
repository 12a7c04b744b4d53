package org.soebm.runtime.data;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.soebm.api.task.DataException;
import org.soebm.api.task.Table;

/**
 * Tables as CSV, files or streams: a header row of column names, then rows of finite numbers, in UTF-8. Reading is strict; what
 * does not fit is reported with file, line and column.
 */
public final class CsvTables {
    private static final int MOST_COLUMNS = 1 << 20;
    private static final int MOST_CHARACTERS_A_LINE = 1 << 26; // an unclosed quote would otherwise swallow the file

    private CsvTables() {}

    /**
     * Reads a table.
     *
     * @throws DataException when the file cannot be read as a table of finite numbers
     */
    public static Table read(Path file) {
        return read(file, -1, null);
    }

    /**
     * Reads a table.
     *
     * @param expectation why that number of columns, as a clause; null where any will do
     * @throws DataException when the file has another number of columns or cannot be read as a table of finite numbers
     */
    public static Table read(Path file, int expectedColumns, @Nullable String expectation) {
        TableFiles.requireFile(file);
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString(), expectedColumns, expectation);
        } catch (IOException e) {
            throw new DataException(file + " cannot be read: " + why(e) + ".", e);
        }
    }

    /**
     * Reads a table from a stream, to its end.
     *
     * @param in stays the caller's to close
     * @param name of the stream, for messages
     * @param expectation why that number of columns, as a clause; null where any will do
     * @throws DataException when the stream has another number of columns or is not a table of finite numbers
     */
    public static Table read(InputStream in, String name, int expectedColumns, @Nullable String expectation) {
        BufferedReader reader = new BufferedReader(
                new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder())); // which refuses what is not UTF-8
        try {
            skipByteOrderMark(reader);
            try (CsvReader<CsvRecord> records = CsvReader.builder()
                    .skipEmptyLines(false)
                    .acceptCharsAfterQuotes(false)
                    .maxBufferSize(MOST_CHARACTERS_A_LINE)
                    .build(
                            CsvRecordHandler.builder()
                                    .maxFields(MOST_COLUMNS)
                                    .maxRecordSize(MOST_CHARACTERS_A_LINE)
                                    .build(),
                            reader)) {
                return new Reading(name, records.iterator()).table(expectedColumns, expectation);
            }
        } catch (IOException e) {
            throw new DataException(name + " cannot be read: " + why(e) + ".", e);
        }
    }

    /**
     * Writes a table, replacing the file if there is one. Numbers read back exactly.
     *
     * @throws UncheckedIOException when the file cannot be written; nothing is left behind
     */
    public static void write(Path file, Table table) {
        AtomicFiles.write(file, out -> {
            CsvWriter writer =
                    CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out, StandardCharsets.UTF_8);
            write(writer, table);
            writer.flush();
        });
    }

    /**
     * Writes a table to a stream of characters. Numbers read back exactly.
     *
     * @param out stays the caller's to close
     */
    public static void write(Writer out, Table table) throws IOException {
        CsvWriter writer = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
        write(writer, table);
        writer.flush();
    }

    private static void write(CsvWriter writer, Table table) {
        writer.writeRecord(table.columns());
        String[] cells = new String[table.width()];
        table.forEachRow((r, values) -> {
            Arrays.setAll(cells, c -> Double.toString(values[c]));
            writer.writeRecord(cells);
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
        private final String file;
        private final Iterator<CsvRecord> records;
        private long line = 1;

        Reading(String file, Iterator<CsvRecord> records) {
            this.file = file;
            this.records = records;
        }

        /** The next line, or more than one where a line break is quoted. */
        private CsvRecord next() {
            CsvRecord record = records.next();
            line = record.getStartingLineNumber();
            return record;
        }

        Table table(int expectedColumns, @Nullable String expectation) throws IOException {
            try {
                if (!records.hasNext()) {
                    throw new DataException(file + " is empty, but must have a header row and at least one row.");
                }
                List<String> columns = columns(next());
                TableFiles.requireColumns(file, columns.size(), expectedColumns, expectation);
                Table table = rows(columns);
                if (table.rows() == 0) {
                    throw new DataException(file + " has a header row, but no row of numbers below it.");
                }
                return table;
            } catch (UncheckedIOException e) { // how the iterator reports what the file system says
                IOException cause = Objects.requireNonNull(e.getCause());
                throw new DataException(file + ", after line " + line + ", cannot be read: " + why(cause) + ".", cause);
            } catch (CsvParseException e) {
                String reason = (e.getCause() != null ? e.getCause() : e).getMessage();
                throw new DataException(
                        file + ", after line " + line + ", is not CSV: " + reason + ". Maybe a quote is missing?", e);
            }
        }

        private List<String> columns(CsvRecord header) {
            List<String> columns =
                    header.getFields().stream().map(String::strip).toList();
            Set<String> seen = new HashSet<>();
            for (int c = 0; c < columns.size(); c++) {
                String name = columns.get(c);
                if (name.indexOf('\0') >= 0) { // UTF-16 without a mark is UTF-8 with a zero in every character
                    throw new DataException(file + ", line " + line + ": the name of column " + (c + 1)
                            + " has NUL characters in it. Maybe the file is in UTF-16? Save it again as UTF-8.");
                }
                if (name.isEmpty()) {
                    throw new DataException(file + ", line " + line + ": column " + (c + 1) + " of " + columns.size()
                            + " has no name. Name every column in the first line.");
                }
                if (isBroken(name)) {
                    throw new DataException(file + ", line " + line + ": the name of column " + (c + 1)
                            + " goes over several lines. Maybe a quote is missing?");
                }
                if (!seen.add(name)) {
                    throw new DataException(file + ", line " + line + ": two columns are named " + name
                            + ". Give every column a name of its own.");
                }
            }
            // Counted columns (0,1,2,…) are fine; a row of measurements means that the header is missing.
            if (columns.stream().allMatch(Reading::isNumber)
                    && !columns.stream().allMatch(name -> name.chars().allMatch(Character::isDigit))) {
                throw new DataException(file + ", line " + line + ": the first line holds numbers, but must hold"
                        + " the names of the columns. Maybe the header row is missing?");
            }
            return columns;
        }

        private Table rows(List<String> columns) {
            Table.Builder rows = Table.builder(columns);
            double[] row = new double[columns.size()];
            long blankLine = -1;
            while (records.hasNext()) {
                CsvRecord record = next();
                if (record.getFieldCount() == 1 && record.getField(0).isBlank()) {
                    blankLine = blankLine < 0 ? line : blankLine; // fine at the end only
                    continue;
                }
                if (blankLine >= 0) {
                    throw new DataException(file + ", line " + blankLine + " is blank, but rows follow it."
                            + " Remove the line or fill it in.");
                }
                if (record.getFieldCount() != row.length) {
                    throw new DataException(file + ", line " + line + " has " + record.getFieldCount()
                            + " values, but the header has " + columns.size() + " columns.");
                }
                for (int c = 0; c < row.length; c++) {
                    row[c] = number(record.getField(c), columns.get(c));
                }
                rows.add(row);
            }
            return rows.build();
        }

        private double number(String cell, String column) {
            String text = cell.strip();
            if (text.isEmpty()) {
                throw cell(column, "is empty, but must be a number. Fill it in or remove the row.");
            }
            if (isBroken(cell)) {
                throw cell(column, "goes over several lines, but must be a number. Maybe a quote is missing?");
            }
            double value = parse(text);
            if (Double.isNaN(value) && !text.endsWith("NaN")) {
                throw cell(column, "is '" + text + "', but must be a number.");
            }
            if (!Double.isFinite(value)) {
                throw cell(column, "is " + text + ", but must be a finite number. Fix it or remove the row.");
            }
            return value;
        }

        private DataException cell(String column, String problem) {
            return new DataException(file + ", line " + line + ", column " + column + " " + problem);
        }

        private static boolean isBroken(String cell) {
            return cell.indexOf('\n') >= 0 || cell.indexOf('\r') >= 0;
        }

        private static boolean isNumber(String text) {
            return text.endsWith("NaN") || !Double.isNaN(parse(text));
        }

        /** As Java reads a double, without the letters that only Java's own literals have; NaN where it does not. */
        private static double parse(String text) {
            if ("dDfF".indexOf(text.charAt(text.length() - 1)) >= 0
                    || text.indexOf('x') >= 0
                    || text.indexOf('X') >= 0) {
                return Double.NaN;
            }
            try {
                return JavaDoubleParser.parseDouble(text);
            } catch (NumberFormatException e) {
                return Double.NaN;
            }
        }
    }
}
