package org.soebm.ortools;

import com.google.ortools.linearsolver.MPModelProto;
import com.google.ortools.linearsolver.MPModelRequest;
import com.google.ortools.linearsolver.MPModelRequest.SolverType;
import com.google.ortools.linearsolver.MPSolution;
import com.google.ortools.linearsolver.MPSolutionResponse;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPSolverParameters;
import com.google.ortools.linearsolver.MPSolverResponseStatus;
import com.google.ortools.linearsolver.MPVariableProto;
import com.google.ortools.linearsolver.PartialVariableAssignment;
import com.google.ortools.pdlp.PrimalDualHybridGradientParams;
import com.google.ortools.pdlp.PrimalDualHybridGradientParams.RestartStrategy;
import com.google.ortools.pdlp.SolveLog;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import org.soebm.api.solver.Incumbents;
import org.soebm.api.solver.SolverOptions;

/**
 * The solvers of OR-Tools that the plug-in uses, each with what it can do. OR-Tools lets every one of them take every
 * model and drops what it cannot handle without a word: GLOP and HiGHS a quadratic objective, GLOP and PDLP integrality.
 * So the check is made here.
 */
enum BackEnd {
    /** The simplex method: linear programs, solved to a vertex. */
    GLOP(SolverType.GLOP_LINEAR_PROGRAMMING, false, false),

    /** A first-order primal-dual method: convex quadratic programs with a diagonal quadratic. */
    PDLP(SolverType.PDLP_LINEAR_PROGRAMMING, true, false),

    /** Branch and cut: mixed-integer linear programs. */
    SCIP(SolverType.SCIP_MIXED_INTEGER_PROGRAMMING, false, true);

    private static final int MOST_OTHERS = 100; // as many as SCIP keeps

    private static final double FIRST_SLICE_SECONDS = 1;

    /**
     * Where PDLP stops at first. Problems with an optimum take some hundred iterations; on an infeasible or unbounded one
     * it may go on for ever, so the caller looks into that before it asks to {@link #persist}.
     */
    private static final int FIRST_ITERATIONS = 10_000;

    private static final int SMALL_MODEL = 4_000; // variables and rows that GLOP solves in a few milliseconds

    /** For models on whose first answer GLOP itself casts doubt ("imprecise"). */
    private static final String CAREFUL_GLOP =
            "use_preprocessing: false primal_feasibility_tolerance: 1e-9 dual_feasibility_tolerance: 1e-9";

    private static final String FEW_CUTS = "separating/maxrounds = 0\nseparating/maxroundsroot = 1\n";

    private static final String NO_PRESOLVE = "presolving/maxrounds = 0\n";

    private final SolverType type;
    private final boolean takesQuadraticObjective;
    private final boolean takesIntegers;

    BackEnd(SolverType type, boolean takesQuadraticObjective, boolean takesIntegers) {
        this.type = type;
        this.takesQuadraticObjective = takesQuadraticObjective;
        this.takesIntegers = takesIntegers;
    }

    /**
     * The back end for a model.
     *
     * @throws IllegalStateException when the model is quadratic and has integers, which none of them takes
     */
    static BackEnd of(MPModelProto model) {
        if (hasIntegers(model)) {
            return SCIP.requireCapable(model);
        }
        return model.hasQuadraticObjective() ? PDLP : GLOP;
    }

    /** Solves a model with the back end that takes it. */
    static BackEndAnswer solveWithAny(MPModelProto model, SolverOptions options, SolveBudget budget) {
        return of(model).solve(model, options, budget);
    }

    /**
     * Solves a program over tangents with the back end that takes it. Cuts are all but switched off in SCIP: among many
     * nearly parallel tangents they cost five times what they save (24 hours of unit commitment: 0.2 s instead of 1 s).
     */
    static BackEndAnswer solveTangents(MPModelProto model, SolverOptions options, SolveBudget budget) {
        return of(model).solve(model, FEW_CUTS, options, budget);
    }

    /** The same without SCIP's presolve, for programs of which it said what cannot be true. */
    static BackEndAnswer solveTangentsUnreduced(MPModelProto model, SolverOptions options, SolveBudget budget) {
        return of(model).solve(model, FEW_CUTS + NO_PRESOLVE, options, budget);
    }

    /**
     * Solves a model with SCIP.
     *
     * @param incumbents hears of the other solutions that SCIP found, up to a hundred of the best
     */
    static BackEndAnswer solveIntegers(
            MPModelProto model, SolverOptions options, SolveBudget budget, Incumbents incumbents) {
        return SCIP.solve(model, "", options, budget, incumbents);
    }

    /** The same without SCIP's presolve, which sometimes cuts off optima where numbers are large. */
    static BackEndAnswer solveUnreduced(
            MPModelProto model, SolverOptions options, SolveBudget budget, Incumbents incumbents) {
        return SCIP.solve(model, NO_PRESOLVE, options, budget, incumbents);
    }

    /**
     * Solves a model within the budget.
     *
     * @throws IllegalStateException when this back end would drop a part of the model
     * @throws java.util.concurrent.CancellationException when the budget was cancelled
     */
    BackEndAnswer solve(MPModelProto model, SolverOptions options, SolveBudget budget) {
        return solve(model, "", options, budget);
    }

    private BackEndAnswer solve(
            MPModelProto model, String moreScipParameters, SolverOptions options, SolveBudget budget) {
        return solve(model, moreScipParameters, options, budget, Incumbents.ANSWER_ONLY);
    }

    private BackEndAnswer solve(
            MPModelProto model,
            String moreScipParameters,
            SolverOptions options,
            SolveBudget budget,
            Incumbents incumbents) {
        requireCapable(model);
        budget.throwIfCancelled();
        if (budget.isSpent()) {
            return new BackEndAnswer(BackEndAnswer.Kind.LIMIT, new double[0], Double.NEGATIVE_INFINITY, "time limit");
        }
        BackEndAnswer answer = switch (this) {
            case PDLP -> solveInSlices(model, FIRST_ITERATIONS, options, budget);
            case GLOP -> isSmall(model) ? solveAtOnce(model, budget) : solveInterruptibly(model, "", options, budget);
            case SCIP ->
                incumbents.areWanted()
                        ? solveWithOthers(model, moreScipParameters, options, budget, incumbents)
                        : solveInterruptibly(model, moreScipParameters, options, budget);
        };
        budget.throwIfCancelled();
        return answer;
    }

    private BackEnd requireCapable(MPModelProto model) {
        if (model.hasQuadraticObjective() && !takesQuadraticObjective) {
            throw new IllegalStateException(name() + " would drop the quadratic part of the objective without a word.");
        }
        if (!takesIntegers && hasIntegers(model)) {
            throw new IllegalStateException(name() + " would drop the integrality of variables without a word.");
        }
        return this;
    }

    private static boolean hasIntegers(MPModelProto model) {
        for (MPVariableProto variable : model.getVariableList()) {
            if (variable.getIsInteger()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSmall(MPModelProto model) {
        return model.getVariableCount() + model.getConstraintCount() <= SMALL_MODEL;
    }

    /** The stateless path: quick to set up, but nothing stops it before its time limit. */
    private BackEndAnswer solveAtOnce(MPModelProto model, SolveBudget budget) {
        MPModelRequest.Builder request = MPModelRequest.newBuilder()
                .setModel(model)
                .setSolverType(type)
                .setSolverTimeLimitSeconds(budget.nativeLimitSeconds());
        BackEndAnswer answer = answer(MPSolver.solveWithProto(request.build()));
        return answer.kind() == BackEndAnswer.Kind.FAILED
                ? answer(MPSolver.solveWithProto(request.setSolverSpecificParameters(CAREFUL_GLOP)
                        .setSolverTimeLimitSeconds(budget.nativeLimitSeconds())
                        .build()))
                : answer;
    }

    /**
     * Runs PDLP beyond its first limit, for as long as the budget lasts.
     */
    static BackEndAnswer persist(MPModelProto model, SolverOptions options, SolveBudget budget) {
        PDLP.requireCapable(model);
        return PDLP.solveInSlices(model, Integer.MAX_VALUE, options, budget);
    }

    /**
     * PDLP cannot be interrupted from Java, so it runs in slices of doubling length, each from where the one before
     * stood: a cancelled solve ends at most as late as it has run so far.
     */
    private BackEndAnswer solveInSlices(
            MPModelProto model, int mostIterations, SolverOptions options, SolveBudget budget) {
        PrimalDualHybridGradientParams.Builder parameters = pdlpParameters(options.tolerance());
        MPModelRequest.Builder request =
                MPModelRequest.newBuilder().setModel(model).setSolverType(type);
        int iterations = 0;
        double slice = FIRST_SLICE_SECONDS;
        while (true) {
            parameters.getTerminationCriteriaBuilder().setIterationLimit(mostIterations - iterations);
            double remaining = budget.nativeLimitSeconds();
            // A slice that would leave only a stump takes the rest.
            double seconds = remaining < 1.5 * slice ? remaining : slice;
            MPSolutionResponse response =
                    MPSolver.solveWithProto(request.setSolverSpecificParameters(parameters.toString())
                            .setSolverTimeLimitSeconds(seconds)
                            .build());
            BackEndAnswer answer = answer(response);
            iterations += Math.max(1, log(response).getIterationCount());
            if (answer.kind() != BackEndAnswer.Kind.LIMIT || budget.isSpent() || iterations >= mostIterations) {
                return answer;
            }
            budget.throwIfCancelled();
            if (answer.values().length == model.getVariableCount()) {
                request.setModel(withHint(model, answer.values()));
            }
            slice *= 2;
        }
    }

    private static MPModelProto withHint(MPModelProto model, double[] values) {
        PartialVariableAssignment.Builder hint = PartialVariableAssignment.newBuilder();
        for (int i = 0; i < values.length; i++) {
            hint.addVarIndex(i).addVarValue(values[i]);
        }
        return model.toBuilder().setSolutionHint(hint).build();
    }

    /** Tolerances well below the gap that the caller allows: PDLP's hold up to the size of the multipliers. */
    static PrimalDualHybridGradientParams.Builder pdlpParameters(double tolerance) {
        double eps = Math.min(1e-9, Math.max(1e-11, 1e-3 * tolerance));
        PrimalDualHybridGradientParams.Builder parameters = PrimalDualHybridGradientParams.newBuilder()
                .setRestartStrategy(RestartStrategy.ADAPTIVE_DISTANCE_BASED) // a third faster here than the default
                .setRecordIterationStats(false);
        parameters
                .getTerminationCriteriaBuilder()
                .getSimpleOptimalityCriteriaBuilder()
                .setEpsOptimalAbsolute(eps)
                .setEpsOptimalRelative(eps);
        return parameters;
    }

    /** The stateful path, which {@link InterruptWatch} can stop. */
    private BackEndAnswer solveInterruptibly(
            MPModelProto model, String moreScipParameters, SolverOptions options, SolveBudget budget) {
        MPSolver solver = MPSolver.createSolver(name());
        if (solver == null) {
            return new BackEndAnswer(
                    BackEndAnswer.Kind.FAILED, new double[0], Double.NEGATIVE_INFINITY, name() + " is not built in");
        }
        MPSolverParameters parameters = new MPSolverParameters();
        try {
            String error = solver.loadModelFromProto(model);
            if (!error.isEmpty()) {
                return new BackEndAnswer(BackEndAnswer.Kind.FAILED, new double[0], Double.NEGATIVE_INFINITY, error);
            }
            if (this == SCIP) {
                parameters.setDoubleParam(MPSolverParameters.DoubleParam.RELATIVE_MIP_GAP, options.tolerance() / 4);
                solver.setSolverSpecificParametersAsString(scipParameters(options) + moreScipParameters);
            }
            BackEndAnswer answer = solve(solver, parameters, budget);
            if (this == GLOP && answer.kind() == BackEndAnswer.Kind.FAILED && !budget.isSpent()) {
                solver.setSolverSpecificParametersAsString(CAREFUL_GLOP);
                answer = solve(solver, parameters, budget);
            }
            return answer;
        } finally {
            parameters.delete();
            solver.delete();
        }
    }

    private BackEndAnswer solve(MPSolver solver, MPSolverParameters parameters, SolveBudget budget) {
        solver.setTimeLimit((long) Math.ceil(1000 * budget.nativeLimitSeconds()));
        try (InterruptWatch watch = InterruptWatch.over(solver::interruptSolve, budget)) {
            solver.solve(parameters);
        }
        return answer(solver.createSolutionResponseProto());
    }

    /**
     * The only path on which SCIP tells of its other solutions. It cannot be interrupted from Java, so it runs in slices of
     * doubling length, each with the solution of the one before as a hint: a cancelled solve ends at most as late as it has
     * run so far.
     */
    private BackEndAnswer solveWithOthers(
            MPModelProto model,
            String moreScipParameters,
            SolverOptions options,
            SolveBudget budget,
            Incumbents incumbents) {
        MPModelRequest.Builder request = MPModelRequest.newBuilder()
                .setModel(model)
                .setSolverType(type)
                .setPopulateAdditionalSolutionsUpTo(MOST_OTHERS)
                .setSolverSpecificParameters(scipParameters(options) + "limits/gap = " + options.tolerance() / 4 + "\n"
                        + moreScipParameters);
        for (double slice = FIRST_SLICE_SECONDS; ; slice *= 2) {
            budget.throwIfCancelled();
            double remaining = budget.nativeLimitSeconds();
            request.setSolverTimeLimitSeconds(remaining < 1.5 * slice ? remaining : slice);
            MPSolutionResponse response = MPSolver.solveWithProto(request.build());
            for (MPSolution other : response.getAdditionalSolutionsList()) {
                incumbents.offer(toArray(other.getVariableValueList()));
            }
            BackEndAnswer answer = answer(response);
            boolean ended = answer.kind() != BackEndAnswer.Kind.LIMIT && answer.kind() != BackEndAnswer.Kind.FEASIBLE;
            if (ended || budget.isSpent()) {
                return answer;
            }
            if (answer.values().length == model.getVariableCount()) {
                request.setModel(withHint(model, answer.values()));
            }
        }
    }

    static String scipParameters(SolverOptions options) {
        int seed = (int) (options.seed() & 0x3fffffff);
        return "limits/absgap = " + options.tolerance() / 4 + "\nrandomization/randomseedshift = " + seed + "\n";
    }

    private BackEndAnswer answer(MPSolutionResponse response) {
        BackEndAnswer.Kind kind = kind(response);
        double[] values = toArray(response.getVariableValueList());
        double bound = switch (this) {
            case SCIP -> response.getBestObjectiveBound();
            case GLOP, PDLP ->
                kind == BackEndAnswer.Kind.OPTIMAL ? response.getObjectiveValue() : Double.NEGATIVE_INFINITY;
        };
        return new BackEndAnswer(
                kind, values, bound, name() + " " + response.getStatus() + " " + response.getStatusStr());
    }

    private BackEndAnswer.Kind kind(MPSolutionResponse response) {
        if (this == PDLP && response.getStatus() != MPSolverResponseStatus.MPSOLVER_OPTIMAL) {
            return switch (log(response).getTerminationReason()) {
                case TERMINATION_REASON_PRIMAL_INFEASIBLE,
                        TERMINATION_REASON_DUAL_INFEASIBLE,
                        TERMINATION_REASON_PRIMAL_OR_DUAL_INFEASIBLE -> BackEndAnswer.Kind.NO_OPTIMUM;
                case TERMINATION_REASON_TIME_LIMIT, TERMINATION_REASON_ITERATION_LIMIT -> BackEndAnswer.Kind.LIMIT;
                default ->
                    response.getStatus() == MPSolverResponseStatus.MPSOLVER_INFEASIBLE
                            ? BackEndAnswer.Kind.NO_OPTIMUM
                            : BackEndAnswer.Kind.FAILED;
            };
        }
        return switch (response.getStatus()) {
            case MPSOLVER_OPTIMAL -> BackEndAnswer.Kind.OPTIMAL;
            case MPSOLVER_FEASIBLE -> BackEndAnswer.Kind.FEASIBLE;
            case MPSOLVER_INFEASIBLE, MPSOLVER_UNBOUNDED -> BackEndAnswer.Kind.NO_OPTIMUM;
            case MPSOLVER_NOT_SOLVED, MPSOLVER_CANCELLED_BY_USER -> BackEndAnswer.Kind.LIMIT;
            default -> BackEndAnswer.Kind.FAILED;
        };
    }

    private static SolveLog log(MPSolutionResponse response) {
        try {
            return SolveLog.parseFrom(response.getSolverSpecificInfo());
        } catch (InvalidProtocolBufferException e) {
            return SolveLog.getDefaultInstance();
        }
    }

    private static double[] toArray(List<Double> values) {
        double[] array = new double[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(i);
        }
        return array;
    }
}
