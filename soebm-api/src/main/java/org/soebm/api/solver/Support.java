package org.soebm.api.solver;

/**
 * Whether a solver takes a problem, and if not why.
 *
 * @param supported whether it does
 * @param reason why not, one clause; empty when supported
 */
public record Support(boolean supported, String reason) {
    private static final Support YES = new Support(true, "");

    /** The problem is supported. */
    public static Support yes() {
        return YES;
    }

    /** The problem is refused for a reason. */
    public static Support no(String reason) {
        return new Support(false, reason);
    }
}
