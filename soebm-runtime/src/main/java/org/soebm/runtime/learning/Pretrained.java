package org.soebm.runtime.learning;

import java.util.List;
import org.soebm.runtime.network.Weights;

/**
 * What two-stage training left: the start of every method that fine-tunes, and the baseline to compare with. Methods
 * that learn from the same {@link LearningProblem} may share it.
 *
 * @param weights the best of two-stage training
 * @param history one record an epoch
 * @param seconds that it took, with validation
 */
public record Pretrained(Weights weights, List<EpochRecord> history, double seconds) {
    /** Copies the history. */
    public Pretrained {
        history = List.copyOf(history);
    }
}
