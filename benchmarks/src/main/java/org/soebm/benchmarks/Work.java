package org.soebm.benchmarks;

/**
 * What an operation of a benchmark does, counted, so that its time becomes work per second and a machine's limit can be set
 * beside it.
 *
 * @param unit what is counted, in the plural
 * @param perOperation how many an operation does
 */
public record Work(String unit, double perOperation) {
    /** A benchmark that counts what it does. Asked after the parameters are set and before anything is prepared. */
    @FunctionalInterface
    public interface Counted {
        /**
         * The work of an operation.
         *
         * @param method the benchmark's name within the class
         */
        Work of(String method);
    }
}
