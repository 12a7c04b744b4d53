package org.soebm.runtime.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.jspecify.annotations.Nullable;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.task.CandidateSettings;
import org.soebm.api.task.CandidateSource;
import org.soebm.api.task.DecisionPrior;
import org.soebm.api.task.EnergySettings;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.pool.PoolTensor;
import org.soebm.runtime.pool.SolutionPool;
import org.soebm.runtime.proposal.MixedOptimaProposal;
import org.soebm.runtime.proposal.MixtureOfGaussiansProposal;
import org.soebm.runtime.proposal.PerturbedOptimaProposal;
import org.soebm.runtime.proposal.Proposal;
import org.soebm.runtime.proposal.ReflectedGaussiansProposal;
import org.soebm.runtime.proposal.SolutionPoolProposal;

/** The proposal of a training, with the pool that it draws from, if it does. */
final class CandidateDraws {
    private final LearningProblem problem;
    private final Cancellation cancellation;
    private final Proposal proposal;
    private final @Nullable SolutionPool pool;

    private CandidateDraws(
            LearningProblem problem, Cancellation cancellation, Proposal proposal, @Nullable SolutionPool pool) {
        this.problem = problem;
        this.cancellation = cancellation;
        this.proposal = proposal;
        this.pool = pool;
    }

    /**
     * By {@link CandidateChoice}; solves what is to be gathered before.
     *
     * @param scope owns what stays on the device
     */
    static CandidateDraws of(LearningProblem problem, NDManager scope, Cancellation cancellation) {
        EnergySettings settings = problem.hyperParameters().settings();
        StochasticProblem stochastic = problem.problem();
        CandidateSource source = CandidateChoice.of(stochastic, problem.hyperParameters());
        PoolGathering gathering = new PoolGathering(problem);
        return switch (source) {
            case POOL -> {
                SolutionPool pool = gathering.pool(cancellation);
                yield new CandidateDraws(
                        problem, cancellation, new SolutionPoolProposal(new PoolTensor(pool, scope)), pool);
            }
            case PERTURBED_OPTIMA ->
                new CandidateDraws(
                        problem,
                        cancellation,
                        perturbed(gathering, problem.hyperParameters().candidates(), scope, cancellation),
                        null);
            default -> new CandidateDraws(problem, cancellation, gaussians(stochastic, settings), null);
        };
    }

    private static Proposal perturbed(
            PoolGathering gathering, CandidateSettings settings, NDManager scope, Cancellation cancellation) {
        int solves = Math.max(2, settings.perturbedSolves());
        PoolGathering.Placed placed = gathering.placed(solves, cancellation);
        try (NDArray borrowed = scope.create(placed.places(), new Shape(placed.places().length / solves, solves))) {
            return new PerturbedOptimaProposal(new PoolTensor(placed.pool(), scope), borrowed.duplicate());
        }
    }

    private static Proposal gaussians(StochasticProblem problem, EnergySettings settings) {
        if (settings.prior() == DecisionPrior.OPTIMA) {
            return new MixedOptimaProposal();
        }
        return problem.cost().isDefinedBeyondBounds()
                ? new MixtureOfGaussiansProposal(settings.proposalStds())
                : new ReflectedGaussiansProposal(EnergyTraining.bounds(problem), settings.proposalStds());
    }

    Proposal proposal() {
        return proposal;
    }

    /** The objective that trains the pool too, where it is to grow. */
    PhaseObjective growing(EnergyObjective objective) {
        CandidateSettings settings = problem.hyperParameters().candidates();
        return pool == null || settings.poolSolveRate() == 0
                ? objective
                : new GrowingPool(
                        objective, pool, settings.poolSolveRate(), problem.problem(), problem.solver(), cancellation);
    }
}
