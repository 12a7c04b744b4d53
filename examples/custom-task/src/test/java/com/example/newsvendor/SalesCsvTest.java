package com.example.newsvendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.soebm.api.task.DataException;
import org.soebm.api.task.TaskData;

class SalesCsvTest {
    @TempDir
    Path folder;

    @Test
    void whatWasSimulatedIsReadBack() throws IOException {
        List<SalesDay> days = new SalesSimulation(7).days(30);
        TaskData read = new NewsvendorTask().data(write(lines(days)), 0);
        TaskData direct = SalesFeatures.rows(days, "");
        assertThat(read.features().columns()).isEqualTo(direct.features().columns());
        for (int row = 0; row < direct.rows(); row++) {
            assertThat(read.features().row(row)).isEqualTo(direct.features().row(row));
            assertThat(read.parameters().row(row)).isEqualTo(direct.parameters().row(row));
        }
        assertThat(read.rows()).isEqualTo(23);
        assertThat(read.testStart()).isEqualTo(18);
    }

    @Test
    void featuresOfARowAreKnownTheDayBefore() {
        List<SalesDay> days = new SalesSimulation(7).days(30);
        TaskData data = SalesFeatures.rows(days, "");
        int yesterday = data.features().columns().indexOf("demand yesterday cake");
        int weekAgo = data.features().columns().indexOf("demand a week ago cake");
        int wednesday = data.features().columns().indexOf("is WEDNESDAY");
        assertThat(days.get(7).date()).isEqualTo(LocalDate.of(2020, 1, 8)); // a Wednesday
        assertThat(data.features().get(0, wednesday)).isOne();
        assertThat(data.features().get(5, yesterday)).isEqualTo(days.get(11).demand()[3]);
        assertThat(data.features().get(5, weekAgo)).isEqualTo(days.get(5).demand()[3]);
        assertThat(data.parameters().get(5, 3)).isEqualTo(days.get(12).demand()[3]);
    }

    @ParameterizedTest
    @CsvSource({
        "rolls_price, -1, 'line 6, column rolls_price is -1, but must lie between 0.0'",
        "rolls_price, NaN, 'line 6, column rolls_price is NaN, but must lie between 0.0'",
        "rolls_price, cheap, 'line 6, column rolls_price is ''cheap'', but must be a number'",
        "cake_promoted, yes, 'line 6, column cake_promoted is ''yes'', but must be 0 or 1'",
        "date, 8.1.2020, 'line 6, column date is ''8.1.2020'', but must be a date as 2024-12-31'",
        "date, 2020-02-01, 'line 6 is of 2020-02-01, but must be of 2020-01-05'",
        "holiday, '0,1', 'line 6 has 19 cells, but the header has 18'"
    })
    void aBadCellIsNamed(String column, String value, String message) throws IOException {
        List<String> lines = new ArrayList<>(lines(new SalesSimulation(7).days(30)));
        String[] cells = lines.get(5).split(",");
        cells[List.of(lines.get(0).split(",")).indexOf(column)] = value;
        lines.set(5, String.join(",", cells));
        Path file = write(lines);
        assertThatThrownBy(() -> SalesCsv.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
    }

    @Test
    void aMissingColumnAnEmptyFileAMissingOneAndTooFewDaysAreNamed() throws IOException {
        List<String> lines = lines(new SalesSimulation(7).days(13));
        Path few = write(lines);
        assertThatThrownBy(() -> new NewsvendorTask().data(few, 0)).hasMessageContaining("There are 13 days");
        lines.set(0, lines.get(0).replace("bread_demand", "bread"));
        Path renamed = write(lines);
        assertThatThrownBy(() -> SalesCsv.read(renamed))
                .hasMessageContaining("has no column bread_demand; it has date");
        Path empty = write(List.of());
        assertThatThrownBy(() -> SalesCsv.read(empty)).hasMessageContaining("is empty");
        assertThatThrownBy(() -> SalesCsv.read(folder.resolve("none.csv")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("none.csv");
    }

    private Path write(List<String> lines) throws IOException {
        return Files.write(folder.resolve("sales.csv"), lines);
    }

    private static List<String> lines(List<SalesDay> days) {
        List<String> lines = new ArrayList<>();
        lines.add("date,temperature,holiday,"
                + NewsvendorTask.PRODUCTS.stream()
                        .map(p -> p.name() + "_price," + p.name() + "_promoted," + p.name() + "_demand")
                        .collect(Collectors.joining(",")));
        for (SalesDay day : days) {
            StringBuilder line = new StringBuilder(day.date() + "," + day.temperature() + "," + flag(day.holiday()));
            for (int i = 0; i < day.prices().length; i++) {
                line.append(",%s,%s,%s".formatted(day.prices()[i], flag(day.promoted()[i]), day.demand()[i]));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private static String flag(boolean value) {
        return value ? "1" : "0";
    }
}
