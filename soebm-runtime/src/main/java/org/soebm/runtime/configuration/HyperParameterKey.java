package org.soebm.runtime.configuration;

import java.util.function.BiFunction;
import java.util.function.Function;
import org.soebm.api.task.HyperParameters;

/**
 * A hyper-parameter with its key.
 *
 * @param key how it stands in a file
 * @param of takes it out of all
 * @param with all with another value of this one
 * @param <T> what its values are in the program
 */
public record HyperParameterKey<T>(
        Key<T> key, Function<HyperParameters, T> of, BiFunction<HyperParameters, T, HyperParameters> with) {
    /** The value among all, as it stands in a file. */
    public String text(HyperParameters all) {
        return key.type().text(of.apply(all));
    }

    /** All, with what a configuration says of this one. */
    HyperParameters applyTo(HyperParameters all, Configuration configuration) {
        T value = configuration.get(key);
        return value == null ? all : with.apply(all, value);
    }
}
