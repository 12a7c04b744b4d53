package org.soebm.runtime.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.soebm.api.cost.CostFunction;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.CheckedSolver;
import org.soebm.api.task.DataException;
import org.soebm.api.task.Table;
import org.soebm.api.task.Task;
import org.soebm.runtime.data.TableFiles;
import org.soebm.runtime.objective.Objectives;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.preprocessing.Hindsight;
import org.soebm.runtime.preprocessing.HindsightDecisions;
import org.soebm.runtime.preprocessing.UnsolvedRowException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** argmin_{a ∈ C} f(y, a) for each row of a file. */
@Command(
        name = "solve",
        description = "Find the best decision for parameters that are known, one row at a time.",
        footer = {
            "",
            "Example: soebm solve power-scheduling --parameters y.csv --out a.csv",
            "",
            "y.csv has a header row and a column an uncertain parameter; a.csv gets the columns a0, a1, ... in the same"
                    + " order of rows. Either every row is solved or nothing is written.",
            "Files whose names end in .arrow or .feather are Arrow files, uncompressed."
        })
final class SolveCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TASK", description = "What is decided; see 'soebm tasks'.")
    private String taskName;

    @Option(
            names = "--parameters",
            paramLabel = "FILE",
            required = true,
            description = "CSV or Arrow file of the uncertain parameters y.")
    private Path parametersFile;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "CSV or Arrow file for the decisions a.")
    private Path out;

    @Option(names = "--solver", paramLabel = "NAME", description = "Which solver; see 'soebm solvers'.")
    private @Nullable String solverName;

    @Override
    public Integer call() {
        Task task = Choices.task(spec, taskName);
        Choices.requireSolver(spec, solverName);
        CostFunction cost = task.cost();
        StochasticProblem problem = StochasticProblem.of(task, task.hyperParameters());
        Table parameters = TableFiles.read(
                parametersFile,
                cost.parameterCount(),
                "task " + task.name() + " has " + cost.parameterCount() + " uncertain parameters");
        TableFiles.requireWritable(out);
        ArgminSolverProvider provider = Choices.solver(solverName, Objectives.typicalHindsight(problem, parameters));
        Hindsight hindsight;
        try (ArgminSolver solver = CheckedSolver.of(provider, problem.solverOptions(task.solverOptions()));
                Progress progress = Progress.start(
                        spec.commandLine().getErr(),
                        "Solving " + parameters.rows() + " rows with " + provider.name(),
                        parameters.rows())) {
            hindsight = new HindsightDecisions(cost, task.constraints(), provider, solver)
                    .solve(parameters, (row, decision) -> progress.step(), Main.interruption(spec));
            progress.end("");
        } catch (UnsolvedRowException e) {
            throw new DataException(
                    parametersFile + ", row " + e.row()
                            + " (counted from 0, without the header) has no optimal decision: " + e.reason()
                            + ". Nothing was written.",
                    e);
        }
        TableFiles.write(out, hindsight.decisions());
        return 0;
    }
}
