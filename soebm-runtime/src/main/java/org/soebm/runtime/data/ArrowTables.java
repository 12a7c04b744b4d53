package org.soebm.runtime.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.soebm.api.task.DataException;
import org.soebm.api.task.Table;

/**
 * Tables as Arrow IPC files (Feather, version 2): several times as fast to read as CSV and less than half as large. Columns
 * are of floating-point or whole numbers; of what is written, doubles. A batch of rows is in memory at a time, as large as
 * whoever wrote the file made it.
 */
final class ArrowTables {
    private static final long BEYOND_THE_FILE = 16 << 20; // of memory that reading it may take
    private static final int VALUES_A_BATCH = 1 << 20;
    private static final String OPTION = "--add-opens=java.base/java.nio=ALL-UNNAMED";

    private ArrowTables() {}

    /** Checks that Arrow can reach the memory outside of the heap. */
    static void requireAccess(Path file) {
        if (!ByteBuffer.class.getModule().isOpen("java.nio", ArrowTables.class.getModule())) {
            throw new DataException("Arrow files (" + file + ") need Java to be started with " + OPTION
                    + ". Add that option, or take a CSV file.");
        }
    }

    static Table read(Path file, int expectedColumns, @Nullable String expectation) {
        TableFiles.requireFile(file);
        requireAccess(file);
        try (FileChannel channel = FileChannel.open(file);
                BufferAllocator allocator = new RootAllocator(channel.size() + BEYOND_THE_FILE);
                ArrowFileReader reader = new ArrowFileReader(channel, allocator)) {
            VectorSchemaRoot batch = reader.getVectorSchemaRoot();
            List<String> columns = columns(file, batch.getSchema());
            TableFiles.requireColumns(file, columns.size(), expectedColumns, expectation);
            Table.Builder table = Table.builder(columns);
            while (reader.loadNextBatch()) {
                addAll(table, file, columns, batch);
            }
            if (table.rows() == 0) {
                throw new DataException(file + " has columns, but no row of numbers.");
            }
            return table.build();
        } catch (DataException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // Arrow checks little of a damaged file before it uses it
            throw new DataException(file + " cannot be read as an Arrow file: " + why(e), e);
        }
    }

    private static String why(Exception failure) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains("compression")) {
            return "its columns are compressed. Write it uncompressed, e.g. with pandas'"
                    + " to_feather(path, compression='uncompressed').";
        }
        return (failure instanceof IOException io ? AtomicFiles.reason(io) : message)
                        .lines()
                        .findFirst()
                        .orElse("") + ". Maybe it is damaged, or of another format?";
    }

    private static List<String> columns(Path file, Schema schema) {
        List<String> columns = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Field field : schema.getFields()) {
            String name = field.getName() == null ? "" : field.getName().strip();
            if (name.isEmpty()) {
                throw new DataException(file + ": column " + (columns.size() + 1) + " of "
                        + schema.getFields().size() + " has no name. Name every column.");
            }
            if (!seen.add(name)) {
                throw new DataException(
                        file + ": two columns are named " + name + ". Give every column a name of its own.");
            }
            if (!isNumeric(field)) {
                throw new DataException(file + ": column " + name + " is of type " + field.getType()
                        + ", but must be of numbers. Convert it or leave it out.");
            }
            columns.add(name);
        }
        return columns;
    }

    private static boolean isNumeric(Field field) {
        return field.getDictionary() == null
                && (field.getType() instanceof ArrowType.Int
                        || (field.getType() instanceof ArrowType.FloatingPoint floating
                                && floating.getPrecision() != FloatingPointPrecision.HALF));
    }

    private static void addAll(Table.Builder table, Path file, List<String> columns, VectorSchemaRoot batch) {
        IntToDoubleFunction[] cells =
                batch.getFieldVectors().stream().map(ArrowTables::cells).toArray(IntToDoubleFunction[]::new);
        double[] values = new double[cells.length];
        for (int row = 0; row < batch.getRowCount(); row++) {
            for (int c = 0; c < values.length; c++) {
                values[c] = cells[c].applyAsDouble(row);
                if (!Double.isFinite(values[c])) {
                    throw new DataException(file + ", row " + table.rows() + " (counted from 0), column "
                            + columns.get(c) + " is " + (batch.getVector(c).isNull(row) ? "empty" : values[c])
                            + ", but must be a finite number. Fix it or remove the row.");
                }
            }
            table.add(values);
        }
    }

    /** A column's values, NaN where there is none. */
    private static IntToDoubleFunction cells(FieldVector column) {
        IntToDoubleFunction values;
        if (column instanceof Float8Vector doubles) {
            values = doubles::get;
        } else if (column instanceof Float4Vector floats) {
            values = floats::get;
        } else {
            BaseIntVector integers = (BaseIntVector) column;
            values = column instanceof UInt8Vector
                    ? row -> unsigned(integers.getValueAsLong(row))
                    : integers::getValueAsLong;
        }
        return column.getNullCount() == 0 ? values : row -> column.isNull(row) ? Double.NaN : values.applyAsDouble(row);
    }

    private static double unsigned(long bits) {
        return bits >= 0 ? bits : 2 * (double) ((bits >>> 1) | (bits & 1));
    }

    static void write(Path file, Table table) {
        requireAccess(file);
        List<Field> fields = table.columns().stream()
                .map(name -> Field.notNullable(name, new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE)))
                .toList();
        int rowsABatch = Math.max(1, VALUES_A_BATCH / Math.max(1, table.width()));
        AtomicFiles.write(file, out -> {
            try (BufferAllocator allocator = new RootAllocator();
                    VectorSchemaRoot batch = VectorSchemaRoot.create(new Schema(fields), allocator);
                    ArrowFileWriter writer = new ArrowFileWriter(batch, null, Channels.newChannel(out))) {
                writer.start();
                for (int from = 0; from < table.rows(); from += rowsABatch) {
                    fill(batch, table.select(from, Math.min(table.rows(), from + rowsABatch)));
                    writer.writeBatch();
                }
                writer.end();
            }
        });
    }

    private static void fill(VectorSchemaRoot batch, Table rows) {
        Float8Vector[] vectors =
                batch.getFieldVectors().stream().map(Float8Vector.class::cast).toArray(Float8Vector[]::new);
        for (Float8Vector vector : vectors) {
            vector.allocateNew(rows.rows());
        }
        rows.forEachRow((row, values) -> {
            for (int c = 0; c < values.length; c++) {
                vectors[c].set(row, values[c]);
            }
        });
        batch.setRowCount(rows.rows());
    }
}
