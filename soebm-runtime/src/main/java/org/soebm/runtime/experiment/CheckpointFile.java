package org.soebm.runtime.experiment;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.soebm.api.task.DataException;
import org.soebm.runtime.data.AtomicFiles;
import org.soebm.runtime.digest.Sha256;
import org.soebm.runtime.learning.Checkpoint;
import org.soebm.runtime.learning.EpochRecord;
import org.soebm.runtime.learning.Pretrained;
import org.soebm.runtime.network.Weights;

/**
 * A {@link Checkpoint} in one file: a digest of all that follows, a header in JSON that says which run it is of and how long
 * each array is, then the arrays, little-endian, float32 but for the objective's, which are float64. What is read is checked
 * before it is used.
 */
final class CheckpointFile {
    private static final String MAGIC = "soebm-checkpoint-2\n";
    private static final int LARGEST_HEADER = 64 << 20;
    private static final Gson GSON =
            new GsonBuilder().serializeSpecialFloatingPointValues().create();

    private CheckpointFile() {}

    /** What is not an array of numbers. */
    private record Header(
            String run,
            @Nullable Finished twoStage,
            double seconds,
            List<EpochRecord> history,
            int steps,
            int mostRowsAtOnce,
            List<int[]> lengths) {}

    /** Two-stage training but for its weights. */
    private record Finished(double seconds, List<EpochRecord> history) {}

    /**
     * Writes or replaces the file.
     *
     * @param run by which the run knows its own checkpoint
     * @throws java.io.UncheckedIOException when it cannot be written; the one before stays
     */
    static void write(Path file, String run, Checkpoint checkpoint) {
        Checkpoint.Phase phase = checkpoint.phase();
        Pretrained twoStage = checkpoint.twoStage();
        List<Weights> floats = floats(checkpoint);
        List<int[]> lengths = new ArrayList<>();
        for (Weights weights : floats) {
            lengths.add(
                    weights.arrays().stream().mapToInt(array -> array.length).toArray());
        }
        lengths.add(phase.steps().objective().stream()
                .mapToInt(array -> array.length)
                .toArray());
        byte[] header = GSON.toJson(new Header(
                        run,
                        twoStage == null ? null : new Finished(twoStage.seconds(), twoStage.history()),
                        checkpoint.seconds(),
                        phase.history(),
                        phase.steps().count(),
                        phase.steps().mostRowsAtOnce(),
                        lengths))
                .getBytes(StandardCharsets.UTF_8);
        ByteBuffer body = ByteBuffer.allocate(Math.toIntExact(Integer.BYTES + header.length + bytes(lengths)))
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(header.length)
                .put(header);
        for (Weights weights : floats) {
            for (float[] array : weights.arrays()) {
                body.asFloatBuffer().put(array);
                body.position(body.position() + array.length * Float.BYTES);
            }
        }
        for (double[] array : phase.steps().objective()) {
            body.asDoubleBuffer().put(array);
            body.position(body.position() + array.length * Double.BYTES);
        }
        byte[] bytes = body.array();
        AtomicFiles.write(file, out -> {
            out.write(MAGIC.getBytes(StandardCharsets.US_ASCII));
            out.write((Sha256.of(bytes) + "\n").getBytes(StandardCharsets.US_ASCII));
            out.write(bytes);
        });
    }

    private static List<Weights> floats(Checkpoint checkpoint) {
        Checkpoint.Phase phase = checkpoint.phase();
        Checkpoint.Steps steps = phase.steps();
        Pretrained twoStage = checkpoint.twoStage();
        return List.of(
                twoStage == null ? new Weights(List.of()) : twoStage.weights(),
                phase.best(),
                steps.weights(),
                steps.average(),
                steps.firstMoments(),
                steps.secondMoments());
    }

    private static long bytes(List<int[]> lengths) {
        long bytes = 0;
        for (int i = 0; i < lengths.size(); i++) {
            boolean isLast = i == lengths.size() - 1; // the objective's
            bytes += Arrays.stream(lengths.get(i)).asLongStream().sum() * (isLast ? Double.BYTES : Float.BYTES);
        }
        return bytes;
    }

    /**
     * Reads a checkpoint.
     *
     * @param run that wants to go on from it
     * @return null when there is no such file
     * @throws DataException when it is damaged or of another run
     */
    static @Nullable Checkpoint read(Path file, String run) {
        if (!Files.isRegularFile(file)) {
            return null;
        }
        ByteBuffer body = body(file);
        try {
            Header header = header(body);
            if (!header.run.equals(run)) {
                throw new DataException("The checkpoint " + file + " is of another run: data, split, hyper-parameters,"
                        + " method, solver, device, seed or versions differ. Give the options that it was started with, or"
                        + " start anew without --resume.");
            }
            if (header.lengths.size() != 7 || bytes(header.lengths) != body.remaining()) {
                throw new IllegalArgumentException("its arrays have other lengths than it says");
            }
            return checkpoint(header, body);
        } catch (DataException e) {
            throw e;
        } catch (RuntimeException e) { // of Gson, of buffers, of the records' own checks
            throw damaged(file, e);
        }
    }

    private static ByteBuffer body(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new DataException("Cannot read " + file + ": " + AtomicFiles.reason(e) + ".", e);
        }
        int start = MAGIC.length() + 2 * 32 + 1;
        if (bytes.length < start
                || !MAGIC.equals(new String(bytes, 0, MAGIC.length(), StandardCharsets.US_ASCII))
                || !Sha256.of(Arrays.copyOfRange(bytes, start, bytes.length))
                        .equals(new String(bytes, MAGIC.length(), 2 * 32, StandardCharsets.US_ASCII))) {
            throw damaged(file, null);
        }
        return ByteBuffer.wrap(bytes, start, bytes.length - start).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static DataException damaged(Path file, @Nullable Exception cause) {
        String message = file + " is damaged, or was written by another version. Start anew without --resume.";
        return cause == null ? new DataException(message) : new DataException(message, cause);
    }

    private static Header header(ByteBuffer body) {
        int length = body.getInt();
        if (length < 0 || length > LARGEST_HEADER) {
            throw new BufferUnderflowException();
        }
        byte[] json = new byte[length];
        body.get(json);
        Header header = GSON.fromJson(new String(json, StandardCharsets.UTF_8), Header.class);
        if (header == null || header.run == null || header.history == null || header.lengths == null) {
            throw new IllegalArgumentException("its header is not complete");
        }
        return header;
    }

    private static Checkpoint checkpoint(Header header, ByteBuffer body) {
        List<Weights> floats = new ArrayList<>();
        for (int[] lengths : header.lengths.subList(0, 6)) {
            List<float[]> arrays = new ArrayList<>();
            for (int length : lengths) {
                float[] array = new float[length];
                body.asFloatBuffer().get(array);
                body.position(body.position() + length * Float.BYTES);
                arrays.add(array);
            }
            floats.add(new Weights(arrays));
        }
        List<double[]> objective = new ArrayList<>();
        for (int length : header.lengths.get(6)) {
            double[] array = new double[length];
            body.asDoubleBuffer().get(array);
            body.position(body.position() + length * Double.BYTES);
            objective.add(array);
        }
        Finished finished = header.twoStage;
        return new Checkpoint(
                finished == null ? null : new Pretrained(floats.get(0), finished.history, finished.seconds),
                new Checkpoint.Phase(
                        header.history,
                        floats.get(1),
                        new Checkpoint.Steps(
                                header.steps,
                                header.mostRowsAtOnce,
                                floats.get(2),
                                floats.get(3),
                                floats.get(4),
                                floats.get(5),
                                objective)),
                header.seconds);
    }
}
