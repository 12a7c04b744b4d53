package org.soebm.runtime.inference;

import java.util.Arrays;
import org.soebm.api.task.Table;

/**
 * What a model was trained on, so that rows can be told that are far from it.
 *
 * @param description in words
 * @param rows the number of training rows
 * @param least the least value of each feature, length dx
 * @param greatest the greatest value of each feature, length dx
 */
public record TrainingData(String description, int rows, double[] least, double[] greatest) {
    /** The summary of training rows. */
    public static TrainingData of(String description, Table features) {
        double[] least = new double[features.width()];
        double[] greatest = new double[features.width()];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
        features.forEachRow((row, values) -> {
            for (int i = 0; i < values.length; i++) {
                least[i] = Math.min(least[i], values[i]);
                greatest[i] = Math.max(greatest[i], values[i]);
            }
        });
        return new TrainingData(description, features.rows(), least, greatest);
    }

    /**
     * The first feature that is farther beyond the range of the training rows than that range is wide, as with wrong units;
     * −1 where there is none. A feature that was constant in training must be near to that.
     *
     * @param features one row, unscaled, length dx
     */
    public int farFeature(double[] features) {
        for (int i = 0; i < features.length; i++) {
            double width = greatest[i] - least[i];
            double slack = width > 0 ? width : 1e-3 * Math.abs(least[i]) + 1e-9;
            if (features[i] < least[i] - slack || features[i] > greatest[i] + slack) {
                return i;
            }
        }
        return -1;
    }
}
