package org.soebm.runtime.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.soebm.api.task.TaskData;
import org.soebm.api.task.Tasks;
import org.soebm.runtime.data.AtomicFiles;
import org.soebm.runtime.inference.DecisionModel;
import org.soebm.runtime.inference.ModelDescription;
import org.soebm.runtime.inference.ModelException;
import org.soebm.runtime.objective.DecisionRule;
import org.soebm.runtime.preprocessing.UnsolvedRowException;
import org.soebm.runtime.report.PictureFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A picture of what was learned. */
@Command(
        name = "landscape",
        description = "Draw the true and the learned energy around the optimal decision of a test row.",
        footer = {
            "",
            "Example: soebm landscape --model out/power --out landscape.png --row 3",
            "",
            "Both pictures show the plane of decisions a* + d1 v1 + d2 v2 on one colour scale: v1 points from the optimal"
                    + " decision in hindsight a* to the learned one, v2 at right angles to it towards the optimal"
                    + " decision of the next test row. If learning went well, the valleys lie in the same place; how high"
                    + " they lie may differ, since nobody knows y when deciding."
        })
final class LandscapeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOptions modelOptions;

    @Mixin
    private TaskRows rows;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "PNG file for the picture.")
    private Path out;

    @Option(
            names = "--row",
            paramLabel = "N",
            defaultValue = "0",
            description = "Which test row, counted from 0. Default: ${DEFAULT-VALUE}.")
    private int row;

    @Option(
            names = "--points",
            paramLabel = "P",
            defaultValue = "61",
            description = "Points along each side, 2 to 501. Default: ${DEFAULT-VALUE}.")
    private int points;

    @Override
    public Integer call() {
        if (points < 2 || points > 501) {
            throw new ParameterException(
                    spec.commandLine(), "The number of points is " + points + ", but must be 2 to 501.");
        }
        if (!out.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw new ParameterException(
                    spec.commandLine(), "The picture is a PNG file, but " + out + " does not end in .png.");
        }
        System.setProperty("java.awt.headless", "true"); // nothing is shown, so no display is needed
        ModelDescription description = modelOptions.describe(spec);
        if (description.decisionRule() != DecisionRule.EXPECTED_COST) {
            throw new ModelException("The model in " + modelOptions.folder() + " was learned by " + description.method()
                    + ", which predicts decisions and no cost of them, so it has no energy to draw. Give a model of"
                    + " another method.");
        }
        AtomicFiles.requireWritable(out);
        TaskData data = rows.data(Tasks.load().named(description.task()).create(), description.seed());
        int[] test = rows.split(data, description.seed()).test();
        if (row < 0 || row >= test.length) {
            throw new ParameterException(
                    spec.commandLine(), "There is no test row " + row + "; there are " + test.length + ", from 0.");
        }
        try (DecisionModel model = modelOptions.load()) {
            PictureFile.write(out, LandscapePicture.of(model, data, test, row, points, modelOptions.solverName()));
        } catch (UnsolvedRowException e) {
            throw rows.withAdvice(e);
        }
        PrintWriter output = spec.commandLine().getOut();
        output.println("Written to " + out);
        return 0;
    }
}
