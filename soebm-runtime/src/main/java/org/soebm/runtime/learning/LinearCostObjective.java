package org.soebm.runtime.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Random;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.cost.PenaltyTensors;
import org.soebm.api.distribution.GaussianDistribution;

/**
 * A {@link LinearCostLoss} of the predicted means, beside which the negative log likelihood may stand as it does beside the
 * task loss of the {@code dfl-*} methods. What the loss does before a step, solves among it, is not recorded.
 */
final class LinearCostObjective implements LookAheadObjective {
    private final LinearCostLoss loss;
    private final PenaltyTensors cost; // of the decisions that y has to do with
    private final LikelihoodTerm likelihood;

    /**
     * The objective.
     *
     * @param scope owns the cost's coefficients
     */
    LinearCostObjective(LinearCostLoss loss, PenaltyCost cost, LikelihoodTerm likelihood, NDManager scope) {
        this.loss = loss;
        this.cost = cost.restrictedTo(cost.uncertainDecisions()).bind(scope, DataType.FLOAT32);
        this.likelihood = likelihood;
    }

    @Override
    public TrainingObjective at(GaussianDistribution prediction, RowBatch batch, NDManager scope) {
        double[][] predicted = rows(prediction.mean());
        double[][] real = rows(batch.parameters());
        double[][] hindsight = rows(batch.hindsight());
        Random random = StepRandom.of(scope);
        LinearCostLoss.Gradients gradients = loss.of(predicted, real, hindsight, random);
        int rows = predicted.length;
        int width = hindsight[0].length;
        float[] values = new float[rows * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (gradients.gradients()[i / width][i % width] / rows);
        }
        NDArray gradient = scope.create(values, new Shape(rows, width));
        float mean = (float) Arrays.stream(gradients.values()).average().orElseThrow();
        return (recorded, sameBatch, stepScope) -> {
            NDArray carrier =
                    cost.linearCoefficients(recorded.mean()).mul(gradient).sum();
            return new TrainingObjective.StepLoss(
                    likelihood.addTo(carrier, recorded, sameBatch, stepScope),
                    stepScope.create(mean).duplicate(), // a copy owns what is read after the step
                    null);
        };
    }

    private static double[][] rows(NDArray matrix) {
        float[] values = matrix.toFloatArray();
        int width = Math.toIntExact(matrix.getShape().get(1));
        double[][] rows = new double[values.length / width][];
        Arrays.setAll(rows, row -> Vectors.row(values, row, width));
        return rows;
    }
}
