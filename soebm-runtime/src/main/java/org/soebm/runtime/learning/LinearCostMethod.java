package org.soebm.runtime.learning;

import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.solver.Support;
import org.soebm.api.task.CandidateSettings;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.NetworkSpec;
import org.soebm.runtime.network.ForwardMode;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.pool.SolutionPool;

/** A method for linear costs: two-stage training, then fine-tuning by a {@link LinearCostLoss}. */
interface LinearCostMethod extends LearningMethod {
    /**
     * What it minimises.
     *
     * @param argmin over the feasible set
     * @param pool a* of the training rows, and what training has added
     */
    LinearCostLoss loss(PooledArgmin argmin, SolutionPool pool);

    /** The share of a step's rows of whose predictions the pool learns the optimum; none, unless the method says otherwise. */
    default double poolSolveRate(CandidateSettings settings) {
        return 0;
    }

    @Override
    default Support support(
            StochasticProblem problem, HyperParameters hyperParameters, int features, NetworkSpec network) {
        if (!CandidateChoice.isLinear(problem)) {
            return Support.no("it is for costs that are linear in the decisions, but the task's is curved."
                    + " Use so-ebm or one of dfl-qpth, dfl-cvx, dfl-block, dfl-surrogate");
        }
        return problem.hasClosedForm()
                ? Support.yes()
                : Support.no("it needs a prediction of the cost's own parameters, but the task has a simulator."
                        + " Use so-ebm");
    }

    @Override
    default Learned learn(LearningProblem problem, TrainingControl control) {
        CandidateSettings settings = problem.hyperParameters().candidates();
        return TrainingSession.learn(problem, control, session -> {
            SolutionPool pool = new PoolGathering(problem).optima();
            PooledArgmin argmin = new PooledArgmin(problem, pool, settings.solveRatio(), control.cancellation());
            LinearCostObjective objective = new LinearCostObjective(
                    loss(argmin, pool),
                    (PenaltyCost) problem.problem().cost(),
                    LikelihoodTerm.of(problem.hyperParameters().settings(), session.likelihood()),
                    session.scope());
            session.run(
                    this,
                    ForwardMode.FROZEN_STATISTICS,
                    new GrowingPool(objective, pool, poolSolveRate(settings), problem, control.cancellation()));
        });
    }
}
