package org.soebm.examples.covidbeds;

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
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.soebm.api.task.DataException;

/** One pass over a file of daily states: checks header, cells and the days of each region. */
final class DailyStatesReading {
    /** Half a person for each rounded compartment of either day, and what printed digits lose of large numbers. */
    private static final double POPULATION_TOLERANCE = 10;

    private static final double RELATIVE_POPULATION_TOLERANCE = 1e-6;
    private static final int LONGEST_QUOTE = 40;

    /** A row of the file. */
    private record Row(long line, String day, double[] state) {}

    private final Path file;
    private final CSVParser parser;
    private final Map<String, Integer> columns = new HashMap<>();
    private String dayColumn = DailyStatesCsv.DATE;
    private int width;

    DailyStatesReading(Path file, CSVParser parser) {
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
        if (columns.containsKey(DailyStatesCsv.DATE) == columns.containsKey(DailyStatesCsv.DAY)) {
            throw at("needs a column '" + DailyStatesCsv.DATE + "' (such as 2021-03-31) or a column '"
                    + DailyStatesCsv.DAY + "' (whole numbers), and not both.");
        }
        dayColumn = columns.containsKey(DailyStatesCsv.DATE) ? DailyStatesCsv.DATE : DailyStatesCsv.DAY;
        List<String> needed = new ArrayList<>(List.of(DailyStatesCsv.REGION));
        needed.addAll(Compartment.SYMBOLS);
        String missing = needed.stream()
                .filter(name -> !columns.containsKey(name))
                .map(name -> "'" + name + "'")
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw at("the header has no column " + missing + ". Needed are " + DailyStatesCsv.REGION + ", "
                    + DailyStatesCsv.DATE + " or " + DailyStatesCsv.DAY + ", and "
                    + String.join(", ", Compartment.SYMBOLS) + "; upper and lower case matter.");
        }
    }

    private void addRow(CSVRecord record, Map<String, NavigableMap<Long, Row>> rowsByRegion) {
        if (record.size() != width) {
            throw at("has " + record.size() + " values, but the header has " + width + " columns.");
        }
        String region = cell(record, DailyStatesCsv.REGION);
        if (region.isEmpty()) {
            throw cellProblem(DailyStatesCsv.REGION, "is empty, but must name a region.");
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
            return dayColumn.equals(DailyStatesCsv.DATE) ? LocalDate.parse(text).toEpochDay() : Integer.parseInt(text);
        } catch (DateTimeParseException | NumberFormatException e) {
            throw cellProblem(
                    dayColumn,
                    "is '" + quotable(text) + "', but must be "
                            + (dayColumn.equals(DailyStatesCsv.DATE)
                                    ? "a date such as 2021-03-31."
                                    : "a whole number."));
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
                        + quotable(name) + " has no row between " + quotable(before.day) + " (line " + before.line
                        + ") and " + quotable(row.day) + ". Fill in the missing days.");
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
        return new Region(name, firstDay, rows.values().stream().map(Row::state).toArray(double[][]::new));
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

    /** Text of an untrusted file, fit for one line on a terminal. */
    static String quotable(String text) {
        String visible = text.strip().replaceAll("\\p{C}", "?");
        return visible.length() <= LONGEST_QUOTE ? visible : visible.substring(0, LONGEST_QUOTE) + "…";
    }
}
