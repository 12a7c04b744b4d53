package org.soebm.runtime.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A folder that gets all files of a result or none: they are written to a {@link #staging} folder in it, and moved from
 * there by {@link #publish}. Folders that were made for nothing go away on {@link #close}.
 */
public final class ResultFolder implements AutoCloseable {
    private final Path folder;
    private final List<Path> newFolders; // from the innermost outwards
    private @Nullable Path staging;

    private ResultFolder(Path folder, List<Path> newFolders) {
        this.folder = folder;
        this.newFolders = newFolders;
    }

    /**
     * Makes a folder, with its parents, unless it is there, and makes sure that files can be made in it.
     *
     * @throws UncheckedIOException when that is not possible; nothing is left behind
     */
    public static ResultFolder open(Path folder) {
        List<Path> missing = new ArrayList<>();
        for (Path path = folder.toAbsolutePath(); path != null && Files.notExists(path); path = path.getParent()) {
            missing.add(path);
        }
        ResultFolder opened = new ResultFolder(folder, missing);
        try {
            AtomicFiles.createWritableFolder(folder);
            return opened;
        } catch (UncheckedIOException failure) {
            opened.close();
            throw failure;
        }
    }

    /** Where to write the files to. */
    public Path staging() {
        if (staging == null) {
            Path path = folder.resolve(".soebm-" + UUID.randomUUID() + ".tmp");
            try {
                staging = Files.createDirectory(path);
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "Cannot write into the folder " + folder + ": " + AtomicFiles.reason(e), e);
            }
        }
        return staging;
    }

    /**
     * Puts staged files into the folder, in this order, in place of files of the same names.
     *
     * @throws UncheckedIOException when one of them cannot be written
     */
    public void publish(List<String> names) {
        for (String name : names) {
            AtomicFiles.requireWritable(folder.resolve(name));
        }
        for (String name : names) {
            AtomicFiles.replace(staging().resolve(name), folder.resolve(name));
        }
    }

    /** Removes what was staged and not published, and those folders that were made for this one and are empty. */
    @Override
    public void close() {
        try {
            if (staging != null) {
                List<Path> rest;
                try (var files = Files.list(staging)) {
                    rest = files.toList();
                }
                for (Path file : rest) {
                    Files.delete(file);
                }
                Files.delete(staging);
            }
            for (Path path : newFolders) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // A folder has results in it, or cannot be removed: no reason to hide the failure that left it empty.
        }
    }
}
