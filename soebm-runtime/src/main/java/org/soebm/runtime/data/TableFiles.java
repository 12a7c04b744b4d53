package org.soebm.runtime.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.soebm.api.task.DataException;
import org.soebm.api.task.Table;

/**
 * Tables as files: Arrow IPC files, uncompressed, where the name ends in {@code .arrow} or {@code .feather}, and CSV
 * otherwise. No more rows are in memory than the {@link Table} itself holds there and a batch of the Arrow file.
 */
public final class TableFiles {
    private TableFiles() {}

    /**
     * Reads a table.
     *
     * @throws DataException when the file cannot be read as a table of finite numbers
     */
    public static Table read(Path file) {
        return read(file, -1, null);
    }

    /**
     * Reads a table whose number of columns is known.
     *
     * @param expectation why that number, as a clause, e.g. "task power-scheduling has 24 uncertain parameters"; null
     *     where any number will do
     * @throws DataException when the file has another number of columns or cannot be read as a table of finite numbers
     */
    public static Table read(Path file, int expectedColumns, @Nullable String expectation) {
        return isArrow(file)
                ? ArrowTables.read(file, expectedColumns, expectation)
                : CsvTables.read(file, expectedColumns, expectation);
    }

    /**
     * Writes a table, replacing the file if there is one. Numbers read back exactly.
     *
     * @throws java.io.UncheckedIOException when the file cannot be written; nothing is left behind
     */
    public static void write(Path file, Table table) {
        if (isArrow(file)) {
            ArrowTables.write(file, table);
        } else {
            CsvTables.write(file, table);
        }
    }

    /**
     * Makes sure that a table could be written, before long work whose result it is.
     *
     * @throws DataException when this process cannot write Arrow files
     * @throws java.io.UncheckedIOException when the file could not be written
     */
    public static void requireWritable(Path file) {
        if (isArrow(file)) {
            ArrowTables.requireAccess(file);
        }
        AtomicFiles.requireWritable(file);
    }

    private static boolean isArrow(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".arrow") || name.endsWith(".feather");
    }

    /** Checks that there is a file. */
    static void requireFile(Path file) {
        if (Files.isDirectory(file)) {
            throw new DataException(file + " is a folder, but a file is needed.");
        }
        if (!Files.exists(file)) {
            throw new DataException("There is no file " + file + ". Maybe the path is misspelt?");
        }
    }

    /** Checks the number of columns, unless any will do. */
    static void requireColumns(Object file, int columns, int expectedColumns, @Nullable String expectation) {
        if (expectation != null && columns != expectedColumns) {
            throw new DataException(
                    file + " has " + columns + " columns, but " + expectation + ". Maybe a header column is missing?");
        }
    }
}
