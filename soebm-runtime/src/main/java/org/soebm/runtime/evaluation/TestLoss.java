package org.soebm.runtime.evaluation;

/**
 * What decisions are worth on rows that were not learned from.
 *
 * @param taskLoss mean of f(y, a)
 * @param regret mean of f(y, a) − f(y, a*(y))
 */
public record TestLoss(Estimate taskLoss, Estimate regret) {
    /**
     * From the losses of each row.
     *
     * @param losses f(y, a)
     * @param foresight f(y, a*(y)) of the same rows
     */
    public static TestLoss of(double[] losses, double[] foresight) {
        return new TestLoss(Estimate.of(losses), Estimate.of(minus(losses, foresight)));
    }

    /**
     * The differences row by row, whose standard error is that of a paired comparison.
     *
     * @throws IllegalArgumentException when the numbers of rows differ
     */
    public static double[] minus(double[] first, double[] second) {
        if (first.length != second.length) {
            throw new IllegalArgumentException(
                    "There are " + first.length + " losses, but " + second.length + " to compare with.");
        }
        double[] differences = new double[first.length];
        for (int row = 0; row < differences.length; row++) {
            differences[row] = first[row] - second[row];
        }
        return differences;
    }
}
