package org.soebm.timefold.model;

import ai.timefold.solver.core.api.score.IBendableScore;
import ai.timefold.solver.core.api.score.Score;
import java.util.Arrays;

/**
 * What a negative point of each soft level costs, highest level first. Levels above the soft ones are hard: none in a
 * simple score, as many as it says in a bendable one, one in all others.
 */
record SoftPrices(double[] perPoint) {
    SoftPrices {
        double sum = 0;
        for (double price : perPoint) {
            if (!(price >= 0 && price < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "The cost of a soft point is " + price + ", but must be finite and not negative.");
            }
            sum += price;
        }
        if (!(sum > 0)) {
            throw new IllegalArgumentException("The costs of soft points are " + Arrays.toString(perPoint)
                    + ", but at least one must be positive.");
        }
    }

    /** How many of a score's levels are hard. */
    static int hardLevels(Score<?> score) {
        if (score instanceof IBendableScore<?> bendable) {
            return bendable.hardLevelsSize();
        }
        return score.toLevelNumbers().length == 1 ? 0 : 1;
    }

    /**
     * The cost that a score stands for.
     *
     * @param model the name for messages
     * @throws TimefoldModelException when the score has another number of soft levels than there are prices
     */
    double cost(String model, Score<?> score) {
        double[] levels = score.toLevelDoubles();
        int hard = hardLevels(score);
        if (levels.length - hard != perPoint.length) {
            throw new TimefoldModelException("The score " + score + " of the Timefold model " + model + " has "
                    + (levels.length - hard) + " soft levels, but costPerSoftPoint has " + perPoint.length
                    + " prices. Give one a level, the highest first.");
        }
        double cost = 0;
        for (int level = 0; level < perPoint.length; level++) {
            cost -= perPoint[level] * levels[hard + level];
        }
        return cost + 0.0; // no −0
    }

    /** What one point of each level costs: what rounding a score to whole points may change. */
    double rounding() {
        return Arrays.stream(perPoint).sum();
    }
}
