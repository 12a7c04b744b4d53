package org.soebm.runtime.cli;

import java.util.ArrayList;
import java.util.List;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.Support;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;
import org.soebm.runtime.experiment.MethodSupport;
import org.soebm.runtime.learning.LearningMethod;
import org.soebm.runtime.learning.UnsupportedMethodException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Which learning methods a task is for. */
final class LearnableMethods {
    private LearnableMethods() {}

    /**
     * Those that can learn the task and by which the solver can decide; says why the others are left out.
     *
     * @param asked whether each was asked for by name, so that one that cannot learn the task is wrong usage
     * @param provider of the solver that was chosen for the task
     * @throws ParameterException when one that was asked for cannot
     */
    static List<LearningMethod> of(
            CommandSpec spec,
            List<LearningMethod> methods,
            boolean asked,
            Task task,
            HyperParameters hyperParameters,
            TaskData data,
            ArgminSolverProvider provider) {
        List<LearningMethod> learnable = new ArrayList<>();
        for (LearningMethod method : methods) {
            Support support = MethodSupport.of(
                    method, task, hyperParameters, data.features().width(), provider);
            if (support.supported()) {
                learnable.add(method);
            } else if (asked) {
                UnsupportedMethodException refusal =
                        new UnsupportedMethodException(method.name(), task.name(), support.reason());
                throw new ParameterException(spec.commandLine(), String.valueOf(refusal.getMessage()), refusal);
            } else {
                spec.commandLine().getErr().println("Leaving out " + method.name() + ": " + support.reason());
            }
        }
        return learnable;
    }
}
