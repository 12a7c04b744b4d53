package org.soebm.benchmarks.scaling;

import java.util.List;

/**
 * What is measured, and its size.
 *
 * @param kind what is done
 * @param rows n, of the data
 * @param decisions d
 * @param samples M, candidates a row; counts for steps only
 * @param threads of tensors and solvers
 */
record Setting(Kind kind, int rows, int decisions, int samples, int threads) {
    /** What is done. */
    enum Kind {
        /** A training step on all rows. */
        STEP,
        /** The training steps of an epoch, {@value Measured#BATCH} rows each. */
        EPOCH,
        /** Resident memory while many training steps are taken, {@value Measured#SMALL_BATCH} rows each. */
        LEVEL,
        /** Optimal decisions in hindsight where the ramp does not bind. */
        PREPROCESSING,
        /** Optimal decisions in hindsight where the ramp binds. */
        ROUGH_PREPROCESSING,
        /** Decisions of a trained network. */
        INFERENCE
    }

    /** For a command line. */
    List<String> arguments() {
        return List.of(
                kind.name(),
                String.valueOf(rows),
                String.valueOf(decisions),
                String.valueOf(samples),
                String.valueOf(threads));
    }

    /** From a command line. */
    static Setting of(String[] arguments) {
        return new Setting(
                Kind.valueOf(arguments[0]),
                Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]),
                Integer.parseInt(arguments[4]));
    }
}
