package org.soebm.ortools;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.SmoothObjective;
import org.soebm.api.solver.Incumbents;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;

/**
 * The best stationary point that {@link SpectralProjectedGradient} finds from several starts, for a smooth oracle over a set
 * without integers.
 *
 * <ol>
 *   <li>The objective and its gradient at 32 points: the given start (or 0) projected, a centre, the vertices to which the
 *       gradients there point, random vertices and mixtures.
 *   <li>Where no tangent among them lies above the objective at another one, the objective may be convex: two searches,
 *       from the given start and from the best. Where the tangents along their ways agree, it passes for convex, and the
 *       better end is the answer.
 *   <li>Else 16 searches (four, where a projection is a quadratic program): from the given start, the best few and
 *       vertices. They go on in step, so that an oracle evaluates all of them at once. A search that meets another one
 *       at a lower cost ends.
 *   <li>As many again, nearly all from new vertices, until the estimate of Boender and Rinnooy Kan (1987) says that no other
 *       minimum is left: w(N − 1)/(N − w − 2) ≤ w + ½ after N searches with w distinct ends, or {@link #MOST_SEARCHES}. One
 *       minimum takes 7 searches to believe, two take 16, three 29.
 * </ol>
 *
 * The same seed brings the same answer.
 */
final class MultiStart {
    private static final int SCREENED = 32;
    private static final int SEARCHES = 16;
    private static final int SEARCHES_WITH_PROGRAMS = 4;
    private static final int MOST_SEARCHES = 64;
    private static final int MOST_SEARCHES_WITH_PROGRAMS = 8;
    private static final int MOST_TANGENTS = 160; // of which all pairs are compared
    private static final double ABOVE = 1e-6; // by how much of the largest value a tangent may lie above, for rounding
    private static final double MET = 0.01; // how near searches are that go to the same minimum, of max(1, |a|)
    private static final double SAME = 1e-4; // by how much of their value ends of the same minimum differ

    private final SmoothObjective objective;
    private final ConstraintSet set;
    private final SolverOptions options;
    private final SolveBudget budget;
    private final Incumbents incumbents;
    private final Polytope polytope;
    private final int n;

    MultiStart(
            SmoothObjective objective,
            ConstraintSet set,
            SolverOptions options,
            SolveBudget budget,
            Incumbents incumbents) {
        this.objective = objective;
        this.set = set;
        this.options = options;
        this.budget = budget;
        this.incumbents = incumbents;
        polytope = Polytope.of(set, options, budget);
        n = set.decisionCount();
    }

    Outcome solve(double @Nullable [] start) {
        Outcome projected = polytope.project(start == null ? new double[n] : start);
        if (!projected.hasDecision()) {
            return projected;
        }
        double[] origin = projected.variables();
        StartingPoints starts = new StartingPoints(polytope, set, origin, new Random(options.seed()));
        List<Tangent> screened = screen(origin, starts);
        int round = polytope.isClosedForm() ? SEARCHES : SEARCHES_WITH_PROGRAMS;
        int most = polytope.isClosedForm() ? MOST_SEARCHES : MOST_SEARCHES_WITH_PROGRAMS;
        List<double[]> first = firstStarts(screened, origin, round);
        List<SpectralProjectedGradient> searches = new ArrayList<>();
        List<Tangent> tangents = new ArrayList<>(screened);
        if (passesForConvex(tangents)) {
            descend(first.subList(0, Math.min(2, first.size())), searches, tangents);
            if (passesForConvex(tangents)) {
                return best(searches, tangents);
            }
        }
        descend(first.subList(searches.size(), first.size()), searches, tangents);
        while (searches.size() < most && !isBelievedComplete(searches) && !budget.isSpent()) {
            List<double[]> more = new ArrayList<>();
            for (int k = 0; k < round; k++) {
                more.add(k % 8 == 7 ? starts.mixture() : starts.randomVertex());
            }
            descend(more, searches, tangents);
        }
        return best(searches, tangents);
    }

    /** The objective and its gradient at points all over the set, the origin first; fewer where the time is up. */
    private List<Tangent> screen(double[] origin, StartingPoints starts) {
        List<Tangent> tangents = new ArrayList<>(tangents(List.of(origin, starts.centre())));
        List<double[]> others = new ArrayList<>();
        for (Tangent tangent : tangents) {
            if (tangent.isFinite()) {
                others.add(starts.vertex(tangent.gradient()));
            }
        }
        others.addAll(starts.vertices());
        while (tangents.size() + others.size() < SCREENED) {
            others.add(starts.mixture());
        }
        tangents.addAll(tangents(others));
        tangents.removeIf(tangent -> !tangent.isFinite());
        return tangents;
    }

    private List<Tangent> tangents(List<double[]> points) {
        List<Tangent> tangents = new ArrayList<>();
        int chunk = Math.max(1, objective.batchSize());
        for (int from = 0; from < points.size() && !budget.isSpent(); from += chunk) {
            budget.throwIfCancelled();
            List<double[]> part = points.subList(from, Math.min(points.size(), from + chunk));
            double[][] gradients = new double[part.size()][n];
            double[] values = objective.valuesAndGradients(part.toArray(double[][]::new), gradients);
            for (int k = 0; k < values.length; k++) {
                tangents.add(new Tangent(part.get(k), values[k], gradients[k]));
            }
        }
        return tangents;
    }

    private static boolean passesForConvex(List<Tangent> tangents) {
        double largest = tangents.stream()
                .mapToDouble(tangent -> Math.abs(tangent.value()))
                .max()
                .orElse(0);
        return tangents.stream()
                .allMatch(tangent -> tangents.stream()
                        .allMatch(other -> tangent.at(other.point()) <= other.value() + ABOVE * largest));
    }

    /** The origin, then in turn one of the best and a vertex. */
    private static List<double[]> firstStarts(List<Tangent> tangents, double[] origin, int count) {
        List<Tangent> rest = new ArrayList<>(tangents);
        rest.removeIf(tangent -> tangent.point() == origin);
        List<Tangent> byValue = new ArrayList<>(rest);
        byValue.sort(Comparator.comparingDouble(Tangent::value));
        List<double[]> starts = new ArrayList<>();
        starts.add(origin);
        for (int k = 0; starts.size() < count && k < rest.size(); k++) {
            Tangent next = k % 2 == 0 ? byValue.get(k / 2) : rest.get(3 + k / 2);
            if (starts.stream().noneMatch(start -> start == next.point())) {
                starts.add(next.point());
            }
        }
        return starts;
    }

    /**
     * Lets new searches run in step until all have ended, or met a better one, or the time is up. Adds them to the searches,
     * and what they evaluate first to the tangents.
     */
    private void descend(List<double[]> starts, List<SpectralProjectedGradient> searches, List<Tangent> tangents) {
        List<SpectralProjectedGradient> open = new ArrayList<>();
        for (double[] start : starts) {
            open.add(new SpectralProjectedGradient(objective, set, polytope, options, budget, start));
        }
        searches.addAll(open);
        while (!open.isEmpty() && !budget.isSpent()) {
            List<Tangent> answers =
                    tangents(open.stream().map(SpectralProjectedGradient::trial).toList());
            for (int k = 0; k < answers.size(); k++) {
                open.get(k).evaluated(answers.get(k).value(), answers.get(k).gradient());
            }
            tangents.addAll(answers.subList(0, Math.min(answers.size(), MOST_TANGENTS - tangents.size())));
            open.removeIf(search -> search.outcome() != null || hasMet(search, searches));
        }
    }

    private boolean hasMet(SpectralProjectedGradient search, List<SpectralProjectedGradient> searches) {
        return searches.stream().anyMatch(other -> other.bestValue() < search.bestValue() && isNear(other, search));
    }

    private boolean isNear(SpectralProjectedGradient one, SpectralProjectedGradient other) {
        for (int i = 0; i < n; i++) {
            double size = Math.max(1, Math.abs(one.best()[i]));
            if (Math.abs(one.best()[i] - other.best()[i]) > MET * size) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBelievedComplete(List<SpectralProjectedGradient> searches) {
        double[] ends = searches.stream()
                .filter(search -> search.outcome() != null)
                .mapToDouble(SpectralProjectedGradient::bestValue)
                .sorted()
                .toArray();
        int distinct = ends.length == 0 ? 0 : 1;
        for (int k = 1; k < ends.length; k++) {
            distinct += ends[k] - ends[k - 1] > SAME * Math.abs(ends[k]) ? 1 : 0;
        }
        int all = searches.size();
        return all > distinct + 2 && distinct * (all - 1.0) / (all - distinct - 2) <= distinct + 0.5;
    }

    private Outcome best(List<SpectralProjectedGradient> searches, List<Tangent> tangents) {
        for (SpectralProjectedGradient search : searches) {
            Outcome outcome = search.outcome();
            if (outcome != null && outcome.status() == SolveStatus.UNBOUNDED) {
                return outcome;
            }
        }
        SpectralProjectedGradient lowest = searches.stream()
                .min(Comparator.comparingDouble(SpectralProjectedGradient::bestValue))
                .orElseThrow();
        if (incumbents.areWanted()) {
            leaveOthers(searches);
        }
        double allowed = OptimalityGap.allowed(lowest.bestValue(), options);
        for (SpectralProjectedGradient search : searches) { // as good and known to be stationary
            Outcome outcome = search.outcome();
            boolean asGood = search.bestValue() <= lowest.bestValue() + allowed;
            if (outcome != null && outcome.message().isEmpty() && asGood && !budget.isSpent()) {
                return outcome;
            }
        }
        if (!budget.isSpent()) {
            return Objects.requireNonNull(lowest.outcome());
        }
        double[] point = lowest.best();
        double value = lowest.bestValue();
        for (Tangent tangent : tangents) { // of the screened points, searches may not have come to the best
            if (tangent.value() < value) {
                point = tangent.point();
                value = tangent.value();
            }
        }
        return Outcome.feasible(
                point, "The time limit was reached before the searches from all starting points ended.");
    }

    /** Leaves the stationary points that lie apart from better ones. */
    private void leaveOthers(List<SpectralProjectedGradient> searches) {
        for (SpectralProjectedGradient search : searches) {
            Outcome end = search.outcome();
            if (end != null && end.hasDecision() && !hasMet(search, searches)) {
                incumbents.offer(end.variables());
            }
        }
    }

    /** The objective's value and gradient at a point of decisions and auxiliary variables. */
    private record Tangent(double[] point, double value, double[] gradient) {
        boolean isFinite() {
            double sum = value;
            for (double g : gradient) {
                sum += g;
            }
            return Double.isFinite(sum);
        }

        /** The tangent's height at another point. */
        double at(double[] other) {
            double height = value;
            for (int i = 0; i < gradient.length; i++) {
                height += gradient[i] * (other[i] - point[i]);
            }
            return height;
        }
    }
}
