package org.soebm.api.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables in memory and in files. */
class TableTest {
    private static final double KIBIBYTE = 1.0 / 1024; // in MiB

    @AfterEach
    @AfterTry
    void restoreSettings() {
        System.clearProperty(Table.MEMORY_PROPERTY);
        System.clearProperty(Table.FOLDER_PROPERTY);
    }

    private static void keepInMemory(double mebibytes) {
        System.setProperty(Table.MEMORY_PROPERTY, Double.toString(mebibytes));
    }

    private static double[][] random(int rows, int width, Random random) {
        double[][] values = new double[rows][width];
        for (double[] row : values) {
            for (int c = 0; c < width; c++) {
                row[c] = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(600) - 300);
            }
        }
        return values;
    }

    private static List<String> names(int width) {
        return IntStream.range(0, width).mapToObj(c -> "c" + c).toList();
    }

    private static Table appended(double[][] rows, int width) {
        Table.Builder builder = Table.builder(names(width));
        for (double[] row : rows) {
            double[] copy = row.clone();
            builder.add(copy);
            copy[0] = 7; // a builder keeps nothing of the array
        }
        assertThat(builder.rows()).isEqualTo(rows.length);
        return builder.build();
    }

    private static void assertHas(Table table, double[][] rows) {
        assertThat(table.rows()).isEqualTo(rows.length);
        List<double[]> visited = new ArrayList<>();
        table.forEachRow((row, values) -> {
            assertThat(row).isEqualTo(visited.size());
            visited.add(values.clone());
        });
        assertThat(visited.toArray(double[][]::new)).isDeepEqualTo(rows);
        double[] all = new double[rows.length * table.width()];
        table.copyRows(0, rows.length, all);
        for (int r = 0; r < rows.length; r++) {
            assertThat(table.row(r)).containsExactly(rows[r]);
            for (int c = 0; c < table.width(); c++) {
                assertThat(table.get(r, c)).isEqualTo(rows[r][c]);
                assertThat(all[r * table.width() + c]).isEqualTo(rows[r][c]);
            }
        }
    }

    @Property(tries = 150)
    void aTableInAFileIsTheSame(
            @ForAll @IntRange(max = 200) int rows,
            @ForAll @IntRange(min = 1, max = 9) int width,
            @ForAll @IntRange(max = 3) int kibibytes,
            @ForAll long seed) {
        keepInMemory(kibibytes * KIBIBYTE);
        Random random = new Random(seed);
        double[][] values = random(rows, width, random);
        Table table = random.nextBoolean() ? appended(values, width) : Table.of(names(width), values);
        assertHas(table, values);

        for (int depth = 0; depth < 3 && values.length > 0; depth++) { // what is selected from what was selected
            double[][] from = values;
            if (random.nextBoolean()) {
                int first = random.nextInt(from.length);
                int end = first + random.nextInt(from.length - first + 1);
                table = table.select(first, end);
                values = IntStream.range(first, end).mapToObj(r -> from[r]).toArray(double[][]::new);
            } else {
                int[] indices = random.ints(random.nextInt(2 * from.length + 1), 0, from.length)
                        .toArray();
                table = table.select(indices);
                values = IntStream.of(indices).mapToObj(r -> from[r]).toArray(double[][]::new);
            }
            assertHas(table, values);
        }
        table.discard();
    }

    @Test
    void rowsBeyondTheBufferComeBackFromManyThreads() {
        keepInMemory(0);
        double[][] values = random(40_000, 3, new Random(1)); // 0.9 MiB
        Table table = Table.of(names(3), values);
        Table backwards =
                table.select(IntStream.range(0, 40_000).map(r -> 39_999 - r).toArray());
        IntStream.range(0, 40_000).parallel().forEach(r -> {
            assertThat(table.row(r)).containsExactly(values[r]);
            assertThat(backwards.row(r)).containsExactly(values[39_999 - r]);
        });
        double[] all = new double[120_000];
        table.copyRows(0, 40_000, all);
        assertThat(all[119_999]).isEqualTo(values[39_999][2]);
    }

    @Test
    void aTableInAFileOutlastsInterrupts() {
        keepInMemory(0);
        Table table = Table.of(List.of("a"), new double[][] {{1}, {2}});
        Thread.currentThread().interrupt();
        assertThat(table.get(1, 0)).isEqualTo(2);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(table.get(0, 0)).isEqualTo(1);
    }

    @Test
    void theFileIsAlreadyGoneWhileItIsRead(@TempDir Path folder) throws IOException {
        keepInMemory(0);
        System.setProperty(Table.FOLDER_PROPERTY, folder.toString());
        Table table = Table.of(List.of("a"), new double[][] {{1}, {2}});
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
        Table small = table.select(1, 2);
        assertThat(small.get(0, 0)).isEqualTo(2);
        table.discard();
        assertThatThrownBy(() -> small.get(0, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The table was discarded.");
    }

    @Test
    void whatIsSmallStaysReadableWhenTheTableItCameFromIsDiscarded() {
        keepInMemory(KIBIBYTE);
        Table table = Table.of(List.of("a"), random(1000, 1, new Random(2)));
        double first = table.get(0, 0);
        Table small = table.select(0, 10);
        table.discard();
        assertThat(small.get(0, 0)).isEqualTo(first);
    }

    @Test
    void aFolderThatTakesNoFileIsNamedWithTheWayOut(@TempDir Path folder) {
        keepInMemory(0);
        System.setProperty(Table.FOLDER_PROPERTY, folder + "/none");
        assertThatThrownBy(() -> Table.of(List.of("a"), new double[][] {{1}}))
                .isInstanceOf(DataException.class)
                .hasMessage("A table too large for memory cannot be kept in the folder " + folder
                        + "/none: there is no such folder. Make room there, or name another folder for such tables with"
                        + " -Dsoebm.table.folder=FOLDER.");
    }

    @Test
    void aLimitThatIsNoNumberIsRefused() {
        for (String wrong : List.of("much", "-1", "1e9", "NaN")) {
            System.setProperty(Table.MEMORY_PROPERTY, wrong);
            assertThatThrownBy(() -> Table.builder(List.of("a")))
                    .isInstanceOf(DataException.class)
                    .hasMessage("The system property soebm.table.mebibytes is '" + wrong
                            + "', but must be a number of MiB from 0 to 8192.");
        }
    }

    @Test
    void whatIsOutOfRangeIsRefusedWhereverTheTableIs() {
        for (int mebibytes : new int[] {0, 64}) {
            keepInMemory(mebibytes);
            Table table = Table.of(List.of("a", "b"), new double[][] {{1, 2}, {3, 4}});
            assertThatThrownBy(() -> table.get(2, 0)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> table.get(0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> table.row(-1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> table.select(new int[] {2})).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> table.select(1, 3)).isInstanceOf(IndexOutOfBoundsException.class);
            Table.Builder builder = Table.builder(List.of("a", "b")).add(new double[] {1, 2});
            assertThatThrownBy(() -> builder.add(new double[1]))
                    .hasMessage("Row 1 has 1 values, but the table has 2 columns.");
            assertThatThrownBy(() -> builder.add(new double[] {0, Double.NaN}))
                    .hasMessage("Row 1, column b is NaN, but must be a finite number.");
            builder.build();
            assertThatThrownBy(() -> builder.add(new double[2])).isInstanceOf(IllegalStateException.class);
        }
    }
}
