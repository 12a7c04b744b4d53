package org.soebm.runtime.cli;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;
import org.soebm.runtime.configuration.RunKeys;
import org.soebm.runtime.data.Split;
import org.soebm.runtime.experiment.ExperimentPlan;
import org.soebm.runtime.learning.LearningMethod;
import org.soebm.runtime.learning.LearningMethods;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What commands are asked that learn a task by one method. */
final class PlanOptions {
    @Parameters(paramLabel = "TASK", description = "What is decided; see 'soebm tasks'.")
    private String taskName;

    @Option(
            names = "--method",
            paramLabel = "NAME",
            description = "How to learn; see 'soebm methods'. Default: " + LearningMethods.USUAL + ".")
    private @Nullable String methodName;

    @Mixin
    private ExperimentOptions options;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description =
                    "Of data, split, weights, batches and draws, and of the trials that tune makes up. Default: 0.")
    private @Nullable Long seed;

    /** The options that they share with commands of several methods. */
    ExperimentOptions experiment() {
        return options;
    }

    /**
     * What is to be learned by what.
     *
     * @param provider of the solver
     */
    record Planned(ExperimentPlan plan, LearningMethod method, ArgminSolverProvider provider) {}

    /** Looks up what is named, reads the data, and chooses the solver. */
    Planned plan(CommandSpec spec) {
        Task task = Choices.task(spec, taskName);
        options.configure(task, spec);
        LearningMethod method = Choices.method(spec, options.setting(methodName, RunKeys.METHOD));
        options.requireNames(spec);
        HyperParameters hyperParameters = options.hyperParameters(task, Set.of(method.ownPhase()), spec);
        long chosen = options.seed(seed);
        TaskData data = options.rows().data(task, chosen, spec.commandLine().getErr());
        double fraction = options.trainFraction();
        Split split = options.rows().split(data, chosen).withTrainFraction(fraction);
        ArgminSolverProvider provider = options.solver(task, hyperParameters, data, split);
        ExperimentPlan plan = new ExperimentPlan(
                        task,
                        data,
                        split,
                        hyperParameters,
                        chosen,
                        options.rows().skipUnsolvable())
                .withSource(options.rows().source().withTrainFraction(fraction));
        return new Planned(plan, method, provider);
    }
}
