package org.soebm.examples.powerscheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One program, unchanged, on class paths with one solver plug-in, the other, both and none. */
class SolverSwapTest {
    private static final List<String> ORTOOLS = List.of("soebm-ortools-plugin", "ortools-");
    private static final List<String> TIMEFOLD = List.of("soebm-timefold-plugin", "timefold-solver");

    @TempDir
    Path folder;

    private record Run(String solver, double foresight, double taskLoss) {}

    /** The class path of this test without the jars (or build folders) of the given names. */
    private static String classPathWithout(List<String> names) {
        String separator = File.pathSeparator;
        return Arrays.stream(System.getProperty("java.class.path").split(separator, -1))
                .filter(entry -> names.stream().noneMatch(name -> isPartOf(name, Path.of(entry))))
                .collect(Collectors.joining(separator));
    }

    /** Whether a path is {@code …/NAME-1.0.jar} or {@code …/NAME/target/classes}. */
    private static boolean isPartOf(String name, Path path) {
        for (Path part : path) {
            if (part.toString().startsWith(name)) {
                return true;
            }
        }
        return false;
    }

    private ForkedCommandLine fork(String classPath, List<String> options, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(options);
        command.addAll(List.of("-cp", classPath, SmallTraining.class.getName()));
        command.addAll(arguments);
        return ForkedCommandLine.java(folder, command);
    }

    private Run run(List<String> leftOut, List<String> options, List<String> arguments)
            throws IOException, InterruptedException {
        ForkedCommandLine run = fork(classPathWithout(leftOut), options, arguments);
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        String[] words = run.out().strip().split(" ", -1);
        return new Run(words[0], Double.parseDouble(words[1]), Double.parseDouble(words[2]));
    }

    @Test
    void whicheverPluginIsThereWorksAndBothAgree() throws IOException, InterruptedException {
        Run ortools = run(TIMEFOLD, List.of(), List.of());
        Run timefold = run(ORTOOLS, List.of(), List.of());

        assertThat(ortools.solver()).isEqualTo("ortools");
        assertThat(timefold.solver()).isEqualTo("timefold");
        assertThat(timefold.foresight()).isCloseTo(ortools.foresight(), within(1e-3 * ortools.foresight()));
        assertThat(timefold.taskLoss()).isCloseTo(ortools.taskLoss(), within(0.02 * ortools.taskLoss()));
    }

    @Test
    void withBothTheLowestRankWorksUnlessTheUserNamesTheOther() throws IOException, InterruptedException {
        assertThat(run(List.of(), List.of(), List.of()).solver()).isEqualTo("ortools");
        assertThat(run(List.of(), List.of(), List.of("timefold")).solver()).isEqualTo("timefold");
        assertThat(run(List.of(), List.of("-Dsoebm.solver=timefold"), List.of()).solver())
                .isEqualTo("timefold");
    }

    @Test
    void withNoneTheErrorNamesTheArtifactsToAdd() throws IOException, InterruptedException {
        List<String> both = new ArrayList<>(ORTOOLS);
        both.addAll(TIMEFOLD);
        ForkedCommandLine run = fork(classPathWithout(both), List.of(), List.of());

        assertThat(run.exitCode()).isOne();
        assertThat(run.out().strip())
                .isEqualTo("No solver is installed. Add org.soebm:soebm-ortools-plugin or"
                        + " org.soebm:soebm-timefold-plugin to the class path.");
    }
}
