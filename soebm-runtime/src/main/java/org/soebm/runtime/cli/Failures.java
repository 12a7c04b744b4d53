package org.soebm.runtime.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** Failures as one line on standard error and an exit code. */
final class Failures {
    private Failures() {}

    /** Exit code 2, with the way to the command's help. */
    static int wrongUsage(CommandLine.ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("soebm: " + sentence(oneLine(String.valueOf(failure.getMessage()))) + " See '"
                + command.getCommandSpec().qualifiedName() + " --help'.");
        return CommandLine.ExitCode.USAGE;
    }

    /** Exit code 1; the stack trace only where it was asked for. */
    static int report(Throwable failure, PrintWriter err, boolean verbose) {
        err.println("soebm: " + sentence(describe(failure)));
        if (verbose) {
            failure.printStackTrace(err);
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** The message where it is written for users, else with the kind of failure in front. */
    static String describe(Throwable failure) {
        String message = failure.getMessage() == null ? "" : oneLine(failure.getMessage());
        Class<?> kind = failure.getClass();
        boolean forUsers = kind.getName().startsWith("org.soebm.")
                || failure instanceof UncheckedIOException
                || kind == IllegalArgumentException.class;
        if (forUsers && !message.isEmpty()) {
            return message;
        }
        if (failure instanceof CancellationException) {
            return "Stopped before the end.";
        }
        if (failure instanceof OutOfMemoryError) {
            return "Out of memory (" + message + "). Maybe the JVM needs more, e.g. SOEBM_JAVA_OPTS=-Xmx8g?";
        }
        if (failure instanceof LinkageError) {
            return "A plug-in or library cannot be loaded: " + kind.getSimpleName() + ": "
                    + (message.endsWith(".") ? message.substring(0, message.length() - 1) : message)
                    + ". Maybe it was built for another version?";
        }
        return kind.getSimpleName() + (message.isEmpty() ? "" : ": " + message)
                + ". Run again with --verbose to see where.";
    }

    private static String oneLine(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining(" "));
    }

    private static String sentence(String text) {
        return text.endsWith(".") || text.endsWith("?") || text.endsWith("!") ? text : text + ".";
    }
}
