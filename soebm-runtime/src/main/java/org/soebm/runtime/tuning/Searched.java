package org.soebm.runtime.tuning;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.soebm.api.task.HyperParameters;
import org.soebm.runtime.configuration.HyperParameterKey;
import org.soebm.runtime.configuration.Range;
import org.soebm.runtime.configuration.ValueType;

/**
 * A hyper-parameter that is searched: from its default d divided by a factor to d times the factor, evenly on a logarithmic
 * scale. All values of a list get the same multiple.
 *
 * @param key the hyper-parameter
 * @param factor above 1
 */
record Searched(HyperParameterKey<?> key, double factor) {
    /** The factors of the hyper-parameters that can be searched, by their names within a section. */
    private static final Map<String, Double> FACTORS = Map.of(
            "epochs", 3.0,
            "batchSize", 4.0,
            "learningRate", 10.0,
            "weightDecay", 10.0,
            "samples", 4.0,
            "temperature", 10.0,
            "lambda", 30.0,
            "likelihoodWeight", 10.0,
            "proposalStds", 3.0);

    private static final MathContext DIGITS = new MathContext(4);

    /** The search of a hyper-parameter, or null where it cannot be searched. */
    static @Nullable Searched of(HyperParameterKey<?> key) {
        Double factor = FACTORS.get(key.key().nameInSection());
        return factor == null ? null : new Searched(key, factor);
    }

    /** Whether the default is 0, of which there are no multiples. */
    boolean isZero(HyperParameters defaults) {
        return key.text(defaults).equals("0");
    }

    /**
     * Hyper-parameters with this one at a place of its range.
     *
     * @param place from 0 to 1
     */
    HyperParameters at(double place, HyperParameters all) {
        return at(key, Math.pow(factor, 2 * place - 1), all);
    }

    @SuppressWarnings("unchecked") // a key's values are those of its type
    private static <T> HyperParameters at(HyperParameterKey<T> key, double multiple, HyperParameters all) {
        ValueType<T> type = key.key().type();
        T value = key.of().apply(all);
        Object changed;
        if (type instanceof ValueType.WholeNumber whole) {
            changed = Math.max(whole.least(), Math.min(whole.most(), Math.round(multiple * (Long) value)));
        } else if (type instanceof ValueType.RealNumber real) {
            changed = rounded(multiple * (Double) value, real.range());
        } else if (type instanceof ValueType.RealNumbers list) {
            changed = ((List<Double>) value)
                    .stream()
                            .map(each -> rounded(multiple * each, list.range()))
                            .toList();
        } else {
            throw new IllegalStateException(key.key().name() + " is no number.");
        }
        return key.with().apply(all, (T) changed);
    }

    private static double rounded(double value, Range range) {
        return range.nearest(new BigDecimal(range.nearest(value)).round(DIGITS).doubleValue());
    }
}
