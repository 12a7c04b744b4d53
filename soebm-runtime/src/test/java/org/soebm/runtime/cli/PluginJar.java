package org.soebm.runtime.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles a task plug-in that is not on the class path into a jar. */
final class PluginJar {
    private static final String SOURCE = """
            public final class JarTask implements org.soebm.api.task.TaskProvider {
                public String name() { return "from-a-jar"; }
                public String description() { return "comes with the plug-in path"; }
                public org.soebm.api.task.Task create() { throw new UnsupportedOperationException(); }
            }
            """;

    private PluginJar() {}

    static void write(Path jar) throws IOException {
        Path classes = Files.createTempDirectory("plugin-classes");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        SimpleJavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///JarTask.java"), SimpleJavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return SOURCE;
                    }
                };
        List<String> options =
                List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
        if (!compiler.getTask(null, null, null, options, null, List.of(source)).call()) {
            throw new IOException("The plug-in does not compile.");
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("JarTask.class"));
            out.write(Files.readAllBytes(classes.resolve("JarTask.class")));
            out.putNextEntry(new ZipEntry("META-INF/services/org.soebm.api.task.TaskProvider"));
            out.write("JarTask\n".getBytes(UTF_8));
        }
        Files.delete(classes.resolve("JarTask.class"));
        Files.delete(classes);
    }
}
