package org.soebm.api.constraint;

/**
 * The part of a feasible set that bounds and linear rows cannot express, kept in the form in which it exists already: a
 * CP-SAT model with circuit constraints, a Timefold problem with its own constraint provider. One solver understands it;
 * all others refuse problems over such a set. Implementations are immutable and thread-safe.
 */
public interface NativeModel {
    /** The name of the solver that understands it. */
    String solver();

    /** What others cannot express, a noun phrase such as {@code "a CP-SAT model with 2 circuit constraints"}. */
    String description();

    /**
     * A text that differs between models with different solutions, and is the same for the same model in another
     * process: by it, cached decisions and saved models know what they belong to. Empty where the model cannot tell; then
     * decisions over it are not cached.
     */
    String fingerprint();

    /**
     * By how many scenarios of y the solver wants a predictive distribution represented; 0 where the objective alone is
     * enough for it.
     */
    default int scenarioCount() {
        return 0;
    }
}
