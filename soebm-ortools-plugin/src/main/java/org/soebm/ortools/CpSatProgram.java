package org.soebm.ortools;

import com.google.ortools.sat.CpModelProto;
import com.google.ortools.sat.CpSatHelper;
import com.google.ortools.sat.CpSolverResponse;
import com.google.ortools.sat.CpSolverStatus;
import com.google.ortools.sat.PartialVariableAssignment;
import com.google.ortools.sat.SatParameters;
import com.google.ortools.sat.SolveWrapper;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.solver.Incumbents;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;

/**
 * Minimises a penalty objective over a CP-SAT model. CP-SAT minimises the lines of a {@link CpSatObjective}, which gives a
 * lower bound and a feasible decision; the lines at that decision make the next round tighter, until the decision's true
 * cost meets the bound. Where the objective is linear, the first round is the last, unless time is short or numbers are large.
 */
final class CpSatProgram {
    private static final double SHARE_OF_ROUNDING = 0.1;
    private static final double SHARE_OF_ROUNDING_ALONE = 0.5; // where there are no curves

    /**
     * CP-SAT sometimes creeps for ever where numbers are large. So the first rounds are coarse, and later ones, which are
     * finer by this factor, know already between which bounds the optimum lies.
     */
    private static final double FIRST_LARGEST_SUM = 0x1p20;

    private static final double FINER = 0x1p10;

    /** Without curves numbers of this size are no trouble, as a rule: tours of 20 nodes take as long as with 2^20. */
    private static final double LARGEST_SUM_AT_ONCE = 0x1p45;

    private static final double FIRST_SLICE_SECONDS = 0.25;
    private static final double SLICE_AT_ONCE_SECONDS = 1;
    private static final int WAYS = 3;
    private static final int LARGEST_SEED = Integer.MAX_VALUE;

    private final RidgeSum objective;
    private final ConstraintSet set;
    private final CpSatSet feasible;

    /**
     * Whether there are circuits, whose relaxation CP-SAT uses from level 2 on only: a tour of 20 nodes takes 20 ms with it,
     * and up to 18 s without.
     */
    private final boolean isTour;

    private final SolverOptions options;
    private final SolveBudget budget;
    private final Incumbents incumbents;

    private final CpSatObjective lines;
    private double largestSum = FIRST_LARGEST_SUM;
    private int stalls;

    private double @Nullable [] best;
    private double bestValue = Double.POSITIVE_INFINITY;
    private double lowerBound = Double.NEGATIVE_INFINITY;

    /**
     * @param set whose decisions are integers with finite bounds
     * @param feasible the same as CP-SAT takes it
     */
    CpSatProgram(
            RidgeSum objective,
            ConstraintSet set,
            CpSatSet feasible,
            SolverOptions options,
            SolveBudget budget,
            Incumbents incumbents) {
        this.objective = objective;
        this.set = set;
        this.feasible = feasible;
        isTour = feasible.isTour();
        this.options = options;
        this.budget = budget;
        this.incumbents = incumbents;
        lines = new CpSatObjective(objective, set);
    }

    Outcome solve(double @Nullable [] start) {
        // One more run, one more decision.
        Outcome outcome = lines.isLinear() && incumbents.areWanted() ? anyDecision(start) : null;
        if (outcome == null && lines.isLinear()) {
            largestSum = LARGEST_SUM_AT_ONCE;
            outcome = round(start);
            if (stalls > 0) {
                largestSum = FIRST_LARGEST_SUM;
            }
        }
        if (outcome == null && best == null) {
            outcome = anyDecision(start);
        }
        double[] hint = start == null ? best : start;
        while (outcome == null) {
            outcome = round(hint);
            hint = best == null ? hint : best;
        }
        return outcome;
    }

    /** Looks for any decision at whatever cost, which is quick: so a time limit finds something to give. Null unless infeasible. */
    private @Nullable Outcome anyDecision(double @Nullable [] start) {
        CpSolverResponse any = run(withHint(feasible.proto(), start), 1);
        budget.throwIfCancelled();
        if (any.getStatus() == CpSolverStatus.INFEASIBLE) {
            return infeasible();
        }
        if (any.getStatus() == CpSolverStatus.OPTIMAL || any.getStatus() == CpSolverStatus.FEASIBLE) {
            offer(point(any));
        }
        return null;
    }

    /** Minimises the lines there are by now; null where another round is to follow. */
    private @Nullable Outcome round(double @Nullable [] hint) {
        double share = lines.isLinear() ? SHARE_OF_ROUNDING_ALONE : SHARE_OF_ROUNDING;
        double wanted = share * OptimalityGap.allowed(best == null ? 0 : bestValue, options);
        lines.chooseScale(wanted, largestSum);
        CpModelProto proto = withHint(lines.addTo(feasible, lowerBound, bestValue), hint);
        CpSolverResponse response = run(proto, lines.scale());
        budget.throwIfCancelled();
        switch (response.getStatus()) {
            case OPTIMAL, FEASIBLE -> {}
            case INFEASIBLE -> {
                return best == null ? infeasible() : stopped("costs are rounded to " + 1 / lines.scale());
            }
            case UNKNOWN -> {
                stalls++;
                return budget.isSpent() ? stopped("the time limit was reached") : null;
            }
            default -> {
                return Outcome.none(
                        SolveStatus.FAILED,
                        "CP-SAT calls " + feasible.title() + " with the cost invalid: "
                                + response.getSolutionInfo().strip());
            }
        }
        double[] point = point(response);
        offer(point);
        lowerBound = Math.max(lowerBound, lines.lowerBound(response.getBestObjectiveBound()));
        if (bestValue - lowerBound <= OptimalityGap.allowed(bestValue, options)) {
            return new Outcome(SolveStatus.OPTIMAL, best(), lowerBound, "");
        }
        if (budget.isSpent()) {
            return stopped("the time limit was reached");
        }
        boolean tighter = lines.touch(point);
        if (response.getStatus() == CpSolverStatus.FEASIBLE) {
            stalls++;
        } else if (!tighter) {
            if (lines.roundingError() <= wanted || largestSum >= CpSatObjective.LARGEST_SUM) {
                return stopped("costs are rounded to " + 1 / lines.scale());
            }
            largestSum = Math.min(largestSum * FINER, CpSatObjective.LARGEST_SUM);
        }
        return null;
    }

    private double[] point(CpSolverResponse response) {
        double[] point = new double[set.variableCount()];
        for (int i = 0; i < point.length; i++) {
            point[i] = response.getSolution(feasible.variable(i));
        }
        return point;
    }

    private Outcome infeasible() {
        return Outcome.none(SolveStatus.INFEASIBLE, "No decision satisfies " + feasible.title() + ".");
    }

    private void offer(double[] point) {
        double value = objective.value(point);
        if (value < bestValue) {
            best = point;
            bestValue = value;
        }
    }

    private double[] best() {
        return best == null ? new double[0] : best;
    }

    private CpModelProto withHint(CpModelProto proto, double @Nullable [] hint) {
        if (hint == null) {
            return proto;
        }
        PartialVariableAssignment.Builder assignment = PartialVariableAssignment.newBuilder();
        for (int i = 0; i < hint.length; i++) {
            double clipped = Math.min(Math.max(Math.rint(hint[i]), set.lower(i)), set.upper(i));
            if (Math.abs(clipped) <= CpSatSet.LARGEST_DECISION) {
                assignment.addVars(feasible.variable(i)).addValues((long) clipped);
            }
        }
        return proto.toBuilder().setSolutionHint(assignment).build();
    }

    /** Runs CP-SAT for one slice. Each time that it came to no end, slices grow and the ways of search take turns. */
    private CpSolverResponse run(CpModelProto proto, double scale) {
        budget.throwIfCancelled();
        String invalid = CpSatHelper.validateModel(proto);
        if (!invalid.isEmpty()) {
            return CpSolverResponse.newBuilder()
                    .setStatus(CpSolverStatus.MODEL_INVALID)
                    .setSolutionInfo(invalid.strip().lines().findFirst().orElse("no reason given"))
                    .build();
        }
        boolean atOnce = lines.isLinear() && stalls == 0;
        double slice = atOnce ? SLICE_AT_ONCE_SECONDS : FIRST_SLICE_SECONDS * Math.scalb(1.0, stalls / WAYS);
        SatParameters.Builder parameters = SatParameters.newBuilder()
                .setMaxTimeInSeconds(Math.min(budget.nativeLimitSeconds(), slice))
                .setNumWorkers(1) // problems are solved in parallel, not parts of one
                .setRandomSeed((int) (options.seed() & LARGEST_SEED))
                .setAddLpConstraintsLazily(false) // lazily added, large numbers make it creep
                .setAbsoluteGapLimit(options.tolerance() * scale / 4);
        switch (stalls % WAYS) {
            case 1 -> parameters.setLinearizationLevel(0);
            case 2 -> parameters.setSearchBranching(SatParameters.SearchBranching.PORTFOLIO_SEARCH);
            default -> parameters.setLinearizationLevel(isTour ? 2 : 1);
        }
        if (atOnce) { // half the time of a small problem, of which the search takes little
            parameters.setCpModelProbingLevel(0).setSymmetryLevel(0);
        }
        SolveWrapper solver = new SolveWrapper();
        CpSatIncumbents met = new CpSatIncumbents(feasible.variables());
        try {
            solver.setParameters(parameters.build());
            if (incumbents.areWanted()) {
                solver.addSolutionCallback(met);
            }
            CpSolverResponse response;
            try (InterruptWatch watch = InterruptWatch.over(solver::stopSearch, budget)) {
                response = solver.solve(proto);
            }
            met.points().forEach(incumbents::offer);
            return response;
        } finally {
            solver.delete();
            met.delete();
        }
    }

    private Outcome stopped(String why) {
        if (best == null) {
            return Outcome.none(
                    SolveStatus.TIME_LIMIT, "The time limit was reached before a feasible decision was found.");
        }
        return new Outcome(
                SolveStatus.FEASIBLE,
                best(),
                lowerBound,
                "Stopped with an optimality gap of at most " + (bestValue - lowerBound) + " (" + why + ").");
    }
}
