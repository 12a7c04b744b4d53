package org.soebm.api.task;

/**
 * How long and in which steps one phase of training runs.
 *
 * @param epochs passes over the training rows, at least 0
 * @param batchSize rows a step; more than there are means all rows in one step
 * @param learningRate of Adam at the start; it falls to 0 along half a cosine
 * @param weightDecay decoupled weight decay of Adam, as a factor of the learning rate
 * @param averagingDecay decay d of the moving average θ̄ ← dθ̄ + (1−d)θ of the weights, taken once a step, that is
 *     validated and kept; 0 keeps the weights themselves
 * @param validateEvery epochs between two validations
 * @param patience how many validations in a row may bring no improvement before training stops
 */
public record TrainingSchedule(
        int epochs,
        int batchSize,
        double learningRate,
        double weightDecay,
        double averagingDecay,
        int validateEvery,
        int patience) {
    /**
     * @throws IllegalArgumentException when a value is out of its range; the message names it
     */
    public TrainingSchedule {
        require(epochs >= 0, "number of epochs", epochs, "at least 0");
        require(batchSize >= 2, "batch size", batchSize, "at least 2");
        require(learningRate > 0 && learningRate < 1, "learning rate", learningRate, "between 0 and 1");
        require(weightDecay >= 0 && weightDecay < 1e3, "weight decay", weightDecay, "at least 0, below 1000");
        require(averagingDecay >= 0 && averagingDecay < 1, "averaging decay", averagingDecay, "at least 0, below 1");
        require(validateEvery >= 1, "number of epochs between validations", validateEvery, "at least 1");
        require(patience >= 1, "patience", patience, "at least 1");
    }

    static void require(boolean fine, String what, Number value, String range) {
        if (!fine) {
            throw new IllegalArgumentException("The " + what + " is " + value + ", but must be " + range + ".");
        }
    }

    /** This schedule with another number of epochs. */
    public TrainingSchedule withEpochs(int newEpochs) {
        return new TrainingSchedule(
                newEpochs, batchSize, learningRate, weightDecay, averagingDecay, validateEvery, patience);
    }

    /** This schedule with another batch size. */
    public TrainingSchedule withBatchSize(int newBatchSize) {
        return new TrainingSchedule(
                epochs, newBatchSize, learningRate, weightDecay, averagingDecay, validateEvery, patience);
    }

    /** This schedule with another learning rate. */
    public TrainingSchedule withLearningRate(double newLearningRate) {
        return new TrainingSchedule(
                epochs, batchSize, newLearningRate, weightDecay, averagingDecay, validateEvery, patience);
    }

    /** This schedule with another weight decay. */
    public TrainingSchedule withWeightDecay(double newWeightDecay) {
        return new TrainingSchedule(
                epochs, batchSize, learningRate, newWeightDecay, averagingDecay, validateEvery, patience);
    }

    /** This schedule with another decay of the moving average. */
    public TrainingSchedule withAveragingDecay(double newAveragingDecay) {
        return new TrainingSchedule(
                epochs, batchSize, learningRate, weightDecay, newAveragingDecay, validateEvery, patience);
    }

    /** This schedule with another number of epochs between validations. */
    public TrainingSchedule withValidateEvery(int newValidateEvery) {
        return new TrainingSchedule(
                epochs, batchSize, learningRate, weightDecay, averagingDecay, newValidateEvery, patience);
    }

    /** This schedule with another patience. */
    public TrainingSchedule withPatience(int newPatience) {
        return new TrainingSchedule(
                epochs, batchSize, learningRate, weightDecay, averagingDecay, validateEvery, newPatience);
    }
}
