package org.soebm.runtime.experiment;

import org.soebm.runtime.report.Comparison;
import org.soebm.runtime.report.RunFailure;

/** Every run of a comparison failed; the message has the first reason and is for users. */
public final class NoRunFinishedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Of a comparison with failures only. */
    public NoRunFinishedException(Comparison comparison) {
        super(message(comparison));
    }

    private static String message(Comparison comparison) {
        RunFailure first = comparison.failures().get(0);
        int runs = comparison.failures().size();
        return (runs == 1 ? "The only run failed: " : "All " + runs + " runs failed, the first (" + first.key() + "): ")
                + first.message();
    }
}
