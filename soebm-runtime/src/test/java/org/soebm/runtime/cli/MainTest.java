package org.soebm.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.soebm.runtime.network.OfflineEngine;

class MainTest {
    @TempDir
    Path folder;

    @Test
    void versionIsPrintedOnStandardOutput() {
        CliRun run = CliRun.of("--version");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("soebm ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tasks", "solvers", "methods", "doctor", "train", "evaluate", "decide", "solve"})
    void everyCommandHasHelpWithAnExample(String command) {
        CliRun run = CliRun.of(command, "--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Usage: soebm " + command, "--verbose", "--plugin-path", "--help");
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--no-such-option", "no-such-command", "solve", "train", "tasks --nonsense", ""})
    void wrongUsageIsOneLineWithTheWayToTheHelp(String line) {
        CliRun run = CliRun.of(line.isEmpty() ? new String[0] : line.split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLine()).startsWith("soebm: ").contains("--help'");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void anUnknownOptionIsNamed() {
        assertThat(CliRun.of("tasks", "--nonsense").errorLine()).contains("--nonsense");
    }

    @Test
    void installedTasksAndSolversAndMethodsAreListedWithATab() {
        assertThat(CliRun.of("tasks").out()).contains("newsvendor\thow much to order");
        assertThat(CliRun.of("solvers").out()).contains("coordinate\tbisection");
        assertThat(CliRun.of("methods").out()).contains("two-stage\t", "so-ebm\t");
    }

    @Test
    void thePluginPathMustBeAFolderOfJars() throws IOException {
        CliRun missing =
                CliRun.of("tasks", "--plugin-path", folder.resolve("none").toString());
        assertThat(missing.exitCode()).isOne();
        assertThat(missing.errorLine()).contains(folder.resolve("none").toString(), "is not a folder");
        CliRun empty = CliRun.of("--plugin-path", folder.toString(), "tasks");
        assertThat(empty.exitCode()).isOne();
        assertThat(empty.errorLine()).contains("has no jar in it");
    }

    @Test
    void tasksFromThePluginPathAreFound() throws IOException {
        PluginJar.write(folder.resolve("plugin.jar"));
        CliRun run = CliRun.of("tasks", "--plugin-path", folder.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("from-a-jar\t").contains("newsvendor\t");
        assertThat(CliRun.of("tasks").out()).doesNotContain("from-a-jar");
    }

    @Test
    void aStackTraceIsPrintedOnRequestOnly() {
        String[] line = {"solve", "newsvendor", "--parameters", "none.csv", "--out", "a.csv"};
        assertThat(CliRun.of(line).err()).doesNotContain("\tat ");
        assertThat(CliRun.of("solve", "newsvendor", "--parameters", "none.csv", "--out", "a.csv", "--verbose")
                        .err())
                .contains("There is no file none.csv")
                .contains("\tat org.soebm.runtime");
    }

    @Test
    void theDoctorListsThePlugIns() throws IOException {
        PluginJar.write(folder.resolve("plugin.jar"));
        Files.writeString(folder.resolve("notes.txt"), "no jar");
        CliRun run = CliRun.of("doctor", "--plugin-path", folder.toString());
        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.out())
                .contains("plug-ins from " + folder + ": plugin.jar")
                .contains("from-a-jar");
    }

    @Test
    void theDoctorFailsWithoutASolverAndATask() {
        OfflineEngine.get(); // found on the class path before that is out of view
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            CliRun run = CliRun.of("doctor");
            assertThat(run.exitCode()).isOne();
            assertThat(run.out())
                    .contains("no solver is installed", "no task is installed", "FAILED  training cannot run");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void theDoctorTriesEverything() {
        CliRun run = CliRun.of("doctor");
        assertThat(run.out()).contains("Java ", "PyTorch ", "solver coordinate", "newsvendor", "training can run");
        assertThat(run.exitCode()).isZero();
    }
}
