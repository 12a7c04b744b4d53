package org.soebm.runtime.proposal;

/**
 * How a {@link LocalMovesProposal} walks.
 *
 * @param beta β &gt; 0 of π(a) ∝ exp(−β‖a − a*‖₁), by unit of a decision
 * @param burnIn moves tried before the first candidate, at least 0
 * @param thinning moves tried from one candidate to the next, at least 1
 */
public record LocalMoves(double beta, int burnIn, int thinning) {
    /** By how much the decisions of a candidate differ from a* in all, as a rough aim. */
    private static final double CHANGES = 4;

    /**
     * @throws IllegalArgumentException when a value is out of its range
     */
    public LocalMoves {
        if (!(beta > 0 && beta < Double.POSITIVE_INFINITY) || burnIn < 0 || thinning < 1) {
            throw new IllegalArgumentException(
                    "Local moves need a positive β, a burn-in of at least 0 and a thinning of at"
                            + " least 1, but have " + beta + ", " + burnIn + " and " + thinning + ".");
        }
    }

    /**
     * Moves for d decisions: β = max(½, ln(d / {@value #CHANGES})), at which about {@value #CHANGES} of many binary decisions
     * without rows would differ from a*; 4d moves before the first candidate and d/2 between candidates, so that each decision
     * is tried about once in the time of a candidate.
     */
    public static LocalMoves of(int decisions) {
        return new LocalMoves(
                Math.max(0.5, Math.log(decisions / CHANGES)), 4 * decisions, Math.max(1, (decisions + 1) / 2));
    }
}
