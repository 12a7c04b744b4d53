package org.soebm.runtime.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.soebm.api.plugin.PluginException;
import org.soebm.api.task.DataException;
import org.soebm.runtime.data.AtomicFiles;

/** A folder of jars whose tasks and solvers are found as if they stood on the class path. */
final class PluginFolder implements AutoCloseable {
    private final URLClassLoader loader;

    private PluginFolder(URLClassLoader loader) {
        this.loader = loader;
    }

    /**
     * Looks at a folder.
     *
     * @throws DataException when it is none or has no jar
     * @throws PluginException when a jar is not whole, or brings what another one or the class path has already
     */
    static PluginFolder open(Path folder) {
        List<Path> jars = jars(folder);
        List<URL> urls = new ArrayList<>();
        try {
            for (Path jar : jars) {
                urls.add(jar.toUri().toURL());
            }
        } catch (MalformedURLException e) {
            throw new DataException("The plug-in path " + folder + " has a jar that has no URL.", e);
        }
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader parent = context == null ? PluginFolder.class.getClassLoader() : context;
        PluginRegistrations.require(jars, parent);
        return new PluginFolder(new URLClassLoader(urls.toArray(URL[]::new), parent));
    }

    /**
     * The jars of a folder, sorted by name.
     *
     * @throws DataException when it is no folder or has no jar
     */
    static List<Path> jars(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new DataException(
                    "The plug-in path " + folder + " is not a folder. Point --plugin-path at a folder" + " with jars.");
        }
        List<Path> jars;
        try (Stream<Path> files = Files.list(folder)) {
            jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new DataException(
                    "The plug-in path " + folder + " cannot be read: " + AtomicFiles.reason(e) + ".", e);
        }
        if (jars.isEmpty()) {
            throw new DataException("The plug-in path " + folder + " has no jar in it. Maybe it is another folder?");
        }
        return jars;
    }

    /** Works with the plug-ins in view. */
    int call(IntSupplier work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return work.getAsInt();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void close() {
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close a plug-in: " + AtomicFiles.reason(e) + ".", e);
        }
    }
}
