package org.soebm.timefold;

import ai.timefold.solver.core.api.solver.Solver;
import java.util.Iterator;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.soebm.api.solver.Incumbents;

/**
 * What one run of Timefold is about, shared by the solution, its clones, the score calculator and the moves: the program,
 * the grid and the scales of the score. Belongs to one thread.
 *
 * <p>Soft score: the objective (without its constant) times {@link #softScale}, a power of two at which the objective's size at the start takes
 * about 44 bits, rounded a term. A term beyond ±2^62 divided by the number of terms is cut there: scores of such points are
 * all alike, and never overflow.
 */
final class Search {
    private static final int SOFT_BITS = 44;

    private final Program program;
    private final Grid grid;
    private final SolveBudget budget;
    private final double softScale;
    private @Nullable MoveSource source;
    private @Nullable Solver<GridSolution> solver;
    private @Nullable GridScoreCalculator calculator;
    private @Nullable Assignments assignments;
    private Incumbents incumbents = Incumbents.ANSWER_ONLY;
    private int untilNextLook;

    Search(Program program, Grid grid, SolveBudget budget, double size) {
        this.program = program;
        this.grid = grid;
        this.budget = budget;
        double bounded = Math.min(Math.max(size, 1), 1e200);
        softScale = Math.scalb(1.0, SOFT_BITS - Math.getExponent(bounded));
    }

    Program program() {
        return program;
    }

    Grid grid() {
        return grid;
    }

    double softScale() {
        return softScale;
    }

    /** What a part of a score is cut at: no sum of them overflows. */
    double mostOfPart() {
        return 0x1p62 / (Math.max(program.rows.size(), program.terms.size()) + 1);
    }

    /** Whether an objective is so large that terms of it may have been cut. */
    boolean isCut(double objective) {
        return Math.abs(objective) * softScale >= 0.5 * mostOfPart();
    }

    SolveBudget budget() {
        return budget;
    }

    void use(MoveSource moves) {
        source = moves;
    }

    void use(Assignments evaluator) {
        assignments = evaluator;
    }

    void use(Incumbents wanted) {
        incumbents = wanted;
    }

    /** Where best solutions are left that plan all variables; what {@link Assignments} evaluates is left there by them. */
    Incumbents incumbents() {
        return incumbents;
    }

    void use(Solver<GridSolution> running) {
        solver = running;
    }

    /** The first calculator is that of the solver itself; later ones only assert its scores. */
    void attach(GridScoreCalculator attached) {
        if (calculator == null) {
            calculator = attached;
        }
    }

    GridScoreCalculator calculator() {
        return Objects.requireNonNull(calculator, "The search has not started.");
    }

    Assignments assignments() {
        return Objects.requireNonNull(assignments, "The search has no assignments.");
    }

    Iterator<GridMove> moves(GridSolution solution, Random random) {
        MoveSource moves = Objects.requireNonNull(source, "The search has no moves.");
        moves.continueFrom(solution, random);
        return moves;
    }

    /** Ends the search after the move at hand. */
    void finish() {
        Objects.requireNonNull(solver, "The search has not started.").terminateEarly();
    }

    /** Looks at the clock and the cancellation at every few calls; ends the search when the time is up. */
    void look(int every) {
        if (--untilNextLook <= 0) {
            untilNextLook = every;
            budget.throwIfCancelled();
            if (budget.isSpent()) {
                finish();
            }
        }
    }
}
