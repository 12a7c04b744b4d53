package org.soebm.runtime.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Files that are either complete or not there: the content goes to a temporary name in the same folder, which is then
 * moved to the final name. Failures are {@link UncheckedIOException}s whose message is one line for users.
 */
public final class AtomicFiles {
    private AtomicFiles() {}

    /** Writes a file's content to a stream that the caller closes. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of it. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes or replaces a file.
     *
     * @throws UncheckedIOException when the file cannot be written; nothing is left behind
     */
    public static void write(Path file, Content content) {
        try {
            if (Files.isDirectory(file)) {
                throw new FileSystemException(file.toString(), null, "it is a folder");
            }
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                writeStream(file, content, StandardOpenOption.WRITE); // a device or pipe cannot be moved onto
                return;
            }
            Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath(); // keeps symbolic links
            Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
            try {
                writeStream(temporary, content, StandardOpenOption.CREATE_NEW);
                move(temporary, target);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file + ": " + reason(e) + ".", e);
        }
    }

    /** Moves a file to another name in place of what is there; a symbolic link keeps pointing where it did. */
    static void replace(Path from, Path to) {
        try {
            if (Files.exists(to) && !Files.isRegularFile(to)) {
                write(to, out -> Files.copy(from, out));
            } else {
                move(from, Files.exists(to) ? to.toRealPath() : to);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + to + ": " + reason(e) + ".", e);
        }
    }

    /** Writes or replaces a text file in UTF-8. */
    public static void writeText(Path file, String text) {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Makes a folder, with its parents, unless it is there, and makes sure that files can be made in it.
     *
     * @throws UncheckedIOException when that is not possible
     */
    public static void createWritableFolder(Path folder) {
        boolean isNew = !Files.isDirectory(folder);
        try {
            if (isNew) {
                Files.createDirectories(folder);
            }
            Path probe = folder.resolve(".soebm-" + UUID.randomUUID() + ".tmp");
            Files.createFile(probe);
            Files.delete(probe);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot write into the folder " + folder + ": "
                            + (e instanceof NoSuchFileException
                                    ? (isNew ? "it cannot be made" : "it takes no files")
                                    : reason(e))
                            + ". Choose another folder.",
                    e);
        }
    }

    /**
     * Makes sure that a file could be written, before long work whose result goes there.
     *
     * @throws UncheckedIOException when it could not
     */
    public static void requireWritable(Path file) {
        if (Files.isDirectory(file)) {
            throw failure("Cannot write " + file + ": it is a folder.");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw failure(
                    "Cannot write " + file + ": there is no folder " + folder + ". Create it or choose another one.");
        }
        if (folder != null) {
            createWritableFolder(folder);
        }
    }

    /**
     * Makes sure that a file lies in a folder also when links are followed: whoever gave the folder away may not choose what
     * else is read or written.
     *
     * @param file in the folder by its name; may be missing
     * @throws UncheckedIOException when a link leads out of the folder
     */
    public static void requireWithin(Path folder, Path file) {
        try {
            boolean leadsNowhere = Files.isSymbolicLink(file) && !Files.exists(file);
            if (leadsNowhere || (Files.exists(file) && !file.toRealPath().startsWith(folder.toRealPath()))) {
                throw failure(file + " is a link that leads out of the folder " + folder
                        + " or nowhere. Put the file itself there.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file + ": " + reason(e) + ".", e);
        }
    }

    /** Why a file operation failed, as a clause for users. */
    public static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NoSuchFileException missing) {
            return missing.getFile() + " does not exist";
        }
        if (failure instanceof FileAlreadyExistsException existing) {
            return existing.getFile() + " is in the way";
        }
        if (failure instanceof NotDirectoryException file) {
            return file.getFile() + " is not a folder";
        }
        if (failure instanceof FileSystemException other && other.getReason() != null) {
            return other.getReason();
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    private static UncheckedIOException failure(String message) {
        return new UncheckedIOException(message, new IOException(message));
    }

    private static void writeStream(Path file, Content content, StandardOpenOption mode) throws IOException {
        try (OutputStream out = new BufferedOutputStream(
                mode == StandardOpenOption.CREATE_NEW
                        ? Files.newOutputStream(file, mode, StandardOpenOption.WRITE)
                        : Files.newOutputStream(file, mode))) {
            content.writeTo(out);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
