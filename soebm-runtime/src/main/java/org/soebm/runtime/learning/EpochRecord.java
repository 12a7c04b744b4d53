package org.soebm.runtime.learning;

/**
 * One line of a training's history.
 *
 * @param phase the method whose objective was minimised
 * @param epoch counted from 1 a phase; 0 for the validation before the first step
 * @param trainingLoss mean of the objective over the epoch's steps; NaN for epoch 0
 * @param validationTaskLoss mean task loss over the validation rows; NaN where none was taken
 * @param effectiveSampleSize mean of the epoch; NaN where nothing is sampled
 * @param seconds wall-clock time of the epoch's training steps
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
}
