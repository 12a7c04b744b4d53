package org.soebm.examples.powerscheduling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a command printed and how it ended, run as {@code ./soebm} runs it: in a JVM of its own, which finds tasks and
 * solvers on the class path.
 */
record ForkedCommandLine(int exitCode, String out, String err) {

    private static final long LIMIT_MINUTES = 5;

    /**
     * A command of {@code ./soebm}.
     *
     * @param scratch folder for what the command prints, and its cache
     */
    static ForkedCommandLine run(Path scratch, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "-Dsoebm.cache=" + scratch.resolve("cache"),
                "-cp",
                System.getProperty("java.class.path"),
                "org.soebm.runtime.cli.Main"));
        command.addAll(List.of(arguments));
        return java(scratch, command);
    }

    /**
     * A program.
     *
     * @param scratch folder for what it prints
     * @param arguments of {@code java}
     */
    static ForkedCommandLine java(Path scratch, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Dai.djl.offline=true"));
        command.addAll(arguments);
        Path out = scratch.resolve("out.txt");
        Path err = scratch.resolve("err.txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                throw new IllegalStateException("Not done after " + LIMIT_MINUTES + " minutes: "
                        + String.join(" ", command) + "\n" + Files.readString(err));
            }
        } finally {
            process.destroyForcibly();
        }
        return new ForkedCommandLine(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
