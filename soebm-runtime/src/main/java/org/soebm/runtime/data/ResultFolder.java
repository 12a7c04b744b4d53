package org.soebm.runtime.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A folder that gets all files of a result or none: they are written to a {@link #staging} folder in it, and moved from
 * there by {@link #publish}. Folders that were made for nothing go away on {@link #close}.
 */
public final class ResultFolder implements AutoCloseable {
    private static final Pattern STAGING = Pattern.compile("\\.soebm-[0-9a-f-]{36}\\.tmp");

    private final Path folder;
    private final List<Path> newFolders; // from the innermost outwards
    private @Nullable Path staging;
    private @Nullable FolderLock lock;

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

    /**
     * Opens a folder for this process alone until {@link #close}, and removes what killed processes left unfinished in it.
     *
     * @param lockFile in the folder, or in one within it
     * @throws FolderInUseException when another process has opened it so
     * @throws UncheckedIOException as {@link #open} does, and when a link leads from the lock file out of the folder
     */
    public static ResultFolder openAlone(Path folder, Path lockFile) {
        ResultFolder opened = open(folder);
        try {
            AtomicFiles.requireWithin(folder, lockFile.resolveSibling(""));
            AtomicFiles.requireWithin(folder, lockFile);
            opened.lock = FolderLock.take(folder, lockFile);
        } catch (RuntimeException failure) {
            opened.close();
            throw failure;
        }
        removeLeftovers(folder);
        return opened;
    }

    /**
     * Removes staging folders that killed processes left in a folder. Only for who has the folder to himself, since they
     * look like those of a process at work.
     */
    public static void removeLeftovers(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try {
            List<Path> leftovers;
            try (var paths = Files.list(folder)) {
                leftovers = paths.filter(path ->
                                STAGING.matcher(path.getFileName().toString()).matches())
                        .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                        .toList();
            }
            for (Path leftover : leftovers) {
                removeStaging(leftover);
            }
        } catch (IOException e) {
            // They take up room, nothing else.
        }
    }

    /**
     * Removes files of a folder, and the folder itself where nothing else is in it.
     *
     * @throws UncheckedIOException when one is there and cannot be removed
     */
    public static void removeFiles(Path folder, List<String> names) {
        try {
            for (String name : names) {
                Files.deleteIfExists(folder.resolve(name));
            }
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            // Somebody put files of his own there.
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + folder + ": " + AtomicFiles.reason(e) + ".", e);
        }
    }

    private static void removeStaging(Path staging) throws IOException {
        List<Path> rest;
        try (var files = Files.list(staging)) {
            rest = files.toList();
        }
        for (Path file : rest) {
            Files.delete(file);
        }
        Files.delete(staging);
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
            AtomicFiles.requireWithin(folder, folder.resolve(name));
            AtomicFiles.requireWritable(folder.resolve(name));
        }
        for (String name : names) {
            AtomicFiles.replace(staging().resolve(name), folder.resolve(name));
        }
    }

    /** Removes what was staged and not published, and those folders that were made for this one and are empty. */
    @Override
    public void close() {
        if (lock != null) {
            lock.close();
        }
        try {
            if (staging != null) {
                removeStaging(staging);
            }
            for (Path path : newFolders) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // A folder has results in it, or cannot be removed: no reason to hide the failure that left it empty.
        }
    }
}
