package org.soebm.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.soebm.api.task.DataException;

/**
 * The table of solvers, or JMH's own command line, after a look at the data: a wrong folder is one line here, not a stack trace a
 * benchmark.
 */
public final class Main {
    private static final String FAIL_ON_ERROR = "-foe";
    private static final String SOLVERS = "solvers";
    private static final Set<String> ONLY_TELLING = Set.of("-h", "-l", "-lp", "-lrf", "-lprof");

    private Main() {}

    /** Prints the table, or runs the benchmarks that the arguments name, as JMH does; a benchmark that fails ends the run with an error. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 1 && arguments[0].equals(SOLVERS)) {
            SolverTable.print();
            return;
        }
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        if (all.stream().noneMatch(ONLY_TELLING::contains)) {
            checkData(arguments);
        }
        if (!all.contains(FAIL_ON_ERROR)) {
            all.addAll(List.of(FAIL_ON_ERROR, "true"));
        }
        org.openjdk.jmh.Main.main(all.toArray(String[]::new));
    }

    private static void checkData(String[] arguments) {
        try {
            Collection<String> sources =
                    new CommandLineOptions(arguments).getParameter("data").orElse(List.of());
            for (String source : sources) {
                new PowerScheduling(source).close();
            }
        } catch (CommandLineOptionException e) {
            exit(2, "wrong arguments: " + e.getMessage() + ". See benchmarks/run -h.");
        } catch (DataException e) {
            exit(1, String.valueOf(e.getMessage()));
        }
    }

    private static void exit(int code, String message) {
        System.err.println("benchmarks: " + message);
        System.exit(code);
    }
}
