package org.soebm.runtime.learning;

import java.util.List;

/**
 * One line of a training's history.
 *
 * @param phase the method whose objective was minimised
 * @param epoch counted from 1 a phase; 0 for the validation before the first step
 * @param trainingLoss mean of the objective over the epoch's steps; NaN for epoch 0
 * @param validationTaskLoss mean task loss over the validation rows; NaN where none was taken
 * @param effectiveSampleSize mean of the epoch; NaN where nothing is sampled
 * @param seconds wall-clock time of the epoch's training steps; of epoch 0, what the phase needed before the first step, solves
 *     for a pool of candidates among it
 */
public record EpochRecord(
        String phase,
        int epoch,
        double trainingLoss,
        double validationTaskLoss,
        double effectiveSampleSize,
        double seconds) {
    /** Whether the validation rows were decided after this epoch. */
    public boolean isValidated() {
        return !Double.isNaN(validationTaskLoss);
    }

    /**
     * The first of a phase's epochs that decided the validation rows at the least cost; the first of all where no validation came
     * to a number.
     *
     * @param history at least one record
     */
    public static EpochRecord best(List<EpochRecord> history) {
        EpochRecord best = history.get(0);
        for (EpochRecord epoch : history) {
            if (!(best.validationTaskLoss <= epoch.validationTaskLoss) && epoch.isValidated()) {
                best = epoch;
            }
        }
        return best;
    }
}
