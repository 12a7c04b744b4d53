package org.soebm.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.soebm.api.task.DataException;
import org.soebm.benchmarks.scaling.Sweep;

/**
 * The benchmarks by JMH with JMH's own arguments, then a table of their results; or what is measured without JMH, the table of
 * solvers and the sweeps. Looks at the data first: a wrong folder is one line here, not a stack trace a benchmark.
 */
public final class Main {
    private static final String SOLVERS = "solvers";
    private static final String SCALING = "scaling";
    private static final String RESULTS = "benchmarks.csv";
    private static final String GC_PROFILER = "gc";
    private static final Set<String> ONLY_TELLING = Set.of("-h", "-l", "-lp", "-lrf", "-lprof");

    private Main() {}

    /** Prints a table of what the arguments name; a benchmark that fails ends the run with an error. */
    public static void main(String[] arguments) throws IOException {
        List<String> all = Arrays.asList(arguments);
        if (all.equals(List.of(SOLVERS))) {
            SolverTable.print();
        } else if (!all.isEmpty() && all.get(0).equals(SCALING)) {
            sweep(all.subList(1, all.size()));
        } else if (all.stream().anyMatch(ONLY_TELLING::contains)) {
            org.openjdk.jmh.Main.main(arguments);
        } else {
            run(arguments);
        }
    }

    private static void sweep(List<String> arguments) throws IOException {
        try {
            Sweep.run(arguments, Folders.target());
        } catch (IllegalArgumentException e) {
            exit(2, String.valueOf(e.getMessage()));
        }
    }

    private static void run(String[] arguments) throws IOException {
        try {
            CommandLineOptions given = new CommandLineOptions(arguments);
            checkData(given);
            ChainedOptionsBuilder options = new OptionsBuilder().parent(given).shouldFailOnError(true);
            if (given.getProfilers().stream()
                    .noneMatch(profiler -> profiler.getKlass().equals(GC_PROFILER))) {
                options.addProfiler(GCProfiler.class);
            }
            Collection<RunResult> results = new Runner(options.build()).run();
            ResultTable table = ResultTable.of(results);
            table.print();
            Path file = Folders.target().resolve(RESULTS);
            table.write(file);
            System.out.println();
            System.out.println("Written to " + file);
        } catch (CommandLineOptionException e) {
            exit(2, "wrong arguments: " + e.getMessage() + ". See benchmarks/run -h.");
        } catch (DataException e) {
            exit(1, String.valueOf(e.getMessage()));
        } catch (NoBenchmarksException e) {
            exit(2, "no benchmark has such a name. See benchmarks/run -l.");
        } catch (RunnerException e) {
            exit(1, String.valueOf(e.getMessage()));
        }
    }

    private static void checkData(CommandLineOptions given) {
        Collection<String> sources = given.getParameter("data").orElse(List.of());
        for (String source : sources) {
            BenchmarkedTask.powerScheduling(source).close();
        }
    }

    private static void exit(int code, String message) {
        System.err.println("benchmarks: " + message);
        System.exit(code);
    }
}
