package com.example.newsvendor;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.soebm.api.task.DataException;

/**
 * Sales in a CSV file in UTF-8: a header row, then a row a day without gaps. Columns, in any order and among others: {@code date}
 * (2024-12-31), {@code temperature}, {@code holiday} (0 or 1), and for each product {@code bread_price},
 * {@code bread_promoted} (0 or 1) and {@code bread_demand}. Cells are not quoted.
 */
final class SalesCsv {
    private final Path file;
    private final List<String> columns;
    private int line = 1;

    private SalesCsv(Path file, List<String> columns) {
        this.file = file;
        this.columns = columns;
    }

    /**
     * Reads the days.
     *
     * @throws DataException when the file cannot be used; the message names line and column
     */
    static List<SalesDay> read(Path file) {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String header = reader.readLine();
            if (header == null) {
                throw new DataException(file + " is empty. Its first line must name the columns: date, temperature, …");
            }
            return new SalesCsv(file, cells(header)).days(reader);
        } catch (IOException e) {
            throw new DataException(file + " cannot be read as UTF-8 text: " + e + ". Is it a CSV file?", e);
        }
    }

    private List<SalesDay> days(BufferedReader reader) throws IOException {
        List<SalesDay> days = new ArrayList<>();
        for (String text = reader.readLine(); text != null; text = reader.readLine()) {
            line++;
            if (text.isBlank()) {
                continue;
            }
            List<String> cells = cells(text);
            if (cells.size() != columns.size()) {
                throw new DataException(at() + " has " + cells.size() + " cells, but the header has " + columns.size()
                        + ". Maybe a comma within a number?");
            }
            SalesDay day = day(cells);
            if (!days.isEmpty()) {
                LocalDate expected = days.get(days.size() - 1).date().plusDays(1);
                if (!day.date().equals(expected)) {
                    throw new DataException(at() + " is of " + day.date() + ", but must be of " + expected
                            + ": days are in order, without gaps.");
                }
            }
            days.add(day);
        }
        return days;
    }

    private SalesDay day(List<String> cells) {
        int products = NewsvendorTask.PRODUCTS.size();
        double[] prices = new double[products];
        boolean[] promoted = new boolean[products];
        double[] demand = new double[products];
        for (int i = 0; i < products; i++) {
            String product = NewsvendorTask.PRODUCTS.get(i).name();
            prices[i] = number(cells, product + "_price", 0, 1e6);
            promoted[i] = flag(cells, product + "_promoted");
            demand[i] = number(cells, product + "_demand", 0, 1e9);
        }
        return new SalesDay(
                date(cells), number(cells, "temperature", -90, 60), flag(cells, "holiday"), prices, promoted, demand);
    }

    private LocalDate date(List<String> cells) {
        String cell = cell(cells, "date");
        try {
            return LocalDate.parse(cell);
        } catch (DateTimeParseException e) {
            throw new DataException(at() + ", column date is '" + cell + "', but must be a date as 2024-12-31.", e);
        }
    }

    private boolean flag(List<String> cells, String column) {
        String cell = cell(cells, column);
        if (!cell.equals("0") && !cell.equals("1")) {
            throw new DataException(at() + ", column " + column + " is '" + cell + "', but must be 0 or 1.");
        }
        return cell.equals("1");
    }

    private double number(List<String> cells, String column, double low, double high) {
        String cell = cell(cells, column);
        double value;
        try {
            value = Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            throw new DataException(at() + ", column " + column + " is '" + cell + "', but must be a number.", e);
        }
        if (!(value >= low && value <= high)) {
            throw new DataException(at() + ", column " + column + " is " + cell + ", but must lie between " + low
                    + " and " + high + ".");
        }
        return value;
    }

    private String cell(List<String> cells, String column) {
        int index = columns.indexOf(column);
        if (index < 0) {
            throw new DataException(file + " has no column " + column + "; it has " + String.join(", ", columns) + ".");
        }
        return cells.get(index);
    }

    private String at() {
        return file + ", line " + line;
    }

    private static List<String> cells(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }
}
