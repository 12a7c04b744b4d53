package org.soebm.runtime.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.soebm.api.task.Table;
import org.soebm.runtime.data.CsvTables;
import org.soebm.runtime.data.TableFiles;
import picocli.CommandLine.Model.CommandSpec;

/** Tables that commands read and write: files, or for {@code -} CSV from standard input and to standard output. */
final class TableStream {
    private static final String STANDARD = "-";

    private TableStream() {}

    private static boolean isStandard(Path argument) {
        return argument.toString().equals(STANDARD);
    }

    /** What is read, for messages. */
    static String name(Path argument) {
        return isStandard(argument) ? "Standard input" : argument.toString();
    }

    /**
     * Reads a table whose number of columns is known.
     *
     * @param expectation why that number, as a clause
     * @throws org.soebm.api.task.DataException when it has another number of columns or is no table of finite numbers
     */
    static Table read(Path argument, int expectedColumns, String expectation) {
        return isStandard(argument)
                ? CsvTables.read(System.in, name(argument), expectedColumns, expectation)
                : TableFiles.read(argument, expectedColumns, expectation);
    }

    /** Makes sure that a table could be written, before long work whose result it is. */
    static void requireWritable(Path argument) {
        if (!isStandard(argument)) {
            TableFiles.requireWritable(argument);
        }
    }

    /**
     * Writes a table.
     *
     * @param command whose output it is
     * @throws UncheckedIOException when it cannot be written
     */
    static void write(Path argument, Table table, CommandSpec command) {
        if (!isStandard(argument)) {
            TableFiles.write(argument, table);
            return;
        }
        PrintWriter out = command.commandLine().getOut();
        try {
            CsvTables.write(out, table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (out.checkError()) {
            IOException closed = new IOException("closed");
            throw new UncheckedIOException(
                    "Cannot write standard output. Maybe the program that reads it has ended?", closed);
        }
    }
}
