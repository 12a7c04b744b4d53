package org.soebm.api.task;

import org.jspecify.annotations.Nullable;

/**
 * The rows that a task learns from, in time order where there is one.
 *
 * @param features x, shape (n, dx), unscaled
 * @param parameters y, shape (n, dy), row by row beside the features
 * @param observations what the predictor's likelihood is of, shape (n, do): the latent quantities z of a
 *     {@link Simulator}, or what an {@link ObservationModel} takes; null where that is y itself
 * @param testStart the first test row: rows from there on are only looked at to report results
 * @param description where the rows come from, one line
 */
public record TaskData(
        Table features, Table parameters, @Nullable Table observations, int testStart, String description) {
    /**
     * @throws DataException when the numbers of rows differ or one of the parts would be empty
     */
    public TaskData {
        if (features.rows() != parameters.rows()) {
            throw new DataException("There are " + features.rows() + " rows of features, but " + parameters.rows()
                    + " rows of parameters.");
        }
        if (observations != null && observations.rows() != features.rows()) {
            throw new DataException("There are " + features.rows() + " rows of features, but " + observations.rows()
                    + " rows of observations.");
        }
        if (testStart < 2 || testStart >= features.rows()) {
            throw new DataException("Of " + features.rows() + " rows the test rows start at " + testStart
                    + ", but there must be at least two rows before them and one among them."
                    + " Maybe there is too little data?");
        }
    }

    /** Rows of which y itself is observed. */
    public TaskData(Table features, Table parameters, int testStart, String description) {
        this(features, parameters, null, testStart, description);
    }

    /** What the predictor's likelihood is of: the observations, or y where there are none. */
    public Table observed() {
        return observations != null ? observations : parameters;
    }

    /** The number of rows. */
    public int rows() {
        return features.rows();
    }
}
