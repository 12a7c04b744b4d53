package org.soebm.runtime.learning;

import java.util.function.BiFunction;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.solver.Support;
import org.soebm.api.task.CandidateSettings;
import org.soebm.runtime.network.ForwardMode;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.pool.SolutionPool;

/** What the methods for linear costs share: two-stage training, then fine-tuning by a {@link LinearCostLoss}. */
final class LinearCostTraining {
    private LinearCostTraining() {}

    /** Whether a task is of this kind, and if not why. */
    static Support support(StochasticProblem problem) {
        if (!(problem.cost() instanceof PenaltyCost) || !CandidateChoice.isLinear(problem)) {
            return Support.no("it is for costs that are linear in the decisions, but the task's is curved."
                    + " Use so-ebm or one of dfl-qpth, dfl-cvx, dfl-block, dfl-surrogate");
        }
        return problem.hasClosedForm()
                ? Support.yes()
                : Support.no("it needs a prediction of the cost's own parameters, but the task has a simulator."
                        + " Use so-ebm");
    }

    /**
     * Learns by a method whose own phase solves, or looks into a pool.
     *
     * @param loss made of the pool and the argmin over the feasible set
     */
    static Learned learn(
            LearningMethod method,
            LearningProblem problem,
            TrainingControl control,
            BiFunction<SolutionPool, PooledArgmin, LinearCostLoss> loss) {
        CandidateSettings settings = problem.hyperParameters().candidates();
        return TrainingSession.learn(problem, control, session -> {
            SolutionPool pool = new PoolGathering(problem).optima();
            PooledArgmin argmin = new PooledArgmin(problem, pool, settings.solveRatio(), control.cancellation());
            LinearCostObjective objective = new LinearCostObjective(
                    loss.apply(pool, argmin),
                    (PenaltyCost) problem.problem().cost(),
                    LikelihoodTerm.of(problem.hyperParameters().settings(), session.likelihood()),
                    pool,
                    session.scope());
            session.run(method, ForwardMode.FROZEN_STATISTICS, objective);
        });
    }
}
