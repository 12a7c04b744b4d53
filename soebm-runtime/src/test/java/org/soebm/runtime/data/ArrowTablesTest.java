package org.soebm.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soebm.api.task.DataException;
import org.soebm.api.task.Table;
import org.soebm.runtime.fixture.TableRows;

/** Tables in Arrow files. */
class ArrowTablesTest {
    private static final ArrowType DOUBLE = new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);

    @TempDir
    Path folder;

    private Path file(List<Field> fields, Consumer<VectorSchemaRoot> rows) throws IOException {
        Path file = folder.resolve("y.feather");
        try (OutputStream out = Files.newOutputStream(file);
                BufferAllocator allocator = new RootAllocator();
                VectorSchemaRoot batch = VectorSchemaRoot.create(new Schema(fields), allocator);
                ArrowFileWriter writer = new ArrowFileWriter(batch, null, Channels.newChannel(out))) {
            writer.start();
            rows.accept(batch);
            writer.writeBatch();
            writer.end();
        }
        return file;
    }

    private static void assertRefused(Path file, String... parts) {
        assertThatThrownBy(() -> TableFiles.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContainingAll(parts)
                .hasMessageNotContaining("\n");
    }

    @Test
    void numbersReadBackExactlyFromSeveralBatchesWhereverTablesAre() {
        Random random = new Random(1);
        double[][] rows = new double[5000][300]; // 1.5 million numbers, of which a batch has 1
        for (double[] row : rows) {
            Arrays.setAll(row, c -> random.nextGaussian());
        }
        rows[0][0] = Double.MIN_VALUE;
        rows[4999][299] = -0.0;
        Path file = folder.resolve("a.arrow");
        Table.Builder table = Table.builder(
                java.util.stream.IntStream.range(0, 300).mapToObj(c -> "c" + c).toList());
        Arrays.stream(rows).forEach(table::add);
        Table written = table.build();
        TableFiles.write(file, written);
        System.setProperty(Table.MEMORY_PROPERTY, "0.01");
        Table read;
        try {
            read = TableFiles.read(file, 300, "there are 300");
        } finally {
            System.clearProperty(Table.MEMORY_PROPERTY);
        }
        assertThat(read.columns()).isEqualTo(written.columns());
        assertThat(TableRows.of(read)).isDeepEqualTo(rows);
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void singlePrecisionAndWholeNumbersAreNumbersToo() throws IOException {
        Path file = file(
                List.of(
                        Field.nullable("a", new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE)),
                        Field.nullable("b", new ArrowType.Int(64, true)),
                        Field.nullable("c", new ArrowType.Int(64, false))),
                batch -> {
                    Float4Vector a = (Float4Vector) batch.getVector(0);
                    BigIntVector b = (BigIntVector) batch.getVector(1);
                    a.allocateNew(1);
                    UInt8Vector c = (UInt8Vector) batch.getVector(2);
                    b.allocateNew(1);
                    c.allocateNew(1);
                    a.set(0, 0.1f);
                    b.set(0, -7);
                    c.set(0, -1); // 2^64 - 1 without a sign
                    batch.setRowCount(1);
                });
        assertThat(TableFiles.read(file).row(0)).containsExactly(0.1f, -7, 0x1p64);
    }

    @Test
    void whatIsMissingOrNotFiniteIsNamedByRowAndColumn() throws IOException {
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            Path file = file(List.of(Field.nullable("a", DOUBLE)), batch -> {
                Float8Vector a = (Float8Vector) batch.getVector(0);
                a.allocateNew(2);
                a.set(0, 1);
                a.set(1, value);
                batch.setRowCount(2);
            });
            assertRefused(file, "row 1 (counted from 0), column a is " + value, "finite");
        }
        Path file = file(List.of(Field.nullable("a", DOUBLE)), batch -> {
            ((Float8Vector) batch.getVector(0)).allocateNew(1);
            batch.setRowCount(1);
        });
        assertRefused(file, "row 0 (counted from 0), column a is empty");
    }

    @Test
    void otherColumnsAreRefusedWithTheReason() throws IOException {
        Consumer<VectorSchemaRoot> none = batch -> batch.setRowCount(0);
        assertRefused(file(List.of(Field.nullable("a", ArrowType.Utf8.INSTANCE)), none), "column a is of type Utf8");
        assertRefused(file(List.of(Field.nullable("", DOUBLE)), none), "column 1 of 1 has no name");
        assertRefused(file(List.of(Field.nullable("a", DOUBLE)), none), "no row of numbers");
        assertRefused(
                file(List.of(Field.nullable("a", DOUBLE), Field.nullable("a", DOUBLE)), none),
                "two columns are named a");
        Path file = file(List.of(Field.nullable("a", DOUBLE)), none);
        assertThatThrownBy(() -> TableFiles.read(file, 2, "the model was trained on 2 features"))
                .hasMessage(file + " has 1 columns, but the model was trained on 2 features."
                        + " Maybe a header column is missing?");
    }

    @Test
    void whatIsNoArrowFileIsRefused() throws IOException {
        assertRefused(folder.resolve("none.arrow"), "There is no file");
        Path text = Files.writeString(folder.resolve("text.arrow"), "a,b\n1,2\n");
        assertRefused(text, "cannot be read as an Arrow file", "Maybe it is damaged");
        Path whole = folder.resolve("whole.arrow");
        TableFiles.write(whole, Table.of(List.of("a"), new double[][] {{1}, {2}}));
        byte[] bytes = Files.readAllBytes(whole);
        for (int length = 0; length < bytes.length; length += 7) {
            assertRefused(Files.write(folder.resolve("cut.arrow"), Arrays.copyOf(bytes, length)), "Arrow file");
        }
    }
}
