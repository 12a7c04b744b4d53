package org.soebm.runtime.tuning;

/** Every trial of a search failed; the message has the first reason and is for users. */
public final class NoTrialFinishedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Of a search with failures only. */
    public NoTrialFinishedException(Tuning tuning) {
        super("All " + tuning.trials().size() + " trials failed, the default with: "
                + tuning.trials().get(0).failure());
    }
}
