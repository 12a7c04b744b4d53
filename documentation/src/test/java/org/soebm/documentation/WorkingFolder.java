package org.soebm.documentation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The process's own folder, made to look like a clone to the commands of the documents. */
final class WorkingFolder {
    private static final Path FOLDER = Path.of("").toAbsolutePath();
    private static final Path PJM = Documents.ROOT.resolve("../shared/data/pjm");

    private WorkingFolder() {}

    /** Empties the folder and links what commands name. */
    static void prepare() throws IOException {
        if (!FOLDER.endsWith("documentation/target/clone")) {
            throw new IllegalStateException(FOLDER + " is not the folder that this may empty.");
        }
        try (Stream<Path> old = Files.walk(FOLDER)) {
            for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                if (!path.equals(FOLDER)) {
                    Files.delete(path); // a link, not where it points
                }
            }
        }
        for (String name : List.of("examples", "templates", "docs", "distribution")) {
            Files.createSymbolicLink(FOLDER.resolve(name), Documents.ROOT.resolve(name));
        }
        if (Files.isDirectory(PJM)) {
            Files.createSymbolicLink(FOLDER.resolve("pjm"), PJM.toRealPath());
        }
        // What 'soebm' does after its build, for lines that a shell must run, such as pipes.
        Path launcher = FOLDER.resolve("soebm");
        Files.writeString(launcher, """
                #!/bin/sh
                exec java -XX:TieredStopAtLevel=1 --add-opens=java.base/java.nio=ALL-UNNAMED -Djava.awt.headless=true \
                -Dai.djl.offline=true -cp "%s/*" org.soebm.runtime.cli.Main "$@"
                """.formatted(Distribution.LIBRARY));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Whether the published load data is there. */
    static boolean hasLoadData() {
        return Files.isDirectory(FOLDER.resolve("pjm"));
    }

    /** Writes a file into the folder. */
    static void write(String name, String text) throws IOException {
        Files.writeString(FOLDER.resolve(name), text);
    }

    /** Runs a line by a shell in the folder. */
    static Distribution.Run shell(String line) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder("bash", "-c", line).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Distribution.Run(process.waitFor(), output);
    }
}
