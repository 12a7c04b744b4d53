package org.soebm.api.task;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/**
 * Values in a temporary file, read and written in place and never mapped: mapped pages would count as the process's own
 * memory. The file has no name any more once it is open (where the system allows that, else until it is closed), so that
 * a killed process leaves nothing behind. It is closed when this is no longer reachable, or by {@link #close}.
 *
 * <p>An interrupt does no harm, as it would to a file channel, which it closes for everyone.
 */
final class SpoolFile implements TableStorage {
    private static final Cleaner CLEANER = Cleaner.create();
    private static final int BUFFER = 1 << 18; // bytes moved at a time

    private final int width;
    private final OpenFile file;
    private final Cleaner.Cleanable cleanable;

    private SpoolFile(int width, OpenFile file) {
        this.width = width;
        this.file = file;
        cleanable = CLEANER.register(this, file);
    }

    /** An open file and what is left to do with it. */
    private static final class OpenFile implements Runnable {
        private final Path folder;
        private final RandomAccessFile access;
        private final File named;
        private boolean isClosed;

        OpenFile(Path folder) throws IOException {
            this.folder = folder;
            named = Files.createTempFile(folder, "soebm-table-", ".tmp").toFile();
            try {
                access = new RandomAccessFile(named, "rw");
            } finally {
                if (!named.delete()) {
                    named.deleteOnExit();
                }
            }
        }

        synchronized void read(long position, byte[] bytes, int length) {
            requireOpen();
            try {
                access.seek(position);
                access.readFully(bytes, 0, length);
            } catch (IOException e) {
                throw failure("read from", folder, e);
            }
        }

        synchronized void append(byte[] bytes, int length) {
            requireOpen();
            try {
                access.write(bytes, 0, length);
            } catch (IOException e) {
                throw failure("kept in", folder, e);
            }
        }

        private void requireOpen() {
            if (isClosed) {
                throw new IllegalStateException("The table was discarded.");
            }
        }

        @Override
        public synchronized void run() {
            isClosed = true;
            try {
                access.close();
            } catch (IOException e) {
                // Nothing is lost: all that was written had been read as often as anybody wanted.
            }
            named.delete(); // there still only where an open file keeps its name
        }
    }

    private static DataException failure(String done, Path folder, IOException why) {
        String reason = why instanceof NotDirectoryException || !Files.isDirectory(folder)
                ? "there is no such folder"
                : !Files.isWritable(folder) ? "permission denied" : why.getMessage();
        return new DataException(
                "A table too large for memory cannot be " + done + " the folder " + folder + ": " + reason
                        + ". Make room there, or name another folder for such tables with -D" + Table.FOLDER_PROPERTY
                        + "=FOLDER.",
                why);
    }

    /** Writes a file front to back. */
    static final class Writer {
        private final OpenFile file;
        private final SpoolFile spool;
        private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.nativeOrder());

        /**
         * Opens a new file.
         *
         * @throws DataException when the folder does not take it
         */
        Writer(Path folder, int width) {
            try {
                file = new OpenFile(folder);
            } catch (IOException e) {
                throw failure("kept in", folder, e);
            }
            spool = new SpoolFile(width, file);
        }

        /** Appends values. */
        void append(double[] values, int length) {
            for (int done = 0; done < length; ) {
                int count = Math.min(length - done, buffer.remaining() / Double.BYTES);
                buffer.asDoubleBuffer().put(values, done, count);
                buffer.position(buffer.position() + count * Double.BYTES);
                done += count;
                if (buffer.remaining() < Double.BYTES) {
                    flush();
                }
            }
        }

        private void flush() {
            file.append(buffer.array(), buffer.position());
            buffer.clear();
        }

        /** Ends the file. */
        SpoolFile finish() {
            flush();
            return spool;
        }

        /** Closes the file, of which nothing is wanted any more. */
        void discard() {
            spool.close();
        }
    }

    @Override
    public void copy(int firstRow, int count, double[] target, int offset) {
        read((long) firstRow * width, count * width, target, offset);
    }

    @Override
    public double get(int row, int column) {
        double[] value = new double[1];
        read((long) row * width + column, 1, value, 0);
        return value[0];
    }

    private void read(long first, int count, double[] target, int offset) {
        try {
            byte[] bytes = new byte[Math.min(BUFFER, count * Double.BYTES)];
            ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
            for (int done = 0; done < count; ) {
                int part = Math.min(count - done, BUFFER / Double.BYTES);
                file.read((first + done) * Double.BYTES, bytes, part * Double.BYTES);
                buffer.asDoubleBuffer().get(target, offset + done, part);
                done += part;
            }
        } finally {
            Reference.reachabilityFence(this); // or the file might be closed while it is read
        }
    }

    /** Closes the file; it cannot be read from then on. */
    void close() {
        cleanable.clean();
    }
}
