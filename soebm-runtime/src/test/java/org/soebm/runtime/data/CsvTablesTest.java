package org.soebm.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.soebm.api.task.DataException;
import org.soebm.api.task.Table;

class CsvTablesTest {
    @TempDir
    Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("y.csv"), content);
    }

    private static void assertRefused(Path file, String... parts) {
        assertThatThrownBy(() -> CsvTables.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContainingAll(parts)
                .hasMessageNotContaining("\n");
    }

    @Test
    void numbersReadBackExactly() {
        double[][] rows = {{0.1, -1.0 / 3, Double.MIN_VALUE}, {1e300, -0.0, 123456789.12345679}};
        Path file = folder.resolve("a.csv");
        CsvTables.write(file, Table.of(List.of("a", "b,c", "d\"e"), rows));
        Table read = CsvTables.read(file);
        assertThat(read.columns()).containsExactly("a", "b,c", "d\"e");
        assertThat(new double[][] {read.row(0), read.row(1)}).isDeepEqualTo(rows);
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uFEFFa,b\n1,2\n",
                "a,b\r\n1,2\r\n",
                "a,b\n1,2",
                "a , b\n 1 ,2\n\n\n",
                "\"a\",\"b\"\n\"1\",2e0\n"
            })
    void byteOrderMarkLineEndsSpacesAndQuotesDoNotMatter(String content) throws IOException {
        Table table = CsvTables.read(file(content));
        assertThat(table.columns()).containsExactly("a", "b");
        assertThat(table.rows()).isOne();
        assertThat(table.row(0)).containsExactly(1, 2);
    }

    @Test
    void countedColumnNamesAreAHeader() throws IOException {
        assertThat(CsvTables.read(file("0,1\n5,6\n")).columns()).containsExactly("0", "1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "NaN", "nan", "Infinity", "-Infinity", "1e999", "1d", "2f", "0x1p3", "1,5", "''"})
    void aCellThatIsNoFiniteNumberIsNamedByLineAndColumn(String cell) throws IOException {
        assertRefused(file("first,second\n1,2\n3,\"" + cell + "\"\n5,6\n"), "line 3", "column second", cell, "number");
    }

    @Test
    void anEmptyCellIsNamedOnTheLastLineToo() throws IOException {
        assertRefused(file("first,second\n1,2\n3,"), "line 3", "column second", "is empty");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|is empty",
                "'a,b\n'|no row of numbers",
                "'a,b\n1,2\n3\n'|line 3 has 1 values, but the header has 2 columns",
                "'a,b\n1,2,3\n'|line 2 has 3 values, but the header has 2 columns",
                "'a,a\n1,2\n'|two columns are named a",
                "'a,\n1,2\n'|column 2 of 2 has no name",
                "'1.5,2.5\n1,2\n'|header row is missing",
                "'a,b\n\n1,2\n'|line 2 is blank, but rows follow it",
                "'a,b\n1,\"2\n'|line 2, column b goes over several lines",
                "'a,b\n1,\"2\n3,4\n'|line 2, column b goes over several lines",
                "'a,\"b\n1,2\n'|the name of column 2 goes over several lines",
                "'a,b\n1,2\n3,\"4\"5\n'|after line 2, is not CSV"
            })
    void anotherShapeIsRefused(String content, String problem) throws IOException {
        assertRefused(file(content), problem);
    }

    @Test
    void aMissingFileAndAFolderAreRefused() {
        assertRefused(folder.resolve("none.csv"), "There is no file", "misspelt");
        assertRefused(folder, "is a folder");
    }

    @Test
    void textThatIsNotUtf8IsRefused() throws IOException {
        Path file = Files.write(folder.resolve("latin.csv"), "größe\n1\n".getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(file, "UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32"})
    void otherUnicodeIsRefused(String encoding) throws IOException {
        byte[] bytes = "x0,x1\n1,2\n".getBytes(Charset.forName(encoding)); // the first with a mark, the others without
        assertRefused(Files.write(folder.resolve("wide.csv"), bytes), "UTF-8");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstName() throws IOException {
        assertThat(CsvTables.read(file("\uFEFFx0,x1\n1,2\n")).columns()).containsExactly("x0", "x1");
    }

    @Test
    void anotherNumberOfColumnsIsRefusedWithWhatWasExpected() throws IOException {
        Path file = file("a,b\n1,2\n");
        assertThatThrownBy(() -> CsvTables.read(file, 3, "task t has 3 uncertain parameters"))
                .isInstanceOf(DataException.class)
                .hasMessage(file + " has 2 columns, but task t has 3 uncertain parameters."
                        + " Maybe a header column is missing?");
        assertThat(CsvTables.read(file, 2, "task t has 2 uncertain parameters").width())
                .isEqualTo(2);
    }

    @Property(tries = 300)
    void everyNumberReadsBackAsJavaWouldReadIt(@ForAll double value, @ForAll @IntRange(max = 17) int digits)
            throws IOException {
        Assume.that(Math.abs(value) < 1e308); // rounds to what is finite
        BigDecimal decimal = new BigDecimal(value);
        List<String> texts = List.of(
                Double.toString(value),
                decimal.toString(),
                String.format(Locale.ROOT, "%." + digits + "e", value),
                decimal.round(new MathContext(digits + 1)).toString());
        Path temporary = Files.createTempFile("numbers", ".csv");
        try {
            Files.writeString(temporary, "a,b,c,d\n" + String.join(",", texts) + "\n");
            assertThat(CsvTables.read(temporary).row(0))
                    .containsExactly(
                            texts.stream().mapToDouble(Double::parseDouble).toArray());
        } finally {
            Files.delete(temporary);
        }
    }

    @Test
    void aFileOfATableTooLargeForMemoryIsTheSameFile() throws IOException {
        Random random = new Random(1);
        double[][] rows = new double[3000][5];
        for (double[] row : rows) {
            Arrays.setAll(row, c -> random.nextGaussian());
        }
        Path first = folder.resolve("first.csv");
        Path second = folder.resolve("second.csv");
        CsvTables.write(first, Table.of(List.of("a", "b", "c", "d", "e"), rows));
        System.setProperty(Table.MEMORY_PROPERTY, "0.01");
        try {
            CsvTables.write(second, CsvTables.read(first));
        } finally {
            System.clearProperty(Table.MEMORY_PROPERTY);
        }
        assertThat(second).hasSameBinaryContentAs(first);
    }

    @Test
    void aTableOfManyColumnsReadsBack() {
        double[] row = new double[20_000];
        Arrays.setAll(row, i -> i / 3.0);
        List<String> names =
                IntStream.range(0, row.length).mapToObj(i -> "a" + i).toList();
        Path file = folder.resolve("wide.csv");

        CsvTables.write(file, Table.of(names, new double[][] {row}));

        Table read = CsvTables.read(file);
        assertThat(read.columns()).isEqualTo(names);
        assertThat(read.row(0)).isEqualTo(row);
    }
}
