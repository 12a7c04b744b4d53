package org.soebm.runtime.cli;

import java.nio.file.Path;
import java.util.Locale;
import org.soebm.runtime.data.AtomicFiles;
import org.soebm.runtime.data.ResultFolder;
import org.soebm.runtime.experiment.Experiment;
import org.soebm.runtime.experiment.ExperimentPlan;
import org.soebm.runtime.experiment.ResultFiles;
import org.soebm.runtime.experiment.RunCheckpoint;
import org.soebm.runtime.learning.Checkpoint;
import org.soebm.runtime.learning.Learned;
import org.soebm.runtime.learning.LearningMethod;

/** Where the best model of a training goes that did not come to its end, beside the results of finished ones. */
final class BestSoFarFolder {
    private static final String NAME = "best-so-far";

    private final Path results;
    private final Path folder;

    /**
     * The folder.
     *
     * @param results that it is in
     */
    BestSoFarFolder(Path results) {
        this.results = results;
        folder = results.resolve(NAME);
    }

    /**
     * Writes the model of the checkpoint, where there is one.
     *
     * @param reason why the training did not come to its end, a sentence with or without its full stop
     * @param canResume whether it would end otherwise when it goes on
     * @return the reason, and what is left
     */
    String keep(
            String reason,
            ExperimentPlan plan,
            LearningMethod method,
            Experiment experiment,
            RunCheckpoint run,
            boolean canResume) {
        Checkpoint checkpoint = run.latest();
        String sentence = reason.endsWith(".") || reason.endsWith("?") ? reason : reason + ".";
        if (checkpoint == null) {
            return sentence + " There was no model yet.";
        }
        Checkpoint.Phase phase = checkpoint.phase();
        try (Learned learned = experiment.bestSoFar(method, checkpoint)) {
            AtomicFiles.requireWithin(results, folder);
            AtomicFiles.createWritableFolder(folder);
            ResultFiles.writeModel(folder, plan, phase.name(), learned);
        }
        if (!canResume) {
            run.remove();
        }
        return sentence
                + String.format(
                        Locale.ROOT,
                        " The best model so far (%s, epoch %d, validation task loss %.4g) is in %s.",
                        phase.name(),
                        phase.bestEpoch().epoch(),
                        phase.bestEpoch().validationTaskLoss(),
                        folder)
                + (canResume ? " With --resume the same command goes on." : "");
    }

    /** Removes the model of an earlier start. */
    void remove() {
        ResultFolder.removeFiles(folder, ResultFiles.MODEL_NAMES);
    }
}
