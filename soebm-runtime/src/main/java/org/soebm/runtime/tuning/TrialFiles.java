package org.soebm.runtime.tuning;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.soebm.runtime.data.AtomicFiles;
import org.soebm.runtime.data.ResultFolder;
import org.soebm.runtime.experiment.SealedJson;

/**
 * The finished trials of a search, by which it goes on where it was stopped: one file each, {@code trials/trial-0003.json},
 * complete or not there.
 */
public final class TrialFiles {
    private static final String LOCK = ".lock";
    private static final String LOSS = "validationTaskLoss";
    private static final String SAMPLE_SIZE = "effectiveSampleSize";
    private static final String SECONDS = "seconds";
    private static final String FAILURE = "failure";
    private static final String LASTING = "failsAgain";

    private final Path folder;

    /** Files in a folder. */
    public TrialFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * The folder, for this process alone until it is closed.
     *
     * @throws org.soebm.runtime.data.FolderInUseException when another process is at work in it
     * @throws java.io.UncheckedIOException when files cannot be made in it
     */
    public ResultFolder open() {
        return ResultFolder.openAlone(folder, trials().resolve(LOCK));
    }

    private Path trials() {
        return folder.resolve("trials");
    }

    private Path file(int number) {
        return trials().resolve(String.format(Locale.ROOT, "trial-%04d.json", number));
    }

    /** Whether an earlier start left the first. */
    boolean exist() {
        return Files.exists(file(0));
    }

    /** A trial that was finished with the same digest, or null where it is to do; tells why what is there is not taken. */
    @Nullable
    Trial find(int number, Map<String, String> values, String digest, TuningListener listener) {
        Path file = file(number);
        if (Files.notExists(file)) {
            return null;
        }
        try {
            JsonObject json = SealedJson.read(file, digest);
            JsonElement failure = json.get(FAILURE);
            Trial trial = new Trial(
                    number,
                    values,
                    number(json.get(LOSS)),
                    number(json.get(SAMPLE_SIZE)),
                    number(json.get(SECONDS)),
                    failure.isJsonNull() ? null : failure.getAsString(),
                    json.get(LASTING).getAsBoolean());
            return trial.failure() == null || trial.isLasting() ? trial : null;
        } catch (IOException e) {
            listener.fileRefused(file, AtomicFiles.reason(e));
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
            listener.fileRefused(file, "it is damaged");
        }
        return null;
    }

    private static double number(JsonElement json) {
        return json.isJsonNull() ? Double.NaN : json.getAsDouble();
    }

    /** Keeps a finished trial. */
    void keep(Trial trial, String digest) {
        Map<String, @Nullable Object> content = new LinkedHashMap<>();
        content.put(SealedJson.DIGEST, digest);
        content.put("trial", trial.number());
        content.put("values", trial.values());
        content.put(LOSS, orNull(trial.taskLoss()));
        content.put(SAMPLE_SIZE, orNull(trial.effectiveSampleSize()));
        content.put(SECONDS, orNull(trial.seconds()));
        content.put(FAILURE, trial.failure());
        content.put(LASTING, trial.isLasting());
        AtomicFiles.createWritableFolder(trials());
        SealedJson.write(file(trial.number()), content);
    }

    private static @Nullable Double orNull(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
