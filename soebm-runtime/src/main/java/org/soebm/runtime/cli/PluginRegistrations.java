package org.soebm.runtime.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.soebm.api.plugin.PluginException;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.task.TaskProvider;
import org.soebm.runtime.data.AtomicFiles;

/**
 * The plug-ins that jars register, looked at before a class loader is: that would take a broken jar for an empty one, and of
 * two jars with the same class whichever comes first.
 */
final class PluginRegistrations {
    private static final List<Class<?>> SERVICES = List.of(TaskProvider.class, ArgminSolverProvider.class);

    private PluginRegistrations() {}

    /**
     * Makes sure that jars are whole, hold what they register, and that nothing is registered twice.
     *
     * @param parent the class path, which has precedence over the jars
     * @throws PluginException when that is not so
     */
    static void require(List<Path> jars, ClassLoader parent) {
        Map<String, Path> registered = new HashMap<>();
        for (Path jar : jars) {
            try (JarFile open = new JarFile(jar.toFile())) {
                for (Class<?> service : SERVICES) {
                    for (String provider : providers(open, service)) {
                        requireOnce(provider, jar, open, registered, parent);
                    }
                }
            } catch (IOException e) {
                throw new PluginException(
                        "The plug-in " + jar + " is not a whole jar: " + AtomicFiles.reason(e)
                                + ". Copy or build it again, or remove it.",
                        e);
            }
        }
    }

    private static void requireOnce(
            String provider, Path jar, JarFile open, Map<String, Path> registered, ClassLoader parent) {
        String file = provider.replace('.', '/') + ".class";
        URL onClassPath = parent.getResource(file);
        if (onClassPath != null) {
            throw new PluginException(
                    "The plug-in " + jar + " brings " + provider + ", which the class path has already (" + onClassPath
                            + "). Remove one of them.",
                    null);
        }
        if (open.getEntry(file) == null) {
            throw new PluginException(
                    "The plug-in " + jar + " registers " + provider + ", but does not hold that class. Build it again.",
                    null);
        }
        Path other = registered.putIfAbsent(provider, jar);
        if (other != null) {
            throw new PluginException(
                    "Two plug-ins bring " + provider + ": " + other + " and " + jar
                            + ". Maybe one is an older version? Remove it.",
                    null);
        }
    }

    /** The class names in a service file, whose comments start with #. */
    private static List<String> providers(JarFile jar, Class<?> service) throws IOException {
        ZipEntry entry = jar.getEntry("META-INF/services/" + service.getName());
        if (entry == null) {
            return List.of();
        }
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(jar.getInputStream(entry), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(line -> line.replaceAll("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .distinct()
                    .toList();
        }
    }
}
