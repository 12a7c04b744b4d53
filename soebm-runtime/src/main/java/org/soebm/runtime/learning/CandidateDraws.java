package org.soebm.runtime.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.task.CandidateSettings;
import org.soebm.api.task.DecisionPrior;
import org.soebm.api.task.EnergySettings;
import org.soebm.api.task.SoftConstraints;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.pool.PoolTensor;
import org.soebm.runtime.pool.SolutionPool;
import org.soebm.runtime.projection.Projections;
import org.soebm.runtime.proposal.LocalMoves;
import org.soebm.runtime.proposal.LocalMovesProposal;
import org.soebm.runtime.proposal.MixedOptimaProposal;
import org.soebm.runtime.proposal.MixtureOfGaussiansProposal;
import org.soebm.runtime.proposal.PerturbedOptimaProposal;
import org.soebm.runtime.proposal.ProjectedGaussiansProposal;
import org.soebm.runtime.proposal.Proposal;
import org.soebm.runtime.proposal.ReflectedGaussiansProposal;
import org.soebm.runtime.proposal.SoftlyConstrainedProposal;
import org.soebm.runtime.proposal.SolutionPoolProposal;
import org.soebm.runtime.softconstraint.AugmentedLagrangian;
import org.soebm.runtime.softconstraint.ConstraintPenalty;
import org.soebm.runtime.softconstraint.LimitRows;
import org.soebm.runtime.softconstraint.RelaxedLogBarrier;

/** The proposal of a training, with the pool that it draws from, if it does. */
final class CandidateDraws {
    /** So many optimal decisions of other rows, whose differences are moves. */
    private static final int MOST_KNOWN = 256;

    /** How near to a limit the barrier's logarithm ends, in the least of the proposal's standard deviations. */
    private static final double NEAR_LIMIT = 0.1;

    private final LearningProblem problem;
    private final Cancellation cancellation;
    private final Proposal proposal;
    private final @Nullable SolutionPool pool;
    private final @Nullable AugmentedLagrangian lagrangian;

    private CandidateDraws(
            LearningProblem problem,
            Cancellation cancellation,
            Proposal proposal,
            @Nullable SolutionPool pool,
            @Nullable AugmentedLagrangian lagrangian) {
        this.problem = problem;
        this.cancellation = cancellation;
        this.proposal = proposal;
        this.pool = pool;
        this.lagrangian = lagrangian;
    }

    /**
     * By {@link CandidateChoice}; solves what is to be gathered before.
     *
     * @param scope owns what stays on the device
     */
    static CandidateDraws of(LearningProblem problem, NDManager scope, Cancellation cancellation) {
        StochasticProblem stochastic = problem.problem();
        EnergySettings settings = problem.hyperParameters().settings();
        int[] uncertain = stochastic.uncertainDecisions();
        PoolGathering gathering = new PoolGathering(problem);
        SolutionPool pool = null;
        Proposal proposal = switch (CandidateChoice.of(stochastic, problem.hyperParameters())) {
            case POOL -> {
                pool = gathering.pool(cancellation);
                yield new SolutionPoolProposal(new PoolTensor(pool, scope));
            }
            case PERTURBED_OPTIMA ->
                perturbed(gathering, problem.hyperParameters().candidates(), scope, cancellation);
            case PROJECTED_GAUSSIANS ->
                new ProjectedGaussiansProposal(
                        Projections.onto(stochastic.constraints(), uncertain, scope), settings.proposalStds());
            case LOCAL_MOVES ->
                new LocalMovesProposal(
                        stochastic.constraints(),
                        uncertain,
                        wholeNumbers(gathering.optima()),
                        LocalMoves.of(uncertain.length));
            case AUTO, GAUSSIANS -> gaussians(stochastic, settings);
        };
        return softened(problem, cancellation, proposal, pool, scope);
    }

    private static CandidateDraws softened(
            LearningProblem problem,
            Cancellation cancellation,
            Proposal proposal,
            @Nullable SolutionPool pool,
            NDManager scope) {
        CandidateSettings settings = problem.hyperParameters().candidates();
        if (settings.softConstraints() == SoftConstraints.NONE) {
            return new CandidateDraws(problem, cancellation, proposal, pool, null);
        }
        StochasticProblem stochastic = problem.problem();
        LimitRows limits = LimitRows.of(stochastic.constraints(), stochastic.uncertainDecisions());
        double temperature = problem.hyperParameters().settings().temperature();
        if (settings.softConstraints() == SoftConstraints.LOG_BARRIER) {
            ConstraintPenalty barrier = new RelaxedLogBarrier(
                    limits,
                    settings.softWeight(),
                    NEAR_LIMIT
                            * Collections.min(
                                    problem.hyperParameters().settings().proposalStds()),
                    scope);
            Proposal soft = new SoftlyConstrainedProposal(proposal, barrier, temperature);
            return new CandidateDraws(problem, cancellation, soft, pool, null);
        }
        AugmentedLagrangian lagrangian = new AugmentedLagrangian(limits, settings.softWeight(), scope);
        Proposal soft = new SoftlyConstrainedProposal(proposal, lagrangian, temperature);
        return new CandidateDraws(problem, cancellation, soft, pool, lagrangian);
    }

    /** The first decisions of a pool. */
    private static List<int[]> wholeNumbers(SolutionPool pool) {
        return IntStream.range(0, Math.min(pool.size(), MOST_KNOWN))
                .mapToObj(place -> Arrays.stream(pool.get(place))
                        .mapToInt(value -> (int) Math.rint(value))
                        .toArray())
                .toList();
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

    /** Whose multipliers training moves; null where there is none. */
    @Nullable
    AugmentedLagrangian lagrangian() {
        return lagrangian;
    }

    Proposal proposal() {
        return proposal;
    }

    /** The objective that trains the pool too, where it is to grow. */
    PhaseObjective growing(EnergyObjective objective) {
        CandidateSettings settings = problem.hyperParameters().candidates();
        return pool == null || settings.poolSolveRate() == 0
                ? objective
                : new GrowingPool(objective, pool, settings.poolSolveRate(), problem, cancellation);
    }
}
