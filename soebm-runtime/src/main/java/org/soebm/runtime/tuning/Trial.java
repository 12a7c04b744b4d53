package org.soebm.runtime.tuning;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A set of hyper-parameters that was tried.
 *
 * @param number from 0, which is the default
 * @param values of what is searched, by name
 * @param taskLoss on the validation rows; NaN where the trial failed
 * @param effectiveSampleSize mean of the last epoch; NaN where nothing is sampled
 * @param seconds of training
 * @param failure why it failed, or null
 * @param isLasting whether it would fail again, as training that diverges does
 */
public record Trial(
        int number,
        Map<String, String> values,
        double taskLoss,
        double effectiveSampleSize,
        double seconds,
        @Nullable String failure,
        boolean isLasting) {
    /** Copies the values in their order. */
    public Trial {
        values = new LinkedHashMap<>(values);
    }
}
