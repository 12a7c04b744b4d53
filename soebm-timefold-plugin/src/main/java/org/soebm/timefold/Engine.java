package org.soebm.timefold;

import ai.timefold.solver.core.api.score.calculator.IncrementalScoreCalculator;
import ai.timefold.solver.core.api.solver.Solver;
import ai.timefold.solver.core.api.solver.SolverConfigOverride;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.api.solver.event.SolverEventListener;
import ai.timefold.solver.core.config.exhaustivesearch.ExhaustiveSearchPhaseConfig;
import ai.timefold.solver.core.config.exhaustivesearch.ExhaustiveSearchType;
import ai.timefold.solver.core.config.heuristic.selector.move.factory.MoveIteratorFactoryConfig;
import ai.timefold.solver.core.config.localsearch.LocalSearchPhaseConfig;
import ai.timefold.solver.core.config.localsearch.decider.acceptor.AcceptorType;
import ai.timefold.solver.core.config.localsearch.decider.acceptor.LocalSearchAcceptorConfig;
import ai.timefold.solver.core.config.localsearch.decider.forager.LocalSearchForagerConfig;
import ai.timefold.solver.core.config.phase.PhaseConfig;
import ai.timefold.solver.core.config.score.director.ScoreDirectorFactoryConfig;
import ai.timefold.solver.core.config.solver.EnvironmentMode;
import ai.timefold.solver.core.config.solver.SolverConfig;
import ai.timefold.solver.core.config.solver.monitoring.MonitoringConfig;
import ai.timefold.solver.core.config.solver.termination.TerminationConfig;
import java.time.Duration;
import java.util.List;

/**
 * Timefold's solvers, configured for the searches of this package. Acceptance, termination, phases and random numbers are
 * Timefold's. Factories are made once and shared. A solver belongs to one thread; making one takes longer than a small descent (Timefold
 * looks for optional libraries), so descents that follow each other share one.
 */
final class Engine {
    /**
     * Milliseconds by which Timefold's time limit comes after that of the budget, which searches look at themselves: a
     * search that the clock ended must never pass for one that came to its end.
     */
    private static final long LATER = 50;

    private static final int LATE_ACCEPTANCE_SIZE = 400;

    private final SolverFactory<GridSolution> descent;
    private final SolverFactory<GridSolution> annealing;
    private final SolverFactory<GridSolution> assignmentSearch;
    private final SolverFactory<GridSolution> branchAndBound;

    Engine(long seed, EnvironmentMode mode) {
        PhaseConfig<?> hillClimbing =
                localSearch(new LocalSearchAcceptorConfig().withAcceptorTypeList(List.of(AcceptorType.HILL_CLIMBING)));
        PhaseConfig<?> lateAcceptance =
                localSearch(new LocalSearchAcceptorConfig().withLateAcceptanceSize(LATE_ACCEPTANCE_SIZE));
        PhaseConfig<?> lateAssignments =
                localSearch(new LocalSearchAcceptorConfig().withLateAcceptanceSize(LATE_ACCEPTANCE_SIZE / 16));
        PhaseConfig<?> exhaustive =
                new ExhaustiveSearchPhaseConfig().withExhaustiveSearchType(ExhaustiveSearchType.BRANCH_AND_BOUND);
        descent = factory(seed, mode, hillClimbing, GridScoreCalculator.class);
        annealing = factory(seed, mode, lateAcceptance, GridScoreCalculator.class);
        assignmentSearch = factory(seed, mode, lateAssignments, AssignmentScoreCalculator.class);
        branchAndBound = factory(seed, mode, exhaustive, AssignmentScoreCalculator.class);
    }

    @SuppressWarnings("rawtypes") // the type that Timefold's setter has
    private static SolverFactory<GridSolution> factory(
            long seed,
            EnvironmentMode mode,
            PhaseConfig<?> phase,
            Class<? extends IncrementalScoreCalculator> calculator) {
        return SolverFactory.create(new SolverConfig()
                .withSolutionClass(GridSolution.class)
                .withEntityClasses(GridVariable.class)
                .withScoreDirectorFactory(new ScoreDirectorFactoryConfig()
                        .withIncrementalScoreCalculatorClass(calculator)
                        .withInitializingScoreTrend("ONLY_DOWN"))
                .withEnvironmentMode(mode)
                .withMonitoringConfig(new MonitoringConfig().withSolverMetricList(List.of()))
                .withRandomSeed(seed)
                .withTerminationSpentLimit(Duration.ofDays(1)) // each run brings its own
                .withPhases(phase));
    }

    private static PhaseConfig<?> localSearch(LocalSearchAcceptorConfig acceptor) {
        return new LocalSearchPhaseConfig()
                .withMoveSelectorConfig(new MoveIteratorFactoryConfig().withMoveIteratorFactoryClass(GridMoves.class))
                .withAcceptorConfig(acceptor)
                .withForagerConfig(new LocalSearchForagerConfig().withAcceptedCountLimit(1));
    }

    /** Hill climbing with the moves of a search until they end, for one search after the other. */
    Solver<GridSolution> descent(SolveBudget budget, long mostMoves) {
        return solver(descent, budget, mostMoves);
    }

    /** Late acceptance with the moves of the search. */
    GridSolution anneal(Search search, List<GridVariable> variables, long mostMoves) {
        return run(solver(annealing, search.budget(), mostMoves), search, variables);
    }

    /** Late acceptance over assignments of the integer variables. */
    GridSolution searchAssignments(Search search, List<GridVariable> variables, long mostMoves) {
        return run(solver(assignmentSearch, search.budget(), mostMoves), search, variables);
    }

    /** Branch and bound over assignments of the integer variables, which have no position to begin with. */
    GridSolution enumerate(Search search, List<GridVariable> variables, long mostMoves) {
        return run(solver(branchAndBound, search.budget(), mostMoves), search, variables);
    }

    private static Solver<GridSolution> solver(
            SolverFactory<GridSolution> factory, SolveBudget budget, long mostMoves) {
        TerminationConfig termination = new TerminationConfig()
                .withMillisecondsSpentLimit(budget.remaining().toMillis() + LATER)
                .withMoveCountLimit(mostMoves);
        return factory.buildSolver(new SolverConfigOverride<GridSolution>().withTerminationConfig(termination));
    }

    /** Runs a solver, which belongs to this thread. */
    static GridSolution run(Solver<GridSolution> solver, Search search, List<GridVariable> variables) {
        search.budget().throwIfCancelled();
        search.use(solver);
        GridSolution unsolved = new GridSolution(search, variables);
        GridSolution best = search.incumbents().areWanted() ? runHeard(solver, unsolved) : solver.solve(unsolved);
        search.budget().throwIfCancelled();
        return best;
    }

    private static GridSolution runHeard(Solver<GridSolution> solver, GridSolution unsolved) {
        SolverEventListener<GridSolution> listener = event -> leave(event.getNewBestSolution());
        solver.addEventListener(listener);
        try {
            return solver.solve(unsolved);
        } finally {
            solver.removeEventListener(listener); // other searches follow
        }
    }

    /** The first of them is the start, which may miss rows. */
    private static void leave(GridSolution best) {
        if (best.getScore() != null && best.getScore().hardScore() == 0) {
            best.search().incumbents().offer(best.point());
        }
    }
}
