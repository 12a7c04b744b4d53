package org.soebm.examples.covidbeds;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.soebm.api.task.DataException;

/**
 * Daily states of regions as a CSV file with a header row, in UTF-8: columns {@code region}, {@code date} (such as
 * 2021-03-31) or {@code day} (a whole number), and S, E, Ia, Ip, Im, Is, Hr, Hd, R, D in people. Columns and rows may come
 * in any order; other columns are not looked at. Reading is strict; what does not fit is reported with file, line and
 * column.
 */
final class DailyStatesCsv {
    private static final String REGION = "region";
    private static final String DATE = "date";
    private static final String DAY = "day";

    /** Half a person for each rounded compartment of either day, and what printed digits lose of large numbers. */
    private static final double POPULATION_TOLERANCE = 10;

    private static final double RELATIVE_POPULATION_TOLERANCE = 1e-6;
    private static final int LONGEST_QUOTE = 40;

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
            throw new DataException("There is no file " + file
                    + " with daily states. Maybe the path is misspelt, or names" + " a folder?");
        }
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            reader.mark(1);
            if (reader.read() != '\uFEFF') { // a byte order mark, as spreadsheets write it
                reader.reset();
            }
            try (CSVParser parser = CSVParser.parse(reader, FORMAT)) {
                return new Reading(file, parser).regions();
            }
        } catch (IOException | UncheckedIOException e) {
            throw new DataException(
                    file + " cannot be read as a CSV file: " + quotable(String.valueOf(e.getMessage()))
                            + ". Maybe it is not text in UTF-8, or a quotation mark is not closed?",
                    e);
        }
    }

    /** Text of an untrusted file, fit for one line on a terminal. */
    private static String quotable(String text) {
        String visible = text.strip().replaceAll("\\p{C}", "?");
        return visible.length() <= LONGEST_QUOTE ? visible : visible.substring(0, LONGEST_QUOTE) + "…";
    }

    /** A row of the file. */
    private record Row(long line, String day, double[] state) {}

    /** One pass over a file. */
    private static final class Reading {
        private final Path file;
        private final CSVParser parser;
        private final Map<String, Integer> columns = new HashMap<>();
        private String dayColumn = DATE;
        private int width;

        Reading(Path file, CSVParser parser) {
            this.file = file;
            this.parser = parser;
        }

        List<Region> regions() {
            Map<String, NavigableMap<Long, Row>> rowsByRegion = new TreeMap<>();
            for (CSVRecord record : parser) {
                if (columns.isEmpty()) {
                    readHeader(record);
                } else {
                    addRow(record, rowsByRegion);
                }
            }
            if (rowsByRegion.isEmpty()) {
                throw new DataException(file + " has no rows of daily states. It needs a header row and at least "
                        + ForecastWindows.DAYS + " days of a region.");
            }
            List<Region> regions = new ArrayList<>();
            rowsByRegion.forEach((name, rows) -> regions.add(region(name, rows)));
            return regions;
        }

        private void readHeader(CSVRecord header) {
            width = header.size();
            for (int c = 0; c < width; c++) {
                if (columns.put(header.get(c).strip(), c) != null) {
                    throw at("two columns are named '" + quotable(header.get(c)) + "'. Name each once.");
                }
            }
            if (columns.containsKey(DATE) == columns.containsKey(DAY)) {
                throw at("needs a column '" + DATE + "' (such as 2021-03-31) or a column '" + DAY
                        + "' (whole numbers), and not both.");
            }
            dayColumn = columns.containsKey(DATE) ? DATE : DAY;
            List<String> needed = new ArrayList<>(List.of(REGION));
            needed.addAll(Compartment.SYMBOLS);
            String missing = needed.stream()
                    .filter(name -> !columns.containsKey(name))
                    .map(name -> "'" + name + "'")
                    .collect(Collectors.joining(", "));
            if (!missing.isEmpty()) {
                throw at("the header has no column " + missing + ". Needed are " + REGION + ", " + DATE + " or " + DAY
                        + ", and " + String.join(", ", Compartment.SYMBOLS) + "; upper and lower case matter.");
            }
        }

        private void addRow(CSVRecord record, Map<String, NavigableMap<Long, Row>> rowsByRegion) {
            if (record.size() != width) {
                throw at("has " + record.size() + " values, but the header has " + width + " columns.");
            }
            String region = cell(record, REGION);
            if (region.isEmpty()) {
                throw cellProblem(REGION, "is empty, but must name a region.");
            }
            long day = day(record);
            double[] state = new double[Compartment.COUNT];
            for (Compartment compartment : Compartment.values()) {
                state[compartment.index()] = people(record, compartment.symbol());
            }
            if (Compartment.population(state) <= 0) {
                throw at("has nobody in any compartment, but a region needs people.");
            }
            NavigableMap<Long, Row> rows = rowsByRegion.computeIfAbsent(region, name -> new TreeMap<>());
            Row earlier = rows.putIfAbsent(day, new Row(line(), cell(record, dayColumn), state));
            if (earlier != null) {
                throw cellProblem(
                        dayColumn,
                        "is " + quotable(cell(record, dayColumn)) + " for region " + quotable(region) + ", which line "
                                + earlier.line + " has already. Remove one of them.");
            }
        }

        private long day(CSVRecord record) {
            String text = cell(record, dayColumn);
            try {
                return dayColumn.equals(DATE) ? LocalDate.parse(text).toEpochDay() : Integer.parseInt(text);
            } catch (DateTimeParseException | NumberFormatException e) {
                throw cellProblem(
                        dayColumn,
                        "is '" + quotable(text) + "', but must be "
                                + (dayColumn.equals(DATE) ? "a date such as 2021-03-31." : "a whole number."));
            }
        }

        private double people(CSVRecord record, String column) {
            String text = cell(record, column);
            double people;
            try {
                people = Double.parseDouble(text);
            } catch (NumberFormatException e) {
                throw cellProblem(
                        column,
                        text.isEmpty()
                                ? "is empty, but must be a number of people."
                                : "is '" + quotable(text) + "', but must be a number of people.");
            }
            if (!Double.isFinite(people)) {
                throw cellProblem(column, "is " + quotable(text) + ", but must be a finite number of people.");
            }
            if (people < 0) {
                throw cellProblem(column, "is " + quotable(text) + ", but no compartment can have less than 0 people.");
            }
            return people;
        }

        private Region region(String name, NavigableMap<Long, Row> rows) {
            long firstDay = rows.firstKey();
            double population = Compartment.population(rows.firstEntry().getValue().state);
            double tolerance = Math.max(POPULATION_TOLERANCE, RELATIVE_POPULATION_TOLERANCE * population);
            long expected = firstDay;
            Row before = rows.firstEntry().getValue();
            for (Map.Entry<Long, Row> entry : rows.entrySet()) {
                Row row = entry.getValue();
                if (entry.getKey() != expected) {
                    throw new DataException(file + ", line " + row.line + ", column " + dayColumn + ": region "
                            + quotable(name) + " has " + quotable(row.day) + ", but the day before that in the file is "
                            + quotable(before.day) + " (line " + before.line + "). Fill in the days between.");
                }
                double people = Compartment.population(row.state);
                if (Math.abs(people - population) > tolerance) {
                    throw new DataException(file + ", line " + row.line + ": region " + quotable(name) + " has "
                            + people + " people in its compartments, but " + population + " on its first day (line "
                            + rows.firstEntry().getValue().line
                            + "). The compartments of a day must add up to the same population, the dead included.");
                }
                before = row;
                expected++;
            }
            if (rows.size() < ForecastWindows.DAYS) {
                throw new DataException(file + ", line " + rows.firstEntry().getValue().line + ": region "
                        + quotable(name) + " has " + rows.size() + " days, but needs at least " + ForecastWindows.DAYS
                        + ": " + BedSimulator.PAST_DAYS + " that are known and " + BedSimulator.DAYS_AHEAD
                        + " to decide on. Remove the region, or add days.");
            }
            return new Region(
                    name, firstDay, rows.values().stream().map(Row::state).toArray(double[][]::new));
        }

        private String cell(CSVRecord record, String column) {
            Integer index = columns.get(column);
            if (index == null) {
                throw new IllegalStateException("Column " + column + " was not looked for.");
            }
            return record.get(index).strip();
        }

        private DataException cellProblem(String column, String problem) {
            return new DataException(file + ", line " + line() + ", column " + column + " " + problem);
        }

        private DataException at(String problem) {
            return new DataException(file + ", line " + line() + ": " + problem);
        }

        private long line() {
            return parser.getCurrentLineNumber();
        }
    }
}
