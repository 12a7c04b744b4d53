package org.soebm.runtime.evaluation;

/**
 * A test row with what was decided for it.
 *
 * @param row its number among the data's rows, counted from 0
 * @param features x, length dx
 * @param parameters y, what came, length dy
 * @param decision of the learned network, length da
 * @param twoStage the decision of the network that was trained by likelihood only
 * @param optimum a*(y), what would have been best
 * @param loss f(y, a) of the decision
 * @param twoStageLoss likewise of the other decision
 * @param optimalLoss f(y, a*(y))
 */
public record TestRow(
        int row,
        double[] features,
        double[] parameters,
        double[] decision,
        double[] twoStage,
        double[] optimum,
        double loss,
        double twoStageLoss,
        double optimalLoss) {}
