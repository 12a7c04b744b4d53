package org.soebm.runtime.learning;

import java.util.List;
import org.soebm.runtime.network.GaussianPredictor;
import org.soebm.runtime.network.Weights;

/**
 * What a learning method comes up with.
 *
 * @param predictor the learned network; the receiver closes it
 * @param twoStage the weights after two-stage training, the start of SO-EBM and the baseline to compare with
 * @param history one record an epoch, over all phases
 */
public record Learned(GaussianPredictor predictor, Weights twoStage, List<EpochRecord> history)
        implements AutoCloseable {
    /** Copies the history. */
    public Learned {
        history = List.copyOf(history);
    }

    @Override
    public void close() {
        predictor.close();
    }
}
