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
import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.solver.Incumbents;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;
import org.soebm.ortools.model.CpSatModel;

/**
 * Minimises a penalty objective over a CP-SAT model. CP-SAT minimises the lines of a {@link CpSatObjective}, which gives a
 * lower bound and a feasible decision; the lines at that decision make the next round tighter, until the decision's true
 * cost meets the bound.
 */
final class CpSatProgram {
    private static final double LARGEST_DECISION = 0x1p40;
    private static final double SHARE_OF_ROUNDING = 0.1;

    /**
     * CP-SAT sometimes creeps for ever where numbers are large. So the first rounds are coarse, and later ones, which are
     * finer by this factor, know already between which bounds the optimum lies.
     */
    private static final double FIRST_LARGEST_SUM = 0x1p20;

    private static final double FINER = 0x1p10;

    private static final double FIRST_SLICE_SECONDS = 0.25;
    private static final int WAYS = 3;
    private static final int LARGEST_SEED = Integer.MAX_VALUE;

    private final RidgeSum objective;
    private final ConstraintSet set;
    private final CpSatModel model;
    private final int[] variables; // their indices in the model

    /**
     * Whether there are circuits, whose relaxation CP-SAT uses from level 2 on only: a tour of 20 nodes takes 0.2 s with it,
     * and up to 18 s without.
     */
    private final boolean isTour;

    private final SolverOptions options;
    private final SolveBudget budget;
    private final Incumbents incumbents;

    private double @Nullable [] best;
    private double bestValue = Double.POSITIVE_INFINITY;
    private double lowerBound = Double.NEGATIVE_INFINITY;

    CpSatProgram(
            PenaltyObjective objective,
            ConstraintSet set,
            CpSatModel model,
            SolverOptions options,
            SolveBudget budget,
            Incumbents incumbents) {
        this.objective = RidgeSum.of(objective);
        this.set = set;
        this.model = model;
        variables = new int[set.variableCount()];
        for (int i = 0; i < variables.length; i++) {
            variables[i] = model.variable(i);
        }
        isTour = model.proto().getConstraintsList().stream()
                .anyMatch(constraint -> constraint.hasCircuit() || constraint.hasRoutes());
        this.options = options;
        this.budget = budget;
        this.incumbents = incumbents;
    }

    /** Which decision has too wide bounds for a cost in CP-SAT's integers, as a clause; null where none has. */
    static @Nullable String tooWide(ConstraintSet set, CpSatModel model) {
        for (int i = 0; i < set.decisionCount(); i++) {
            if (!(Math.max(Math.abs(set.lower(i)), Math.abs(set.upper(i))) <= LARGEST_DECISION)) {
                return "decision " + i + " of " + title(model) + " lies between " + set.lower(i) + " and "
                        + set.upper(i)
                        + ", too wide for a cost in CP-SAT's integers (2^40); maybe give it tighter bounds";
            }
        }
        return null;
    }

    Outcome solve(double @Nullable [] start) {
        CpSatObjective lines = new CpSatObjective(objective, set);
        // First any decision at whatever cost, which is quick: so a time limit finds something to give.
        CpSolverResponse any = run(withHint(model.proto(), start), 1, 0);
        budget.throwIfCancelled();
        if (any.getStatus() == CpSolverStatus.INFEASIBLE) {
            return infeasible();
        }
        if (any.getStatus() == CpSolverStatus.OPTIMAL || any.getStatus() == CpSolverStatus.FEASIBLE) {
            offer(point(any));
        }
        double[] hint = start == null ? best : start;
        double largestSum = FIRST_LARGEST_SUM;
        int stalls = 0;
        while (true) {
            double wanted = SHARE_OF_ROUNDING * OptimalityGap.allowed(best == null ? 0 : bestValue, options);
            lines.chooseScale(wanted, largestSum);
            CpModelProto proto = withHint(lines.addTo(model.proto(), variables, lowerBound, bestValue), hint);
            CpSolverResponse response = run(proto, lines.scale(), stalls);
            budget.throwIfCancelled();
            switch (response.getStatus()) {
                case OPTIMAL, FEASIBLE -> {}
                case INFEASIBLE -> {
                    return best == null ? infeasible() : stopped("costs are rounded to " + 1 / lines.scale());
                }
                case UNKNOWN -> {
                    if (budget.isSpent()) {
                        return stopped("the time limit was reached");
                    }
                    stalls++;
                    continue;
                }
                default -> {
                    return Outcome.none(
                            SolveStatus.FAILED,
                            "CP-SAT calls " + title() + " with the cost invalid: "
                                    + response.getSolutionInfo().strip());
                }
            }
            double[] point = point(response);
            offer(point);
            lowerBound = Math.max(lowerBound, lines.unscaled(response.getBestObjectiveBound()) - lines.roundingError());
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
            hint = best();
        }
    }

    private double[] point(CpSolverResponse response) {
        double[] point = new double[variables.length];
        for (int i = 0; i < point.length; i++) {
            point[i] = response.getSolution(variables[i]);
        }
        return point;
    }

    private Outcome infeasible() {
        return Outcome.none(SolveStatus.INFEASIBLE, "No decision satisfies " + title() + ".");
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

    private String title() {
        return title(model);
    }

    private static String title(CpSatModel model) {
        String name = model.proto().getName();
        return name.isEmpty() ? "the model (" + model.description() + ")" : "model " + name;
    }

    private CpModelProto withHint(CpModelProto proto, double @Nullable [] hint) {
        if (hint == null) {
            return proto;
        }
        PartialVariableAssignment.Builder assignment = PartialVariableAssignment.newBuilder();
        for (int i = 0; i < hint.length; i++) {
            double clipped = Math.min(Math.max(Math.rint(hint[i]), set.lower(i)), set.upper(i));
            if (Math.abs(clipped) <= LARGEST_DECISION) {
                assignment.addVars(variables[i]).addValues((long) clipped);
            }
        }
        return proto.toBuilder().setSolutionHint(assignment).build();
    }

    /**
     * Runs CP-SAT for one slice.
     *
     * @param stalls how often it came to no end so far: slices grow, and the ways of search take turns
     */
    private CpSolverResponse run(CpModelProto proto, double scale, int stalls) {
        budget.throwIfCancelled();
        String invalid = CpSatHelper.validateModel(proto);
        if (!invalid.isEmpty()) {
            return CpSolverResponse.newBuilder()
                    .setStatus(CpSolverStatus.MODEL_INVALID)
                    .setSolutionInfo(invalid.strip().lines().findFirst().orElse("no reason given"))
                    .build();
        }
        SatParameters.Builder parameters = SatParameters.newBuilder()
                .setMaxTimeInSeconds(
                        Math.min(budget.nativeLimitSeconds(), FIRST_SLICE_SECONDS * Math.scalb(1.0, stalls / WAYS)))
                .setNumWorkers(1) // problems are solved in parallel, not parts of one
                .setRandomSeed((int) (options.seed() & LARGEST_SEED))
                .setAddLpConstraintsLazily(false) // lazily added, large numbers make it creep
                .setAbsoluteGapLimit(options.tolerance() * scale / 4);
        switch (stalls % WAYS) {
            case 1 -> parameters.setLinearizationLevel(0);
            case 2 -> parameters.setSearchBranching(SatParameters.SearchBranching.PORTFOLIO_SEARCH);
            default -> parameters.setLinearizationLevel(isTour ? 2 : 1);
        }
        SolveWrapper solver = new SolveWrapper();
        CpSatIncumbents met = new CpSatIncumbents(variables);
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
