package org.soebm.ortools.library;

import com.google.ortools.Loader;
import org.soebm.api.solver.SolverUnavailableException;

/** The native libraries of OR-Tools, loaded once per process. */
public final class NativeLibrary {
    private static boolean loaded;

    private NativeLibrary() {}

    /**
     * Loads the libraries unless that was done before. Thread-safe.
     *
     * @throws SolverUnavailableException when they do not load here; names the platform and what to do
     */
    public static synchronized void load() {
        if (loaded) {
            return;
        }
        try {
            Loader.loadNativeLibraries();
            loaded = true;
        } catch (LinkageError | RuntimeException failure) {
            throw new SolverUnavailableException(message(failure), failure);
        }
    }

    /** What to tell the user when the libraries do not load. */
    public static String message(Throwable failure) {
        return "The native libraries of OR-Tools do not load on " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + " (Java " + System.getProperty("java.version") + "): " + failure
                + ". OR-Tools comes for 64-bit Linux with glibc, macOS and Windows. Maybe the artifact"
                + " com.google.ortools:ortools-<platform> is missing from the class path, the folder for temporary"
                + " files (" + System.getProperty("java.io.tmpdir") + ") is full or does not allow executable files,"
                + " or this is a Linux without glibc?";
    }
}
