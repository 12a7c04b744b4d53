package org.soebm.runtime.experiment;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.soebm.runtime.data.AtomicFiles;
import org.soebm.runtime.data.ResultFolder;
import org.soebm.runtime.digest.Sha256;
import org.soebm.runtime.report.RunFigures;
import org.soebm.runtime.report.RunKey;

/**
 * The finished runs of a comparison, by which it goes on where it was stopped: one file each,
 * {@code runs/fraction-1/seed-0/METHOD.json}, with the figures, the {@link RunDigest} and a checksum of all that. Of one
 * run the model is kept too, with digests of its files in {@code run.json}.
 */
public final class RunFiles {
    private static final String DIGEST = SealedJson.DIGEST;
    private static final String FRACTION = "fraction-";
    private static final String LOCK = ".lock";
    private static final String FILES = "files";
    private static final String RUN = "run.json";

    private final Path folder;
    private final @Nullable RunKey modelled;

    /**
     * Files in a folder, which is made when the first run ends.
     *
     * @param modelled the run whose model is kept, or null
     */
    public RunFiles(Path folder, @Nullable RunKey modelled) {
        this.folder = folder;
        this.modelled = modelled;
    }

    /** Where the model is kept: the files of {@link ResultFiles}. */
    public Path modelFolder() {
        return folder.resolve("model-" + (modelled == null ? "" : modelled.method()));
    }

    /**
     * The folder, for results beside the runs; for this process alone until it is closed. What killed processes left
     * unfinished in it is removed.
     *
     * @throws org.soebm.runtime.data.FolderInUseException when another process is at work in the folder
     * @throws UncheckedIOException when files cannot be made in it
     */
    public ResultFolder open() {
        ResultFolder results = ResultFolder.openAlone(folder, runs().resolve(LOCK));
        ResultFolder.removeLeftovers(modelFolder());
        return results;
    }

    /** Whether an earlier start left any. */
    boolean exist() {
        if (!Files.isDirectory(runs())) {
            return false;
        }
        try (var files = Files.list(runs())) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith(FRACTION));
        } catch (IOException e) {
            return true; // so that the reason why none is taken is told rather than not
        }
    }

    private Path runs() {
        return folder.resolve("runs");
    }

    private Path file(RunKey key) {
        return runs().resolve(FRACTION + RunKey.fraction(key.trainFraction()))
                .resolve("seed-" + key.seed())
                .resolve(key.method() + ".json");
    }

    /** The figures of a run that was finished with the same digest, or null; tells why what is there is not taken. */
    @Nullable
    RunFigures find(RunKey key, String digest, ComparisonListener listener) {
        Path file = file(key);
        if (Files.notExists(file)) {
            return null;
        }
        try {
            RunFigures figures = RunFigures.of(key, SealedJson.read(file, digest));
            if (key.equals(modelled)) {
                requireModel(digest);
            }
            return figures;
        } catch (IOException e) {
            listener.fileRefused(file, AtomicFiles.reason(e));
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
            listener.fileRefused(file, "it is damaged");
        }
        return null;
    }

    /** Makes sure that the files of the model are those that were kept with the run. */
    private void requireModel(String digest) throws IOException {
        for (String name : ResultFiles.NAMES) {
            if (Files.notExists(modelFolder().resolve(name))) {
                throw new IOException("its model's file " + modelFolder().resolve(name) + " is missing");
            }
        }
        JsonObject kept = SealedJson.read(modelFolder().resolve(RUN), digest).getAsJsonObject(FILES);
        for (String name : ResultFiles.NAMES) {
            if (!kept.get(name).getAsString().equals(digest(modelFolder().resolve(name)))) {
                throw new IOException("its model's file " + modelFolder().resolve(name) + " is damaged");
            }
        }
    }

    private static String digest(Path file) throws IOException {
        return Sha256.of(Files.readAllBytes(file));
    }

    /** Removes the model of an earlier start, whose run is none of this comparison's. */
    public void removeModel() {
        List<String> names = new ArrayList<>(ResultFiles.NAMES);
        names.add(RUN);
        ResultFolder.removeFiles(modelFolder(), names);
    }

    /** Keeps a finished run; the file comes last, so where it is, the model is. */
    void keep(RunFigures figures, String digest, ExperimentPlan plan, ExperimentResult result) {
        RunKey key = figures.key();
        if (key.equals(modelled)) {
            List<String> names = new ArrayList<>(ResultFiles.NAMES);
            names.add(RUN);
            try (ResultFolder model = ResultFolder.open(modelFolder())) {
                ResultFiles.write(model.staging(), plan, result, digest);
                Map<String, String> files = new LinkedHashMap<>();
                for (String name : ResultFiles.NAMES) {
                    files.put(name, digest(model.staging().resolve(name)));
                }
                SealedJson.write(model.staging().resolve(RUN), Map.of(DIGEST, digest, FILES, files));
                model.publish(names);
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "Cannot read back the model in " + modelFolder() + ": " + AtomicFiles.reason(e) + ".", e);
            }
        }
        Map<String, @Nullable Object> content = new LinkedHashMap<>();
        content.put(DIGEST, digest);
        content.put("method", key.method());
        content.put("trainFraction", key.trainFraction());
        content.put("seed", key.seed());
        content.putAll(figures.toMap());
        Path file = file(key);
        AtomicFiles.createWritableFolder(file.resolveSibling(""));
        SealedJson.write(file, content);
    }
}
