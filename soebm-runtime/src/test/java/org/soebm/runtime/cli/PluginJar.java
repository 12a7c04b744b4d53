package org.soebm.runtime.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.task.TaskProvider;

/** A plug-in that is not on the class path: one class, compiled into a jar. */
record PluginJar(Class<?> service, String className, String source, Map<String, String> api, boolean withClass) {
    /** A task of a name; it cannot be made. */
    static PluginJar task(String className, String name) {
        return new PluginJar(TaskProvider.class, className, """
                public final class %s implements org.soebm.api.task.TaskProvider {
                    public String name() { return "%s"; }
                    public String description() { return "comes with the plug-in path"; }
                    public org.soebm.api.task.Task create() { throw new UnsupportedOperationException(); }
                }
                """.formatted(className, name), Map.of(), true);
    }

    /** A solver of a name that is never chosen by itself. */
    static PluginJar solver(String className, String name, String bodyOfSolve) {
        return new PluginJar(
                ArgminSolverProvider.class, className, """
                import org.soebm.api.solver.*;

                public final class %1$s implements ArgminSolverProvider {
                    public String name() { return "%2$s"; }
                    public String description() { return "comes with the plug-in path"; }
                    public int rank() { return 1_000_000; }
                    public Support supports(ArgminProblem problem) { return Support.yes(); }
                    public ArgminSolver create(SolverOptions options) {
                        return new ArgminSolver() {
                            public Decision solve(ArgminProblem problem, Cancellation cancellation) {
                                %3$s
                            }
                            public SolverOptions options() { return options; }
                            public void close() {}
                        };
                    }
                    static Decision answer(double... values) {
                        return new Decision(
                                values, new double[0], 0, SolveStatus.OPTIMAL, java.time.Duration.ofMillis(1), "");
                    }
                }
                """.formatted(className, name, bodyOfSolve), Map.of(), true);
    }

    /** The same, compiled for an API that has other source for some class. */
    PluginJar builtFor(String apiClass, String apiSource) {
        return new PluginJar(service, className, source, Map.of(apiClass, apiSource), withClass);
    }

    /** The same, with other source. */
    PluginJar withSource(String other) {
        return new PluginJar(service, className, other, api, withClass);
    }

    /** The same, registered but without its class. */
    PluginJar withoutClass() {
        return new PluginJar(service, className, source, api, false);
    }

    static void write(Path jar) throws IOException {
        task("JarTask", "from-a-jar").writeTo(jar);
    }

    void writeTo(Path jar) throws IOException {
        Map<String, String> sources = new LinkedHashMap<>(api);
        sources.put(className, source);
        List<JavaFileObject> units = sources.entrySet().stream()
                .<JavaFileObject>map(entry -> unit(entry.getKey(), entry.getValue()))
                .toList();
        Path classes = Files.createTempDirectory("plugin-classes");
        try (var files = ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null)) {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
            List<String> options = List.of("-cp", System.getProperty("java.class.path"), "-proc:none");
            assertThat(ToolProvider.getSystemJavaCompiler()
                            .getTask(null, files, null, options, null, units)
                            .call())
                    .isTrue();
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                var compiled = Files.walk(classes)) {
            for (Path file : compiled.filter(Files::isRegularFile).sorted().toList()) {
                String name = classes.relativize(file).toString();
                if (withClass && !api.containsKey(name.replace('/', '.').replace(".class", ""))) {
                    out.putNextEntry(new ZipEntry(name));
                    out.write(Files.readAllBytes(file));
                }
            }
            out.putNextEntry(new ZipEntry("META-INF/services/" + service.getName()));
            out.write(("# what is in it\n" + className + "\n").getBytes(UTF_8));
        } finally {
            try (var all = Files.walk(classes)) {
                for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static JavaFileObject unit(String name, String source) {
        URI uri = URI.create("string:///" + name.replace('.', '/') + ".java");
        return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }
}
