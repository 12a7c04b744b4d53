package org.soebm.runtime.experiment;

import java.util.Arrays;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.ArgminSolvers;
import org.soebm.api.solver.Support;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.Task;
import org.soebm.runtime.data.Standardizer;
import org.soebm.runtime.learning.LearningMethod;
import org.soebm.runtime.objective.DecisionRule;
import org.soebm.runtime.objective.Objectives;
import org.soebm.runtime.objective.StochasticProblem;

/** Whether a method can learn a task, and a solver decide by what it learns. */
public final class MethodSupport {
    private MethodSupport() {}

    /**
     * Yes, or why not.
     *
     * @param features how many there are
     * @param provider of the solver, which was chosen for the task's own problems
     */
    public static Support of(
            LearningMethod method,
            Task task,
            HyperParameters hyperParameters,
            int features,
            ArgminSolverProvider provider) {
        StochasticProblem problem = StochasticProblem.of(task, hyperParameters);
        Support support = method.support(problem, hyperParameters, features, task.network());
        return support.supported() ? ofSolver(method.decisionRule(), problem, provider) : support;
    }

    /** Whether the solver takes the problems that a rule makes of the task's own. */
    private static Support ofSolver(DecisionRule rule, StochasticProblem problem, ArgminSolverProvider provider) {
        if (rule == DecisionRule.EXPECTED_COST) {
            return Support.yes();
        }
        StochasticProblem decided = rule.problem(problem);
        double[] stds = new double[decided.predictedCount()];
        Arrays.fill(stds, 1);
        ArgminProblem typical = Objectives.typical(decided, Standardizer.of(new double[stds.length], stds));
        Support support = ArgminSolvers.support(provider, typical);
        return support.supported()
                ? support
                : Support.no("it decides by the nearest decision in the feasible set, a problem that solver "
                        + provider.name() + " does not take: " + support.reason()
                        + ". Choose another solver or another method.");
    }
}
