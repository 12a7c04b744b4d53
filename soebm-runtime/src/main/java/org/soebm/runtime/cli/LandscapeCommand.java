package org.soebm.runtime.cli;

import ai.djl.Device;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.soebm.api.cost.Objective;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.SolveListener;
import org.soebm.api.task.Table;
import org.soebm.api.task.TaskData;
import org.soebm.api.task.Tasks;
import org.soebm.runtime.data.AtomicFiles;
import org.soebm.runtime.evaluation.Landscape;
import org.soebm.runtime.inference.DecisionModel;
import org.soebm.runtime.inference.ModelDescription;
import org.soebm.runtime.inference.ModelException;
import org.soebm.runtime.objective.DecisionRule;
import org.soebm.runtime.objective.Objectives;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.preprocessing.Hindsight;
import org.soebm.runtime.preprocessing.HindsightDecisions;
import org.soebm.runtime.preprocessing.UnsolvedRowException;
import org.soebm.runtime.report.LandscapeChart;
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
    public Integer call() throws IOException {
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
            Landscape landscape = landscape(model, data, test);
            BufferedImage image = LandscapeChart.draw(
                    landscape, description.task() + ", " + description.method() + ", test row " + row, "task cost");
            AtomicFiles.write(out, stream -> write(image, stream));
        } catch (UnsolvedRowException e) {
            throw rows.withAdvice(e);
        }
        PrintWriter output = spec.commandLine().getOut();
        output.println("Written to " + out);
        return 0;
    }

    private static void write(BufferedImage image, OutputStream stream) throws IOException {
        if (!ImageIO.write(image, "png", stream)) {
            throw new IOException("this Java cannot write PNG files");
        }
    }

    private Landscape landscape(DecisionModel model, TaskData data, int[] test) {
        StochasticProblem problem = model.problem();
        Table features = data.features().select(new int[] {test[row]});
        int[] pair = {test[row], test[(row + 1) % test.length]};
        double[][] optima = hindsight(model, data.parameters(), pair);
        try (Objectives objectives = new Objectives(problem.cost(), problem.constraints(), Device.cpu())) {
            Objective truth =
                    objectives.hindsight(data.parameters().row(test[row])).objective();
            Objective learned = model.problem(features, objectives).objective();
            return Landscape.of(
                    problem.cost(),
                    problem.constraints(),
                    truth,
                    learned,
                    optima[0],
                    model.decideAll(features).get(0).values(),
                    optima[1],
                    points,
                    model.description().seed());
        }
    }

    private double[][] hindsight(DecisionModel model, Table parameters, int[] pair) {
        StochasticProblem problem = model.problem();
        ArgminSolverProvider provider = Choices.solver(
                modelOptions.solverName(), Objectives.typicalHindsight(problem, parameters.select(pair)));
        try (ArgminSolver solver =
                provider.create(problem.solverOptions(model.task().solverOptions()))) {
            Hindsight hindsight = new HindsightDecisions(problem.cost(), problem.constraints(), provider, solver)
                    .solve(parameters, pair, SolveListener.NONE, Cancellation.NEVER);
            return hindsight.decisions();
        }
    }
}
