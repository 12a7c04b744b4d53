package org.soebm.runtime.learning;

import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.solver.Support;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.NetworkSpec;
import org.soebm.runtime.objective.StochasticProblem;

/**
 * Decision-focused learning by implicit differentiation (Donti, Amos and Kolter, Task-based end-to-end model learning,
 * NeurIPS 2017; named after their quadratic programming layer). In each step every row is decided: the registered solver
 * finds the optimum of the expected cost E(x, a; θ), and sequential quadratic programming goes from there until it stands
 * still. The task loss of the decision is differentiated through the KKT conditions of the last quadratic program. For
 * costs whose expectation has a closed form.
 *
 * <p>The reference implementation solves each of these programs by an interior point method from a cold start; asking a
 * solver that knows the structure of the cost gives the same optimum sooner.
 *
 * <p>Trains like SO-EBM: from two-stage weights, on the schedule of fine-tuning, with the likelihood beside the task loss
 * where the task has it beside the energy ({@link TaskLossObjective}).
 */
public final class DflQpth implements LearningMethod {
    @Override
    public String name() {
        return "dfl-qpth";
    }

    @Override
    public String description() {
        return "decision-focused: task loss differentiated through the optimum of the expected cost";
    }

    @Override
    public Support support(
            StochasticProblem problem, HyperParameters hyperParameters, int features, NetworkSpec network) {
        Support gradual = GradualDecisions.support(problem);
        if (!gradual.supported()) {
            return gradual;
        }
        return problem.hasClosedForm()
                ? Support.yes()
                : Support.no("its expected cost has no closed form. "
                        + (problem.cost() instanceof PenaltyCost ? "Use dfl-cvx." : "Use dfl-block or dfl-surrogate."));
    }

    @Override
    public Learned learn(LearningProblem problem, TrainingControl control) {
        return TrainingSession.fineTune(
                this,
                problem,
                control,
                session -> TaskLossObjective.of(problem, 1, session.likelihood(), control.cancellation()));
    }
}
