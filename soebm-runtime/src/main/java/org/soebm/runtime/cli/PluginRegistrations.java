package org.soebm.runtime.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
     * Makes sure that jars are whole, hold what they register, and that nothing is brought twice. That a jar of sources, say,
     * registers what another one holds is fine.
     *
     * @param parent the class path, which has precedence over the jars
     * @throws PluginException when that is not so
     */
    static void require(List<Path> jars, ClassLoader parent) {
        Map<String, Path> registered = new LinkedHashMap<>(); // where each provider was found first
        for (Path jar : jars) {
            for (String provider : read(jar, PluginRegistrations::providers)) {
                registered.putIfAbsent(provider, jar);
            }
        }
        registered.forEach((provider, jar) -> requireOnce(provider, jar, jars, parent));
    }

    private static void requireOnce(String provider, Path registering, List<Path> jars, ClassLoader parent) {
        String file = provider.replace('.', '/') + ".class";
        List<Path> holding = jars.stream()
                .filter(jar -> read(jar, open -> open.getEntry(file) != null))
                .toList();
        URL onClassPath = parent.getResource(file);
        if (holding.isEmpty() && onClassPath == null) {
            throw new PluginException(
                    "The plug-in " + registering + " registers " + provider
                            + ", but does not hold that class. Build it again.",
                    null);
        }
        if (!holding.isEmpty() && onClassPath != null) {
            throw new PluginException(
                    "The plug-in " + holding.get(0) + " brings " + provider + ", which the class path has already ("
                            + onClassPath + "). Remove one of them.",
                    null);
        }
        if (holding.size() > 1) {
            throw new PluginException(
                    "Two plug-ins bring " + provider + ": " + holding.get(0) + " and " + holding.get(1)
                            + ". Maybe one is an older version? Remove it.",
                    null);
        }
    }

    @FunctionalInterface
    private interface Look<T> {
        T at(JarFile jar) throws IOException;
    }

    private static <T> T read(Path jar, Look<T> look) {
        try (JarFile open = new JarFile(jar.toFile())) {
            return look.at(open);
        } catch (IOException e) {
            throw new PluginException(
                    "The plug-in " + jar + " is not a whole jar: " + AtomicFiles.reason(e)
                            + ". Copy or build it again, or remove it.",
                    e);
        }
    }

    private static List<String> providers(JarFile jar) throws IOException {
        List<String> providers = new ArrayList<>();
        for (Class<?> service : SERVICES) {
            providers.addAll(providers(jar, service));
        }
        return providers;
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
