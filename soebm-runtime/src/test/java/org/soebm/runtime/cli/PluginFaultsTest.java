package org.soebm.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.soebm.runtime.fixture.NewsvendorTaskProvider;

/** What users see of plug-ins that are broken, built for something else, registered twice, or wrong in what they answer. */
class PluginFaultsTest {
    @TempDir
    Path folder;

    private Path plugins;
    private Path jar;

    @BeforeEach
    void makeTheFolder() throws IOException {
        plugins = Files.createDirectory(folder.resolve("plugins"));
        jar = plugins.resolve("plugin.jar");
    }

    private CliRun run(String... line) {
        String[] withPlugins = Arrays.copyOf(line, line.length + 2);
        withPlugins[line.length] = "--plugin-path";
        withPlugins[line.length + 1] = plugins.toString();
        return CliRun.of(withPlugins);
    }

    private void assertRefused(String command, String... parts) {
        CliRun run = run(command);
        assertThat(run.exitCode()).isOne();
        assertThat(run.errorLine()).contains(parts).doesNotContain("--verbose", "..");
        assertThat(run.err()).doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void whatIsNoJarIsNamed() throws IOException {
        Files.writeString(jar, "no zip file");
        assertRefused("tasks", "The plug-in " + jar + " is not a whole jar: ", "Copy or build it again");
        Files.write(jar, new byte[0]);
        assertRefused("tasks", "The plug-in " + jar + " is not a whole jar: ");
    }

    @Test
    void aTruncatedJarIsNamed() throws IOException {
        PluginJar.write(jar);
        byte[] whole = Files.readAllBytes(jar);
        for (int length : new int[] {whole.length - 1, whole.length / 2, 30}) {
            Files.write(jar, Arrays.copyOf(whole, length));
            assertRefused("tasks", "The plug-in " + jar + " is not a whole jar: ");
        }
    }

    @Test
    void aJarWithoutTheClassThatItRegistersIsNamed() throws IOException {
        PluginJar.task("JarTask", "from-a-jar").withoutClass().writeTo(jar);
        assertRefused("tasks", "The plug-in " + jar + " registers JarTask, but does not hold that class");
    }

    @Test
    void aClassWithDamagedBytesIsNamed() throws IOException {
        PluginJar.write(jar);
        byte[] bytes = Files.readAllBytes(jar);
        for (int i = 60; i < 90; i++) { // within the first entry, which is compressed
            bytes[i] ^= 0x55;
        }
        Files.write(jar, bytes);
        assertRefused("tasks", "A task plug-in cannot be loaded: ", "JarTask", "Build it again, or remove its jar");
    }

    @Test
    void aProviderThatLacksWhatThisVersionAsksForIsNamed() throws IOException {
        PluginJar.task("OldTask", "old")
                .withSource("public final class OldTask implements org.soebm.api.task.TaskProvider {}")
                .builtFor(
                        "org.soebm.api.task.TaskProvider",
                        "package org.soebm.api.task; public interface TaskProvider {}")
                .writeTo(jar);
        assertRefused(
                "tasks",
                "The task plug-in OldTask in file:" + jar
                        + " was built for another version of soebm: AbstractMethodError",
                "name()",
                "Build it again with this version's soebm-api");
    }

    /** The name is there, so the plug-in is found, but not the method that makes the solver. */
    @Test
    void aSolverThatLacksWhatThisVersionAsksForIsNamed() throws IOException {
        PluginJar.solver("OldSolver", "old", "")
                .withSource("""
                        public final class OldSolver implements org.soebm.api.solver.ArgminSolverProvider {
                            public String name() { return "old"; }
                            public int rank() { return 1_000_000; }
                            public String description() { return ""; }
                        }
                        """)
                .builtFor("org.soebm.api.solver.ArgminSolverProvider", """
                        package org.soebm.api.solver;
                        public interface ArgminSolverProvider {
                            String name();
                            int rank();
                            String description();
                        }
                        """)
                .writeTo(jar);
        CliRun run = solve("old");
        assertThat(run.exitCode()).isOne();
        assertThat(run.errorLine())
                .contains("A plug-in or library cannot be loaded: AbstractMethodError", "OldSolver")
                .contains("Maybe it was built for another version?");
        assertThat(run.err()).doesNotContain("\tat ");
    }

    @Test
    void aPluginWhoseConstructorFailsIsNamed() throws IOException {
        PluginJar plugin = PluginJar.task("JarTask", "from-a-jar");
        plugin.withSource(plugin.source()
                        .replace(
                                "{\n    public String name",
                                "{\n    public JarTask() { throw new IllegalStateException(); }\n"
                                        + "    public String name"))
                .writeTo(jar);
        assertRefused("tasks", "A task plug-in cannot be loaded: ", "JarTask could not be instantiated");
    }

    @Test
    void twoTasksOrSolversOfOneNameAreRefused() throws IOException {
        PluginJar.task("OtherNewsvendor", NewsvendorTaskProvider.NAME).writeTo(jar);
        for (String command : new String[] {"tasks", "train " + NewsvendorTaskProvider.NAME}) {
            CliRun run = run(command.split(" "));
            assertThat(run.exitCode()).isOne();
            assertThat(run.errorLine())
                    .contains("There are two tasks named newsvendor: ")
                    .contains("OtherNewsvendor in file:" + jar, NewsvendorTaskProvider.class.getName(), "Remove one");
        }
        PluginJar.solver("OtherCoordinate", "coordinate", "return answer();").writeTo(jar);
        assertRefused("solvers", "There are two solvers named coordinate: ", "OtherCoordinate in file:" + jar);
    }

    @Test
    void theSamePluginInTwoJarsIsRefused() throws IOException {
        PluginJar.write(jar);
        Path older = Files.copy(jar, plugins.resolve("plugin-0.9.jar"));
        assertRefused(
                "tasks", "Two plug-ins bring JarTask: " + older + " and " + jar, "Maybe one is an older version?");
    }

    @Test
    void aJarOfSourcesBesideThePluginDoesNotMatter() throws IOException {
        PluginJar.write(jar);
        PluginJar.task("JarTask", "from-a-jar").withoutClass().writeTo(plugins.resolve("a-plugin-sources.jar"));
        assertThat(run("tasks").out()).contains("from-a-jar\t");
    }

    @Test
    void whatTheClassPathHasAlreadyIsRefused() throws IOException {
        String className = NewsvendorTaskProvider.class.getName();
        PluginJar.task(className, "newsvendor")
                .withSource("package org.soebm.runtime.fixture; public final class NewsvendorTaskProvider {}")
                .writeTo(jar);
        assertRefused("tasks", "brings " + className + ", which the class path has already (file:");
    }

    private CliRun solve(String solver) throws IOException {
        Path parameters = Files.writeString(folder.resolve("y.csv"), "y0,y1\n2.5,3\n12,-1\n");
        String out = folder.resolve("a.csv").toString();
        CliRun run =
                run("solve", "newsvendor", "--parameters", parameters.toString(), "--out", out, "--solver", solver);
        assertThat(folder.resolve("a.csv")).doesNotExist();
        return run;
    }

    /** What a solver does, and what is said of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "return answer(1, Double.NaN);|Solver odd answered NaN for decision 1 (counted from 0)",
                "return answer(1, -3);|Solver odd answered a decision that misses a constraint by 3.0",
                "return answer(1);|Solver odd answered 1 decisions instead of 2",
                "return null;|Solver odd answered nothing",
                "throw new IndexOutOfBoundsException(\"index 7\");|Solver odd failed with IndexOutOfBoundsException: index 7",
                "throw new AssertionError(\"never here\");|Solver odd failed with AssertionError: never here",
                "return solve(problem, cancellation);|StackOverflowError",
                "throw new OutOfMemoryError(\"no room\");|Out of memory (no room). Maybe the JVM needs more"
            })
    void aSolverThatFailsOrAnswersNoDecisionIsNamedAndNothingIsWritten(String body, String problem) throws IOException {
        PluginJar.solver("OddSolver", "odd", body).writeTo(jar);
        CliRun run = solve("odd");
        assertThat(run.exitCode()).isOne();
        assertThat(run.errorLine()).contains(problem);
        assertThat(run.err()).doesNotContain("\tat ");

        Path model = folder.resolve("model");
        CliRun training = run("train", "newsvendor", "--device", "cpu", "--solver", "odd", "--out", model.toString());
        assertThat(training.exitCode()).isOne();
        assertThat(training.errorLine()).contains(problem);
        assertThat(model).doesNotExist();
    }

    @Test
    void theDoctorNamesASolverThatAnswersNonsense() throws IOException {
        PluginJar.solver("OddSolver", "odd", "return answer(7);").writeTo(jar);
        CliRun run = run("doctor");
        assertThat(run.exitCode()).as("others work").isZero();
        assertThat(run.out())
                .contains("FAILED  solver odd: Solver odd answered a decision that misses a constraint by 6.0")
                .contains("ok      training can run");
    }
}
