package org.soebm.api.solver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Where a solver leaves the points that it meets on the way to its answer, for {@link ArgminSolver#solutions}: without
 * duplicates, the least costly ones kept. Two decisions are the same when their values are, whatever their auxiliary
 * variables. Thread-safe.
 */
public final class Incumbents {
    /** Wants nothing but the answer, as {@link ArgminSolver#solve} does. */
    public static final Incumbents ANSWER_ONLY =
            new Incumbents(1, point -> Decision.none(SolveStatus.FAILED, Duration.ZERO, "Nobody asked for it."));

    private static final String NO_ANSWER = "Another feasible decision that the solver met; the answer costs ";

    private final int atMost;
    private final Function<double[], Decision> check;
    private final TreeSet<Decision> kept = new TreeSet<>(
            Comparator.comparingDouble(Decision::cost).thenComparing(Decision::values, Incumbents::compare));

    /**
     * Nothing is met yet.
     *
     * @param atMost how many decisions there shall be, the answer among them, at least 1
     * @param check makes a decision of a point, checked and costed as an answer is; one without a decision where the point
     *     is not feasible
     * @throws IllegalArgumentException when atMost is below 1
     */
    public Incumbents(int atMost, Function<double[], Decision> check) {
        requireOne(atMost);
        this.atMost = atMost;
        this.check = check;
    }

    static void requireOne(int atMost) {
        if (atMost < 1) {
            throw new IllegalArgumentException("The number of solutions is " + atMost + ", but must be at least 1.");
        }
    }

    /** Whether anything beside the answer is of use, so that a back end should be asked for it. */
    public boolean areWanted() {
        return atMost > 1;
    }

    /** Checks a point and keeps it, unless it is not feasible, is known, or there are enough that cost less. */
    public void offer(double[] point) {
        if (areWanted()) {
            keep(check.apply(point));
        }
    }

    private synchronized void keep(Decision decision) {
        if (decision.status().hasDecision() && !Double.isNaN(decision.cost())) {
            kept.add(decision);
            if (kept.size() > atMost) { // one more than are given: the answer may be among them
                kept.pollLast();
            }
        }
    }

    /**
     * The answer of the solve, followed by what was met: by cost, least first, as far as it costs no less than the answer.
     * What seems to cost less does so by missing a row within the tolerance.
     */
    public synchronized List<Decision> after(Decision answer) {
        List<Decision> all = new ArrayList<>();
        all.add(answer);
        if (!answer.status().hasDecision()) {
            return all;
        }
        for (Decision decision : kept) {
            boolean further = decision.cost() >= answer.cost() && compare(decision.values(), answer.values()) != 0;
            if (further && all.size() < atMost) {
                all.add(new Decision(
                        decision.values(),
                        decision.auxiliaries(),
                        decision.cost(),
                        SolveStatus.FEASIBLE,
                        decision.solveTime(),
                        NO_ANSWER + answer.cost() + "."));
            }
        }
        return List.copyOf(all);
    }

    /** A comparison to which −0 and 0 are the same. */
    private static int compare(double[] first, double[] second) {
        int order = Integer.compare(first.length, second.length);
        for (int i = 0; i < first.length && order == 0; i++) {
            order = Double.compare(first[i] + 0.0, second[i] + 0.0);
        }
        return order;
    }
}
