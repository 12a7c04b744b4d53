package org.soebm.runtime.learning;

import java.util.Arrays;
import java.util.Locale;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.solver.Support;
import org.soebm.api.task.CandidateSource;
import org.soebm.api.task.DecisionPrior;
import org.soebm.api.task.EnergySettings;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.SoftConstraints;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.projection.Projections;
import org.soebm.runtime.proposal.LocalMovesProposal;
import org.soebm.runtime.softconstraint.LimitRows;

/** Which candidates fit a task: the choice that {@link CandidateSource#AUTO} makes, and whether one made by hand is possible. */
final class CandidateChoice {
    private CandidateChoice() {}

    /** Where candidates come from. */
    static CandidateSource of(StochasticProblem problem, HyperParameters hyperParameters) {
        CandidateSource source = hyperParameters.candidates().source();
        if (source != CandidateSource.AUTO) {
            return source;
        }
        if (hyperParameters.settings().prior() != DecisionPrior.UNIFORM) {
            return CandidateSource.GAUSSIANS;
        }
        if (isLinear(problem) || (problem.constraints().nativeModel() != null && isWhole(problem))) {
            return CandidateSource.POOL;
        }
        return isBinary(problem) ? CandidateSource.LOCAL_MOVES : CandidateSource.GAUSSIANS;
    }

    /** Whether candidates can be had, and weighted, and if not why. */
    static Support support(StochasticProblem problem, HyperParameters hyperParameters) {
        EnergySettings settings = hyperParameters.settings();
        boolean isLinear = isLinear(problem);
        CandidateSource source = of(problem, hyperParameters);
        if (settings.margin() > 0 && !isLinear) {
            return Support.no("a margin is for costs that are linear in the decisions, but the task's is curved."
                    + " Set settings.margin to 0");
        }
        if (settings.prior() == DecisionPrior.OPTIMA
                && hyperParameters.candidates().source() != CandidateSource.AUTO) {
            return Support.no("the prior optima draws candidates from between optimal decisions, but candidates.source"
                    + " is " + name(source) + ". Set it to auto, or settings.prior to uniform");
        }
        if (source == CandidateSource.POOL
                && hyperParameters.candidates().poolSolveRate() > 0
                && !problem.hasClosedForm()) {
            return Support.no(
                    "a pool learns the optima of predictions where the expected cost has a closed form, which the"
                            + " task's has not. Set candidates.poolSolveRate to 0");
        }
        SoftConstraints soft = hyperParameters.candidates().softConstraints();
        if (soft != SoftConstraints.NONE) {
            Support possible = soft(problem, settings.prior(), soft);
            if (!possible.supported()) {
                return possible;
            }
        }
        int[] uncertain = problem.uncertainDecisions();
        return switch (source) {
            case AUTO, POOL, PERTURBED_OPTIMA -> Support.yes();
            case GAUSSIANS -> gaussians(isLinear && soft == SoftConstraints.NONE, settings.prior());
            case PROJECTED_GAUSSIANS -> Projections.support(problem.constraints(), uncertain);
            case LOCAL_MOVES -> LocalMovesProposal.support(problem.constraints(), uncertain);
        };
    }

    private static Support soft(StochasticProblem problem, DecisionPrior prior, SoftConstraints soft) {
        if (prior != DecisionPrior.UNIFORM) {
            return Support.no("soft constraints are part of the prior of the decisions, which settings.prior says is "
                    + prior.name().toLowerCase(Locale.ROOT) + ". Set it to uniform");
        }
        int[] uncertain = problem.uncertainDecisions();
        Support limits = LimitRows.support(problem.constraints(), uncertain);
        return limits.supported()
                        && soft == SoftConstraints.LOG_BARRIER
                        && LimitRows.of(problem.constraints(), uncertain).hasEqualities()
                ? Support.no("its feasible set has an equality, which leaves a log barrier no room. Set"
                        + " candidates.softConstraints to augmented-lagrangian or none")
                : limits;
    }

    private static Support gaussians(boolean isLinear, DecisionPrior prior) {
        return isLinear && prior == DecisionPrior.UNIFORM
                ? Support.no(
                        "its cost is linear in the decisions, so exp(-E) over all of R^d has no finite integral, and"
                                + " Gaussian candidates leave the feasible set. Set candidates.source to pool,"
                                + " perturbed-optima or local-moves, or to projected-gaussians for a convex feasible set")
                : Support.yes();
    }

    /** Whether the cost is linear in the decisions that y has to do with. */
    static boolean isLinear(StochasticProblem problem) {
        return problem.cost() instanceof PenaltyCost cost
                && cost.restrictedTo(cost.uncertainDecisions()).isLinear();
    }

    private static boolean isWhole(StochasticProblem problem) {
        return Arrays.stream(problem.uncertainDecisions()).anyMatch(problem.constraints()::isInteger);
    }

    private static boolean isBinary(StochasticProblem problem) {
        ConstraintSet set = problem.constraints();
        int[] uncertain = problem.uncertainDecisions();
        return uncertain.length > 0
                && Arrays.stream(uncertain).allMatch(i -> set.isInteger(i) && set.lower(i) > -1 && set.upper(i) < 2);
    }

    private static String name(CandidateSource source) {
        return source.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
