package org.soebm.runtime.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.soebm.runtime.data.ResultFolder;
import org.soebm.runtime.experiment.RunFiles;
import org.soebm.runtime.report.Comparison;
import org.soebm.runtime.report.ComparisonFiles;
import org.soebm.runtime.report.PictureFile;
import org.soebm.runtime.report.RunKey;
import org.soebm.runtime.report.TaskLossChart;
import org.soebm.runtime.report.TrainFractionChart;
import org.soebm.runtime.report.TrainingTimeChart;
import org.soebm.runtime.report.ValidationRegretChart;

/** The files and pictures of a comparison, in place of those that an earlier start left in the folder. */
final class ComparisonOutput {
    private static final String JSON = "comparison.json";
    private static final String CSV = "comparison.csv";
    private static final String LOSS = "task-loss.png";
    private static final String TIME = "training-time.png";
    private static final String REGRET = "validation-regret.png";
    private static final String FRACTION_LOSS = "train-fraction-loss.png";
    private static final String FRACTION_TIME = "train-fraction-time.png";
    private static final String LANDSCAPE = "landscape.png";

    private final Path folder;
    private final RunFiles files;
    private final RunKey modelled;
    private final Supplier<BufferedImage> landscape;
    private final PrintWriter terminal;

    /**
     * Output into a folder.
     *
     * @param modelled the run whose model is kept
     * @param landscape draws that model, where its run finished
     */
    ComparisonOutput(
            Path folder, RunFiles files, RunKey modelled, Supplier<BufferedImage> landscape, PrintWriter terminal) {
        this.folder = folder;
        this.files = files;
        this.modelled = modelled;
        this.landscape = landscape;
        this.terminal = terminal;
    }

    /** Writes all of it and returns the names; what is none of this comparison's goes. */
    List<String> write(Comparison comparison, ResultFolder results) {
        boolean isModelled =
                comparison.runs().stream().anyMatch(run -> run.key().equals(modelled));
        List<String> written = stage(comparison, results.staging());
        if (isModelled) {
            written.addAll(stageLandscape(results.staging()));
        }
        results.publish(written);
        removeOthers(written);
        if (!isModelled) {
            files.removeModel();
        }
        return written;
    }

    /** Writes what finished or failed before a failure that ends the comparison. */
    void writeSoFar(Comparison comparison, ResultFolder results, RuntimeException failure) {
        if (comparison.isEmpty()) {
            return;
        }
        try {
            List<String> written = write(comparison, results);
            terminal.println("What came before is written to " + folder + ": " + String.join(", ", written));
        } catch (RuntimeException another) {
            failure.addSuppressed(another);
        }
    }

    private static List<String> stage(Comparison comparison, Path staging) {
        List<String> written = new ArrayList<>(List.of(JSON, CSV, LOSS, TIME, REGRET));
        ComparisonFiles.writeJson(staging.resolve(JSON), comparison);
        ComparisonFiles.writeCsv(staging.resolve(CSV), comparison);
        PictureFile.write(staging.resolve(LOSS), TaskLossChart.draw(comparison));
        PictureFile.write(staging.resolve(TIME), TrainingTimeChart.draw(comparison));
        PictureFile.write(staging.resolve(REGRET), ValidationRegretChart.draw(comparison));
        if (comparison.trainFractions().size() > 1) {
            PictureFile.write(staging.resolve(FRACTION_LOSS), TrainFractionChart.drawLoss(comparison));
            PictureFile.write(staging.resolve(FRACTION_TIME), TrainFractionChart.drawTime(comparison));
            written.addAll(List.of(FRACTION_LOSS, FRACTION_TIME));
        }
        return written;
    }

    /** A picture that fails does not spoil the rest. */
    private List<String> stageLandscape(Path staging) {
        try {
            PictureFile.write(staging.resolve(LANDSCAPE), landscape.get());
            return List.of(LANDSCAPE);
        } catch (RuntimeException failure) {
            terminal.println("There is no " + LANDSCAPE + ": " + Failures.describe(failure));
            return List.of();
        }
    }

    private void removeOthers(List<String> written) {
        for (String name : List.of(FRACTION_LOSS, FRACTION_TIME, LANDSCAPE)) {
            if (!written.contains(name)) {
                try {
                    Files.deleteIfExists(folder.resolve(name));
                } catch (IOException e) {
                    throw new UncheckedIOException("Cannot remove the old picture " + folder.resolve(name) + ".", e);
                }
            }
        }
    }
}
