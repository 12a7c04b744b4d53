package org.soebm.timefold;

import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.soebm.api.solver.Incumbents;

/**
 * What an assignment of the integer variables is worth. A partial assignment gets a bound that no completion beats: rows
 * and bounds are propagated, and the terms bounded over the box that is left. A complete one gets its cost; where
 * continuous variables are left, that of a {@link ContinuousSearch} over them, which also bounds partial assignments then.
 * The best point is kept.
 */
final class Assignments {
    private static final double MOST = 0x1p61;
    private static final double HARD_UNITS = 1e6;
    /** Relative to the rows' scales; a rough look at the many assignments of a local search has to do. */
    private static final double HOPELESS = 1e-2;

    /** What a continuous search may miss of its optimum. */
    private static final double RELAXED = 1e-7;

    private final Program program;
    private final Box root;
    private final Box box;
    private final BoundPropagation propagation;
    private final LowerBound bound;
    private final ContinuousSearch continuous;
    private final double softScale;
    private final @Nullable ContinuousSearch relaxation;
    private final double cutoff;
    private final boolean bounding;
    private final boolean mixed;
    private final Incumbents incumbents;
    private final Map<List<@Nullable Long>, HardSoftLongScore> known = new HashMap<>();
    private double[] best;
    private double bestCost;
    private long evaluations;
    private boolean doubtful;

    /**
     * @param root the box that all assignments lie in
     * @param relaxation searches where integers may take any value, which bounds partial assignments better; or null
     * @param best the best point so far, and in any case the one that continuous searches start from
     * @param bestCost its cost, infinite when it is not feasible
     * @param bounding whether assignments that cannot beat the best one may be cut short
     * @param incumbents where feasible assignments are left
     */
    Assignments(
            Program program,
            Box root,
            ContinuousSearch continuous,
            @Nullable ContinuousSearch relaxation,
            double softScale,
            double[] best,
            double bestCost,
            boolean bounding,
            Incumbents incumbents) {
        this.program = program;
        this.root = root;
        this.continuous = continuous;
        this.softScale = softScale;
        this.best = best;
        this.bestCost = bestCost;
        this.relaxation = relaxation;
        this.bounding = bounding;
        this.incumbents = incumbents;
        cutoff = bestCost;
        mixed = hasContinuous();
        box = root.copy();
        propagation = new BoundPropagation(program);
        bound = new LowerBound(program);
    }

    /** The best point, feasible when its cost is finite. */
    double[] best() {
        return best;
    }

    double bestCost() {
        return bestCost;
    }

    /** How often a score was asked for. */
    long evaluations() {
        return evaluations;
    }

    /** Whether a complete assignment counted as infeasible only because a search found no feasible continuous part. */
    boolean isDoubtful() {
        return doubtful;
    }

    HardSoftLongScore score(GridSolution solution) {
        evaluations++;
        box.set(root);
        boolean complete = true;
        for (GridVariable variable : solution.getVariables()) {
            Long position = variable.getPosition();
            if (position == null) {
                complete = false;
            } else {
                box.fix(variable.variable(), solution.search().grid().value(variable.variable(), position));
            }
        }
        if (!mixed) {
            return bounding ? bounded(complete) : measured(solution);
        }
        List<@Nullable Long> key = new ArrayList<>();
        solution.getVariables().forEach(variable -> key.add(variable.getPosition()));
        HardSoftLongScore score = known.get(key);
        if (score == null) { // what a search comes to depends on where it starts: asked again, the answer must be the
            // same
            score = bounding ? bounded(complete) : measured(solution);
            known.put(key, score);
        }
        return score;
    }

    /** The score of a complete assignment that says by how much it misses the rows. */
    private HardSoftLongScore measured(GridSolution solution) {
        if (!propagation.tighten(box).isEmpty()) { // what is missed is measured where nothing is tightened
            box.set(root);
            Grid grid = solution.search().grid();
            solution.getVariables()
                    .forEach(v -> box.fix(v.variable(), grid.value(v.variable(), solution.position(v.variable()))));
        }
        return complete();
    }

    private HardSoftLongScore bounded(boolean complete) {
        if (!propagation.tighten(box).isEmpty()) {
            return HardSoftLongScore.of(-2, 0);
        }
        double atLeast = bound.over(box);
        double limit = mixed ? bestCost : cutoff;
        if (!complete && relaxation != null && atLeast < limit) {
            atLeast = Math.max(atLeast, relaxed(relaxation));
        }
        if (atLeast >= limit - 1e-12 * Math.max(1, Math.abs(limit))) {
            return HardSoftLongScore.of(-1, 0); // cannot be better; below every feasible one
        }
        return complete ? complete() : HardSoftLongScore.of(0, softUnits(atLeast));
    }

    /** The cost where the integers that are left may take any value, less what a search may leave; +∞ if infeasible. */
    private double relaxed(ContinuousSearch search) {
        Box free = box.copy();
        double[] point = best.clone();
        Projection.project(program, free, point);
        ContinuousSearch.End end = search.from(point, free);
        if (!end.feasible()) {
            doubtful = true;
            return Double.POSITIVE_INFINITY;
        }
        boolean whole = true;
        for (int i = 0; i < program.variableCount; i++) {
            whole &= !program.integer[i] || Math.abs(end.point()[i] - Math.rint(end.point()[i])) < 1e-9;
        }
        if (whole && end.cost() < bestCost) {
            double[] rounded = end.point().clone();
            for (int i = 0; i < program.variableCount; i++) {
                rounded[i] = program.integer[i] ? Math.rint(rounded[i]) : rounded[i];
            }
            if (worstMiss(rounded) == 0) {
                best = rounded;
                bestCost = program.value(rounded);
            }
        }
        return end.cost() - RELAXED * Math.max(1, Math.abs(end.cost()));
    }

    private HardSoftLongScore complete() {
        Box held = box.copy();
        double[] point = Arrays.copyOf(best, best.length);
        double miss = Projection.project(program, held, point);
        double[] end = point;
        if (mixed) {
            end = !bounding && miss > HOPELESS
                    ? point
                    : continuous.from(point, held).point();
        }
        double worst = worstMiss(end);
        if (worst > 0) {
            doubtful |= mixed;
            return HardSoftLongScore.of(-Math.max(3, Math.round(Math.min(worst * HARD_UNITS, MOST))), 0);
        }
        incumbents.offer(end);
        double cost = program.value(end);
        if (cost < bestCost) {
            bestCost = cost;
            best = end;
        }
        return HardSoftLongScore.of(0, softUnits(cost));
    }

    private boolean hasContinuous() {
        for (boolean flag : program.integer) {
            if (!flag) {
                return true;
            }
        }
        return false;
    }

    /** The sum of what rows are missed by, relative to their scales; 0 when all hold. */
    private double worstMiss(double[] point) {
        double sum = 0;
        for (int r = 0; r < program.rows.size(); r++) {
            double miss = program.rows.get(r).violation(point);
            if (miss > 2 * program.rowTolerance(r)) {
                sum += miss / program.rowScale[r];
            }
        }
        return sum;
    }

    private long softUnits(double cost) {
        return -Math.round(Math.min(Math.max(cost * softScale, -MOST), MOST));
    }

    @Override
    public String toString() {
        return "Assignments[" + evaluations + " evaluations, best " + bestCost + "]";
    }
}
