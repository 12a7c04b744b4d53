package org.soebm.documentation;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The class path that {@code ./soebm} runs on, in this process: a start of Java for each command would take minutes. */
final class Distribution {
    /** The jars, as {@code distribution} collected them. */
    static final Path LIBRARY = Documents.ROOT.resolve("distribution/target/lib");

    private final ClassLoader loader;
    private final Method run;

    private Distribution(ClassLoader loader, Method run) {
        this.loader = loader;
        this.run = run;
    }

    /** Opens the built distribution. */
    static Distribution open() throws IOException, ReflectiveOperationException {
        List<URL> jars = new ArrayList<>();
        try (Stream<Path> files = Files.list(LIBRARY)) {
            for (Path jar : files.sorted().toList()) {
                jars.add(jar.toUri().toURL());
            }
        }
        ClassLoader loader = new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        Method run = loader.loadClass("org.soebm.runtime.cli.Main")
                .getDeclaredMethod("run", PrintWriter.class, PrintWriter.class, String[].class);
        run.setAccessible(true);
        return new Distribution(loader, run);
    }

    /** How a command ended and what it printed on both streams. */
    record Run(int exitCode, String output) {}

    /** Runs a command with system properties set meanwhile. */
    Run run(List<String> arguments, String javaOptions) throws ReflectiveOperationException {
        List<String> properties = new ArrayList<>();
        for (String option : javaOptions.split(" ")) {
            if (option.startsWith("-D")) {
                String[] parts = option.substring(2).split("=", 2);
                System.setProperty(parts[0], parts[1]);
                properties.add(parts[0]);
            }
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        StringWriter output = new StringWriter();
        try {
            PrintWriter writer = new PrintWriter(output, true);
            return new Run((int) run.invoke(null, writer, writer, arguments.toArray(String[]::new)), output.toString());
        } finally {
            thread.setContextClassLoader(before);
            properties.forEach(System::clearProperty);
        }
    }
}
