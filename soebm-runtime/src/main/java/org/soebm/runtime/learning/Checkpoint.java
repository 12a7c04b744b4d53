package org.soebm.runtime.learning;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.soebm.runtime.network.Weights;

/**
 * The state of a training after a validation. A training that goes on from it ends with the same weights as one that was not
 * interrupted, as the random numbers of an epoch depend on the seed, the phase's place and the epoch's number alone.
 *
 * @param twoStage finished two-stage training; null while that is the phase itself
 * @param phase the phase at work
 * @param seconds that the phase at work took so far, with validations
 */
public record Checkpoint(@Nullable Pretrained twoStage, Phase phase, double seconds) {
    /**
     * The state of a phase.
     *
     * @param history its records so far; the last is the epoch after which this was taken
     * @param best the weights that decided the validation rows at the least cost
     * @param steps what training steps left
     */
    public record Phase(List<EpochRecord> history, Weights best, Steps steps) {
        /** Copies the history, and checks that there is one. */
        public Phase {
            history = List.copyOf(history);
            if (history.isEmpty()) {
                throw new IllegalArgumentException("The phase has no history.");
            }
        }

        /** Its name. */
        public String name() {
            return history.get(0).phase();
        }

        /** The epoch after which this was taken, counted from 1; 0 before the first. */
        public int epoch() {
            return history.get(history.size() - 1).epoch();
        }

        /** The record of the epoch whose weights are the best. */
        public EpochRecord bestEpoch() {
            return EpochRecord.best(history);
        }
    }

    /**
     * What training steps leave: the weights and the optimiser's and the average's state.
     *
     * @param count of steps so far
     * @param mostRowsAtOnce how many rows the device's memory has proved to take
     * @param weights that they left
     * @param average the moving average of the weights
     * @param firstMoments of the gradient, an array for each of the weights', empty where that is not trained
     * @param secondMoments likewise
     * @param objective what the objective has learned beside the network
     */
    public record Steps(
            int count,
            int mostRowsAtOnce,
            Weights weights,
            Weights average,
            Weights firstMoments,
            Weights secondMoments,
            List<double[]> objective) {
        /** Copies the list. */
        public Steps {
            objective = List.copyOf(objective);
        }
    }
}
