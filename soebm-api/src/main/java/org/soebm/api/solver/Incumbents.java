package org.soebm.api.solver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * The decisions that a solver meets on the way to its answer, for {@link ArgminSolver#solutions}: without duplicates, the
 * least costly ones kept. Two decisions are the same when their values are, whatever their auxiliary variables. Thread-safe.
 */
public final class Incumbents {
    private static final String NO_ANSWER = "Another feasible decision that the solver met; the answer costs ";

    private final int atMost;
    private final TreeSet<Decision> kept = new TreeSet<>(
            Comparator.comparingDouble(Decision::cost).thenComparing(Decision::values, Incumbents::compare));

    /**
     * Nothing is met yet.
     *
     * @param atMost how many decisions there shall be, the answer among them, at least 1
     * @throws IllegalArgumentException when that is below 1
     */
    public Incumbents(int atMost) {
        if (atMost < 1) {
            throw new IllegalArgumentException("The number of solutions is " + atMost + ", but must be at least 1.");
        }
        this.atMost = atMost;
    }

    /** Whether no decision but the answer is asked for, so that nothing needs to be offered. */
    public boolean isAnswerOnly() {
        return atMost == 1;
    }

    /** How many decisions shall be given, the answer among them. */
    public int atMost() {
        return atMost;
    }

    /** Keeps a decision, unless it has none or a cost that is not a number, is known, or there are enough that cost less. */
    public synchronized void offer(Decision decision) {
        if (isAnswerOnly() || !decision.status().hasDecision() || Double.isNaN(decision.cost())) {
            return;
        }
        kept.add(decision);
        if (kept.size() > atMost) { // one more than are given: the answer may be among them
            kept.pollLast();
        }
    }

    /**
     * The answer of the solve, followed by what was met: by cost, least first, as far as it costs no less than the answer.
     * What seems to cost less does so by missing a row within the tolerance.
     */
    public synchronized List<Decision> after(Decision answer) {
        List<Decision> all = new ArrayList<>();
        all.add(answer);
        if (answer == null || !answer.status().hasDecision()) { // plug-ins are not bound by null marks
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
