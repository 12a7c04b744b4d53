package org.soebm.runtime.learning;

import java.util.List;
import org.soebm.runtime.network.GaussianPredictor;
import org.soebm.runtime.objective.DecisionRule;

/**
 * What a learning method comes up with.
 *
 * @param predictor the learned network; the receiver closes it
 * @param rule how its prediction becomes a decision
 * @param twoStage what two-stage training left, the start of the method's own phase and the baseline to compare with
 * @param history one record an epoch, over all phases
 * @param ownSeconds what the method took beside two-stage training, interrupted runs before this one included
 */
public record Learned(
        GaussianPredictor predictor,
        DecisionRule rule,
        Pretrained twoStage,
        List<EpochRecord> history,
        double ownSeconds)
        implements AutoCloseable {
    /** Copies the history. */
    public Learned {
        history = List.copyOf(history);
    }

    /** The records of the last phase: the method's own, or two-stage training's where that is the method. */
    public List<EpochRecord> ownHistory() {
        String phase = history.get(history.size() - 1).phase();
        return history.stream().filter(epoch -> epoch.phase().equals(phase)).toList();
    }

    @Override
    public void close() {
        predictor.close();
    }
}
