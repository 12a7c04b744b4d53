package org.soebm.api.solver;

import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.NativeModel;

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

    /**
     * Whether a solver may take a feasible set as far as its {@link NativeModel} goes: there is none, or it is the
     * solver's own. Every provider asks this first.
     *
     * @param solver the provider's name
     */
    public static Support ofNativeModel(ConstraintSet constraints, String solver) {
        NativeModel model = constraints.nativeModel();
        return model == null || model.solver().equals(solver)
                ? yes()
                : no("the feasible set has " + model.description() + ", which only solver " + model.solver()
                        + " understands");
    }
}
