package org.soebm.runtime.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A folder for one process at a time: a lock on a file in it, which the system frees when the process ends, however it
 * does.
 */
final class FolderLock implements AutoCloseable {
    /** What this process has; to open such a file again and close it would free its lock on some systems. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @param folder to name where it is taken
     * @param file to lock, made with its own folder where it is not there
     * @throws FolderInUseException when another process, or another thread of this one, has it
     * @throws UncheckedIOException when the file cannot be made or locked
     */
    static FolderLock take(Path folder, Path file) {
        try {
            Path parent = Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
            Path real = parent.toRealPath().resolve(file.getFileName());
            if (!OWN.add(real)) {
                throw new FolderInUseException(folder);
            }
            boolean taken = false;
            try {
                FileChannel channel = FileChannel.open(real, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                taken = lock(channel);
                if (taken) {
                    return new FolderLock(real, channel);
                }
                throw new FolderInUseException(folder);
            } finally {
                if (!taken) {
                    OWN.remove(real);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot lock the folder " + folder + ": " + AtomicFiles.reason(e) + ".", e);
        }
    }

    /** Whether it could be had; else the channel is closed. */
    private static boolean lock(FileChannel channel) throws IOException {
        boolean taken = false;
        try {
            taken = channel.tryLock() != null;
            return taken;
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    /** Frees the lock; its file goes too, with the file's folder, where nothing else is in that. */
    @Override
    public void close() {
        try (channel) {
            Path folder = file.resolveSibling("");
            boolean alone;
            try (var files = Files.list(folder)) {
                alone = files.map(Path::getFileName).toList().equals(List.of(file.getFileName()));
            }
            if (alone) {
                Files.delete(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            // A file that stays is no lock: the next process takes it.
        } finally {
            OWN.remove(file);
        }
    }
}
