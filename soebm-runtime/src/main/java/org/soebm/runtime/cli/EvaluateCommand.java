package org.soebm.runtime.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.soebm.api.cost.CostFunction;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.CheckedSolver;
import org.soebm.api.task.DataException;
import org.soebm.api.task.Table;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;
import org.soebm.api.task.Tasks;
import org.soebm.runtime.evaluation.Estimate;
import org.soebm.runtime.evaluation.TaskLoss;
import org.soebm.runtime.evaluation.TestLoss;
import org.soebm.runtime.inference.DecisionModel;
import org.soebm.runtime.inference.ModelDescription;
import org.soebm.runtime.objective.Objectives;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.preprocessing.DecisionCache;
import org.soebm.runtime.preprocessing.Hindsight;
import org.soebm.runtime.preprocessing.HindsightDecisions;
import org.soebm.runtime.preprocessing.UnsolvedRowException;
import org.soebm.runtime.report.Summary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What a saved model's decisions are worth. */
@Command(
        name = "evaluate",
        description = "Task loss and regret of a trained model on the test rows.",
        footer = {
            "",
            "Example: soebm evaluate --model out/power --data pjm --split pjm/train_val_split.csv",
            "",
            "Test rows are the task's own, or those that the split leaves. Give the split that the model was trained"
                    + " with, or it is tested on rows that it has seen."
        })
final class EvaluateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOptions modelOptions;

    @Mixin
    private TaskRows rows;

    @Override
    public Integer call() {
        ModelDescription description = modelOptions.describe(spec);
        Task task = Tasks.load().named(description.task()).create();
        TaskData data = rows.data(task, description.seed(), spec.commandLine().getErr());
        requireColumns(
                "features", description.features().names(), data.features().columns());
        requireColumns(
                "parameters",
                description.parameters().names(),
                description
                        .decisionRule()
                        .predictedNames(StochasticProblem.of(task, description.hyperParameters()), data));
        int[] testRows = rows.split(data, description.seed()).test();
        try (DecisionModel model = modelOptions.load()) {
            evaluate(model, data, testRows);
        } catch (UnsolvedRowException e) {
            throw rows.withAdvice(e);
        }
        return 0;
    }

    private void requireColumns(String what, List<String> trained, List<String> columns) {
        if (!columns.equals(trained)) {
            throw new DataException("The data's " + what + " (" + columns.size() + " columns) are not those that the"
                    + " model in " + modelOptions.folder() + " was trained on (" + trained.size()
                    + " columns). Maybe the task has changed? Train the model again.");
        }
    }

    private void evaluate(DecisionModel model, TaskData data, int[] allRows) {
        CostFunction cost = model.task().cost();
        Hindsight hindsight = hindsight(model, data, allRows);
        int[] testRows = hindsight.rows();
        if (testRows.length == 0) {
            throw new DataException("None of the " + allRows.length + " test rows has an optimal decision.");
        }
        Table parameters = data.parameters().select(testRows);
        Table decisions;
        try (Progress progress = Progress.start(
                spec.commandLine().getErr(), "Decisions of the model (" + testRows.length + ")", testRows.length)) {
            decisions = model.decisions(
                    data.features().select(testRows), (row, decision) -> progress.step(), Main.interruption(spec));
            progress.end("");
        }
        double[] foresight = TaskLoss.of(cost, parameters, hindsight.decisions());
        TestLoss loss = TestLoss.of(TaskLoss.of(cost, parameters, decisions), foresight);
        PrintWriter out = spec.commandLine().getOut();
        out.println(model.task().name() + ", " + model.description().method() + ", " + testRows.length + " test rows ("
                + data.description()
                + (hindsight.skipped().isEmpty()
                        ? ""
                        : ", " + hindsight.skipped().size() + " left out")
                + "), mean and standard error:");
        out.println("  task loss          " + Summary.estimate(loss.taskLoss()));
        out.println("  regret             " + Summary.estimate(loss.regret()));
        out.println("  perfect foresight  " + Summary.estimate(Estimate.of(foresight)));
    }

    private Hindsight hindsight(DecisionModel model, TaskData data, int[] testRows) {
        StochasticProblem problem = model.problem();
        Table first = data.parameters().select(new int[] {testRows[0]});
        ArgminSolverProvider provider =
                Choices.solver(modelOptions.solverName(), Objectives.typicalHindsight(problem, first));
        try (ArgminSolver solver = CheckedSolver.of(
                        provider, problem.solverOptions(model.task().solverOptions()));
                Progress progress = Progress.start(
                        spec.commandLine().getErr(),
                        "Optimal decisions of the test rows (" + testRows.length + ")",
                        testRows.length)) {
            Hindsight hindsight = new HindsightDecisions(problem.cost(), problem.constraints(), provider, solver)
                    .withCache(DecisionCache.ofUser())
                    .skippingUnsolvable(rows.skipUnsolvable())
                    .solve(data.parameters(), testRows, (row, decision) -> progress.step(), Main.interruption(spec));
            progress.end(hindsight.cached() ? "from the cache" : "");
            return hindsight;
        }
    }
}
