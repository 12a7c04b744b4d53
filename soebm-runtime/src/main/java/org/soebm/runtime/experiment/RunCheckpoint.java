package org.soebm.runtime.experiment;

import ai.djl.Device;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.task.DataException;
import org.soebm.runtime.data.AtomicFiles;
import org.soebm.runtime.learning.Checkpoint;
import org.soebm.runtime.learning.Checkpoints;
import org.soebm.runtime.learning.LearningMethod;
import org.soebm.runtime.objective.StochasticProblem;

/**
 * The checkpoint of one run in its results' folder: written after each validation, removed when the results are there. It
 * knows by a digest of data, split, hyper-parameters, method, solver, device, seed and versions whether it is of the same run.
 */
public final class RunCheckpoint implements Checkpoints {
    /** Its folder within that of the results. */
    public static final String FOLDER = "checkpoint";

    private static final String STATE = "state.bin";
    private static final String LOCK = "lock";

    private final Path folder;
    private final String digest;
    private final boolean resume;
    private @Nullable Checkpoint latest;

    private RunCheckpoint(Path folder, String digest, boolean resume) {
        this.folder = folder;
        this.digest = digest;
        this.resume = resume;
    }

    /**
     * The checkpoint of a run.
     *
     * @param folder of the run's results
     * @param resume whether to go on from what is there
     * @throws DataException when to go on but the task's code cannot be told from other code
     */
    public static RunCheckpoint of(
            Path folder,
            ExperimentPlan plan,
            LearningMethod method,
            ArgminSolverProvider provider,
            SolverOptions options,
            Device device,
            boolean resume) {
        TaskCode code = TaskCode.of(plan.task(), StochasticProblem.of(plan.task(), plan.hyperParameters()));
        if (resume && code.unreadable() != null) {
            throw new DataException("Cannot resume: task " + plan.task().name()
                    + " does not tell whether it has changed since, and its code cannot be read: " + code.unreadable()
                    + ". Start anew without --resume.");
        }
        return new RunCheckpoint(
                folder, RunDigest.of(plan, code, provider, options, device).of(method.name()), resume);
    }

    /** The file to lock while a process has the folder to itself. */
    public static Path lock(Path folder) {
        return folder.resolve(FOLDER).resolve(LOCK);
    }

    /** The digest that tells this run from others. */
    public String digest() {
        return digest;
    }

    /** Whether the results of this same run are in the folder, and there is nothing left to do. */
    public boolean isFinished() {
        Path metrics = folder.resolve(ResultFiles.METRICS);
        if (!Files.isRegularFile(metrics)) {
            return false;
        }
        try {
            JsonElement json = JsonParser.parseString(Files.readString(metrics));
            JsonElement run = json.isJsonObject() ? json.getAsJsonObject().get(ResultFiles.RUN) : null;
            return run != null && run.isJsonPrimitive() && digest.equals(run.getAsString());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + metrics + ": " + AtomicFiles.reason(e) + ".", e);
        } catch (JsonParseException e) {
            return false; // not of a run that finished
        }
    }

    /** Whether a run left its state here, whatever run that was. */
    public boolean exists() {
        return Files.exists(state());
    }

    private Path state() {
        return folder.resolve(FOLDER).resolve(STATE);
    }

    /**
     * {@inheritDoc}
     *
     * @throws DataException when the checkpoint is damaged or of another run
     */
    @Override
    public @Nullable Checkpoint start() {
        if (resume) {
            AtomicFiles.requireWithin(folder, state());
            latest = CheckpointFile.read(state(), digest);
        }
        return latest;
    }

    @Override
    public void save(Checkpoint checkpoint) {
        AtomicFiles.requireWithin(folder, state());
        CheckpointFile.write(state(), digest, checkpoint);
        latest = checkpoint;
    }

    /** The state after the last validation of this process, or that which it went on from; null before the first. */
    public @Nullable Checkpoint latest() {
        return latest;
    }

    /** Removes the checkpoint, as there is nothing left to go on with. */
    public void remove() {
        try {
            Files.deleteIfExists(state());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + state() + ": " + AtomicFiles.reason(e) + ".", e);
        }
    }
}
