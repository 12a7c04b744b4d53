package org.soebm.examples.powerscheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.soebm.api.task.DataException;

class PjmReaderTest {

    private static final String FINE = " 1.19916720e+09 1.47734500e+00 3.53850000e+01\n";

    @TempDir
    Path folder;

    private Path earlier;
    private Path later;

    @BeforeEach
    void writeFineFiles() throws IOException {
        earlier = Files.writeString(folder.resolve("pjm_load_data_2008-11.txt"), FINE);
        later = Files.writeString(folder.resolve("pjm_load_data_2012-16.txt"), FINE);
    }

    @Test
    void readsTimeLoadAndTemperatureOfBothFiles() throws IOException {
        Files.writeString(later, " 1.47503520e+09 1.28100000e+00 -1.40000000e+00\n");

        assertThat(PjmReader.read(folder))
                .containsExactly(
                        new LoadSeries(
                                "load file (" + earlier + ")",
                                List.of(new LoadRecord(Instant.parse("2008-01-01T06:00:00Z"), 1.477345, 35.385))),
                        new LoadSeries(
                                "load file (" + later + ")",
                                List.of(new LoadRecord(Instant.parse("2016-09-28T04:00:00Z"), 1.281, -1.4))));
    }

    @Test
    void toleratesBlankLinesAndAnyBlanksBetweenColumns() throws IOException {
        Files.writeString(later, "\n1199167200\t 1.477345   35.385\r\n   \n");

        assertThat(PjmReader.read(folder).get(1).records())
                .containsExactlyElementsOf(PjmReader.read(folder).get(0).records());
    }

    @Test
    void saysWhichFolderIsMissing() {
        assertRejects(folder.resolve("nowhere"), "The load data (" + folder.resolve("nowhere") + ") are not a folder.");
    }

    @Test
    void saysThatAFileIsNotAFolder() {
        assertRejects(earlier, "The load data (" + earlier + ") are not a folder.");
    }

    @Test
    void saysWhichFileIsMissingAndWhereItIsPublished() throws IOException {
        Files.delete(later);

        assertRejects(
                folder,
                "The load file (" + later
                        + ") is missing. It is published at github.com/locuslab/e2e-model-learning, folder power_sched.");
    }

    @Test
    void saysThatAFileIsNotText() throws IOException {
        Files.write(later, new byte[] {(byte) 0x1f, (byte) 0x8b, (byte) 0xff, (byte) 0xfe});

        assertRejects(folder, "The load file (" + later + ") cannot be read as text");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1199167200 1.5        | line 2 has 2 columns, but needs 3
                    1199167200  35.3      | line 2 has 2 columns, but needs 3
                    1199167200 1.5 35 0   | line 2 has 4 columns, but needs 3
                    1199167200,1.5,35     | line 2 has 1 columns, but needs 3
                    time 1.5 35           | line 2, column 1 (unix time) holds 'time', which is not a number
                    NaN 1.5 35            | line 2, column 1 (unix time) holds 'NaN', but should be a whole hour
                    1199167201 1.5 35     | line 2, column 1 (unix time) holds '1199167201', but should be a whole hour
                    1199167200000 1.5 35  | line 2, column 1 (unix time) holds '1199167200000', but should be a whole hour
                    -3600 1.5 35          | line 2, column 1 (unix time) holds '-3600', but should be a whole hour
                    1199167200 1,5 35     | line 2, column 2 (load) holds '1,5', which is not a number
                    1199167200 nan 35     | line 2, column 2 (load) holds 'nan', which is not a number
                    1199167200 NaN 35     | line 2, column 2 (load) holds 'NaN', but should be above 0 and at most 100
                    1199167200 0 35       | line 2, column 2 (load) holds '0', but should be above 0 and at most 100
                    1199167200 -1.5 35    | line 2, column 2 (load) holds '-1.5', but should be above 0 and at most 100
                    1199167200 15000 35   | line 2, column 2 (load) holds '15000', but should be above 0 and at most 100
                    1199167200 1e999 35   | line 2, column 2 (load) holds '1e999', but should be above 0 and at most 100
                    1199167200 1.5 warm   | line 2, column 3 (temperature) holds 'warm', which is not a number
                    1199167200 1.5 NaN    | line 2, column 3 (temperature) holds 'NaN', but should be between -200 and 200
                    1199167200 1.5 9999   | line 2, column 3 (temperature) holds '9999', but should be between -200 and 200
                    """)
    void saysWhereABadLineIsAndWhatItHolds(String line, String expected) throws IOException {
        Files.writeString(later, FINE + line + "\n");

        assertRejects(folder, "The load file (" + later + "), " + expected);
    }

    @Test
    void quotesOddCellsOnOneShortLine() throws IOException {
        Files.writeString(later, "1199167200 \u001b[31m" + "x".repeat(100_000) + "\u0000 35\n", StandardCharsets.UTF_8);

        assertRejects(folder, "holds '?[31mxxx");
        assertThatThrownBy(() -> PjmReader.read(folder))
                .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(300));
    }

    private static void assertRejects(Path folder, String message) {
        assertThatThrownBy(() -> PjmReader.read(folder))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContainPattern("\\p{Cntrl}"));
    }
}
