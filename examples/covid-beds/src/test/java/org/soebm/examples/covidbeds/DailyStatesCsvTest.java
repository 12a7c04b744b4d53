package org.soebm.examples.covidbeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.soebm.api.task.DataException;
import org.soebm.api.task.Table;
import org.soebm.api.task.TaskData;

class DailyStatesCsvTest {
    private static final String HEADER = "region,date,S,E,Ia,Ip,Im,Is,Hr,Hd,R,D";
    private static final String PEOPLE = "900000,500,400,200,800,40,60,10,97980,10";
    private static final LocalDate FIRST = LocalDate.of(2021, 3, 1);

    @TempDir
    Path folder;

    /** 30 days of a region, in lines 2 to 31. */
    private static List<String> fineLines() {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        for (int t = 0; t < 30; t++) {
            lines.add("north," + FIRST.plusDays(t) + "," + PEOPLE);
        }
        return lines;
    }

    private Path write(List<String> lines) throws IOException {
        return Files.writeString(folder.resolve("states.csv"), String.join("\n", lines) + "\n");
    }

    @Test
    void simulatedRegionsReadBackAsTheSameRows() {
        List<Region> all = RegionalEpidemics.generate(7);
        List<Region> some = new ArrayList<>(all.subList(0, 8));
        some.addAll(all.subList(RegionalEpidemics.TRAINING_REGIONS, RegionalEpidemics.TRAINING_REGIONS + 2));
        Path file = folder.resolve("simulated.csv");
        DailyStatesCsv.write(file, some);

        TaskData read = CovidBedsTask.unlimited().data(file, 0);

        TaskData simulated = ForecastWindows.of(some).rows("");
        assertThat(read.description()).isEqualTo("daily states of 10 regions in " + file);
        assertThat(read.testStart()).isEqualTo(simulated.testStart()).isEqualTo(8 * 13);
        assertSame(read.features(), simulated.features());
        assertSame(read.parameters(), simulated.parameters());
        assertSame(read.observed(), simulated.observed());
    }

    private static void assertSame(Table actual, Table expected) {
        assertThat(actual.columns()).isEqualTo(expected.columns());
        assertThat(actual.rows()).isEqualTo(expected.rows());
        for (int row = 0; row < actual.rows(); row++) {
            assertThat(actual.row(row)).containsExactly(expected.row(row));
        }
    }

    @Test
    void readsColumnsAndRowsInAnyOrder() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int t = 0; t < 28; t++) {
            lines.add("1,0.5,2,\"3,\",4,5,6,7,8,9,1000," + t + ", west ");
            lines.add("1,0.5,2,x,4,5,6,7,8,9,1000," + (t + 5) + ",east");
        }
        Collections.shuffle(lines, new Random(1));
        lines.add(0, "\uFEFFD,R,Hd,note,Hr,Is,Im,Ip,Ia,E,S,day,region");

        List<Region> regions = DailyStatesCsv.read(write(lines));

        assertThat(regions).extracting(Region::name).containsExactly("east", "west");
        assertThat(regions).extracting(Region::firstDay).containsExactly(5L, 0L);
        assertThat(regions).extracting(Region::days).containsExactly(28, 28);
        assertThat(regions.get(0).states()[27]).containsExactly(1000, 9, 8, 7, 6, 5, 4, 2, 0.5, 1);
    }

    @Test
    void datesAreDaysOfTheCalendar() throws IOException {
        assertThat(DailyStatesCsv.read(write(fineLines())).get(0).firstDay()).isEqualTo(FIRST.toEpochDay());
    }

    @Test
    void roundedPeopleMayDifferByAFew() throws IOException {
        List<String> lines = fineLines();
        lines.set(9, "north,2021-03-09,900000,500,400,200,800,40,60,10,97985,10");

        assertThat(DailyStatesCsv.read(write(lines))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            north,2021-03-09,900000,500,400,200,800,-40,60,10,97980,90  | line 10, column Is is -40, but no compartment can have less than 0 people.
            north,2021-03-09,900000,500,400,200,800,,60,10,97980,10     | line 10, column Is is empty, but must be a number of people.
            north,2021-03-09,900000,five,400,200,800,40,60,10,97980,10  | line 10, column E is 'five', but must be a number of people.
            north,2021-03-09,NaN,500,400,200,800,40,60,10,97980,10      | line 10, column S is NaN, but must be a finite number of people.
            north,2021-03-09,1e999,500,400,200,800,40,60,10,97980,10    | line 10, column S is 1e999, but must be a finite number of people.
            north,2021-03-09,0,0,0,0,0,0,0,0,0,0                        | line 10: has nobody in any compartment, but a region needs people.
            north,2021-03-08,900000,500,400,200,800,40,60,10,97980,10   | line 10, column date is 2021-03-08 for region north, which line 9 has already. Remove one of them.
            north,2021-02-30,900000,500,400,200,800,40,60,10,97980,10   | line 10, column date is '2021-02-30', but must be a date such as 2021-03-31.
            north,9,900000,500,400,200,800,40,60,10,97980,10            | line 10, column date is '9', but must be a date such as 2021-03-31.
            ,2021-03-09,900000,500,400,200,800,40,60,10,97980,10        | line 10, column region is empty, but must name a region.
            north,2021-03-09,900000,500,400,200,800,40,60,10,97980      | line 10: has 11 values, but the header has 12 columns.
            north,2021-03-09,900000,500,400,200,800,40,60,10,97980,10,1 | line 10: has 13 values, but the header has 12 columns.
            north,2021-03-09,900000,500,400,200,800,40,60,10,97997,10   | line 10: region north has 1000017.0 people in its compartments, but 1000000.0 on its first day (line 2). The compartments of a day must add up to the same population, the dead included.
            south,2021-03-09,900000,500,400,200,800,40,60,10,97980,10   | line 11, column date: region north has no row between 2021-03-08 (line 9) and 2021-03-10. Fill in the missing days.
            """)
    void saysWhereABadLineIsAndWhatItHolds(String line, String expected) throws IOException {
        List<String> lines = fineLines();
        lines.set(9, line);

        assertRejects(write(lines), expected);
    }

    @Test
    void saysWhichRegionHasTooFewDays() throws IOException {
        List<String> lines = fineLines();
        lines.add("south,2021-03-01," + PEOPLE);

        assertRejects(
                write(lines),
                "line 32: region south has 1 days, but needs at least 28: 21 that are known and 7 to decide on. Remove the"
                        + " region, or add days.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            region,date,S,E,Ia,Ip,Im,Is,Hr,R,D           | line 1: the header has no column 'Hd'. Needed are region, date or day, and S, E,
            name,date,S,E,Ia,Ip,Im,Is,Hr,Hd,R,d          | line 1: the header has no column 'region', 'D'. Needed are
            region,S,E,Ia,Ip,Im,Is,Hr,Hd,R,D             | line 1: needs a column 'date' (such as 2021-03-31) or a column 'day'
            region,date,day,S,E,Ia,Ip,Im,Is,Hr,Hd,R,D    | line 1: needs a column 'date' (such as 2021-03-31) or a column 'day'
            region,date,S,S,E,Ia,Ip,Im,Is,Hr,Hd,R,D      | line 1: two columns are named 'S'. Name each once.
            """)
    void saysWhatTheHeaderLacks(String header, String expected) throws IOException {
        assertRejects(write(List.of(header)), expected);
    }

    @Test
    void saysThatAFileIsMissingEmptyOrNotText() throws IOException {
        Path nowhere = folder.resolve("nowhere.csv");
        assertThatThrownBy(() -> DailyStatesCsv.read(nowhere))
                .isInstanceOf(DataException.class)
                .hasMessage("There is no file " + nowhere
                        + " with daily states. Maybe the path is misspelt, or names a folder?");
        Path file = folder.resolve("states.csv");
        Files.writeString(file, "");
        assertThatThrownBy(() -> DailyStatesCsv.read(file))
                .hasMessage(
                        file + " has no rows of daily states. It needs a header row and at least 28 days of a region.");
        Files.writeString(file, HEADER + "\n");
        assertThatThrownBy(() -> DailyStatesCsv.read(file)).hasMessageContaining("has no rows of daily states");
        Files.write(file, new byte[] {(byte) 0x1f, (byte) 0x8b, (byte) 0xff, (byte) 0xfe});
        assertRejectsAnyhow(file, "cannot be read as a CSV file");
        Files.writeString(file, HEADER + "\n\"north,2021-03-01," + PEOPLE + "\n");
        assertRejectsAnyhow(file, "cannot be read as a CSV file");
    }

    @Test
    void quotesOddCellsOnOneShortLine() throws IOException {
        List<String> lines = fineLines();
        lines.set(9, "north,2021-03-09,\u001b[31m" + "x".repeat(10_000) + "\u0000,0,0,0,0,0,0,0,0,0");
        Files.writeString(folder.resolve("states.csv"), String.join("\n", lines), StandardCharsets.UTF_8);

        assertRejects(folder.resolve("states.csv"), "line 10, column S is '?[31mxxx");
    }

    private static void assertRejects(Path file, String message) {
        assertRejectsAnyhow(file, file + ", " + message);
    }

    private static void assertRejectsAnyhow(Path file, String message) {
        assertThatThrownBy(() -> DailyStatesCsv.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContainPattern("\\p{Cntrl}"))
                .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(500));
    }
}
