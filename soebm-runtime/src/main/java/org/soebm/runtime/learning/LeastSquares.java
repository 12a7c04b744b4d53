package org.soebm.runtime.learning;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.LinearSpec;
import org.soebm.api.task.Table;
import org.soebm.runtime.data.Standardizer;
import org.soebm.runtime.network.GaussianPredictor;
import org.soebm.runtime.network.Weights;

/**
 * Two-stage training of a {@link LinearSpec} at once: its likelihood is greatest where the mean is that of least squares and the
 * std the root mean square of what is left. Of several such means, where features depend on each other, the one with the
 * smallest weights.
 */
final class LeastSquares {
    private LeastSquares() {}

    /** Whether that is what two-stage training of a problem comes to. */
    static boolean isTheLikelihoodOf(LearningProblem problem) {
        HyperParameters settings = problem.hyperParameters();
        return problem.network() instanceof LinearSpec
                && problem.problem().observationModel() == null
                && settings.likelihood().weightDecay() == 0;
    }

    /** Gives a predictor the best weights for a problem's training rows. */
    static void fit(LearningProblem problem, GaussianPredictor predictor) {
        Table features = problem.training().features();
        Table labels = problem.training().observations();
        Standardizer ofFeatures = predictor.featureScaling();
        Standardizer ofLabels = predictor.parameterScaling();
        int rows = features.rows();
        int columns = features.width() + 1; // the last for the bias
        int outputs = labels.width();
        DMatrixRMaj squares = new DMatrixRMaj(columns, columns);
        DMatrixRMaj products = new DMatrixRMaj(columns, outputs);
        double[] labelSquares = new double[outputs];
        double[] label = new double[outputs];
        double[] design = new double[columns];
        for (int row = 0; row < rows; row++) {
            design(features.row(row), ofFeatures, design);
            double[] y = labels.row(row);
            for (int j = 0; j < outputs; j++) {
                label[j] = (y[j] - ofLabels.means()[j]) / ofLabels.stds()[j];
                labelSquares[j] += label[j] * label[j];
            }
            for (int i = 0; i < columns; i++) {
                for (int k = 0; k < columns; k++) {
                    squares.add(i, k, design[i] * design[k]);
                }
                for (int j = 0; j < outputs; j++) {
                    products.add(i, j, design[i] * label[j]);
                }
            }
        }
        DMatrixRMaj inverse = new DMatrixRMaj(columns, columns);
        CommonOps_DDRM.pinv(squares, inverse);
        DMatrixRMaj solution = new DMatrixRMaj(columns, outputs);
        CommonOps_DDRM.mult(inverse, products, solution);
        predictor.load(weights(solution, products, labelSquares, rows));
    }

    /** The standardised features and a 1. */
    private static void design(double[] features, Standardizer scaling, double[] design) {
        for (int i = 0; i < features.length; i++) {
            design[i] = (features[i] - scaling.means()[i]) / scaling.stds()[i];
        }
        design[features.length] = 1;
    }

    private static Weights weights(DMatrixRMaj solution, DMatrixRMaj products, double[] labelSquares, int rows) {
        int features = solution.getNumRows() - 1;
        int outputs = solution.getNumCols();
        float[] weight = new float[outputs * features];
        float[] bias = new float[outputs];
        float[] spread = new float[outputs];
        for (int j = 0; j < outputs; j++) {
            double explained = 0; // |ŷ|² = ŷᵀy, as what is left is orthogonal to ŷ
            for (int i = 0; i <= features; i++) {
                explained += solution.get(i, j) * products.get(i, j);
                if (i < features) {
                    weight[j * features + i] = (float) solution.get(i, j);
                }
            }
            bias[j] = (float) solution.get(features, j);
            double std = Math.sqrt(Math.max(0, labelSquares[j] - explained) / rows);
            double softplus = Math.max(std - GaussianPredictor.STD_FLOOR, GaussianPredictor.STD_FLOOR);
            spread[j] = (float) (softplus + Math.log(-Math.expm1(-softplus))); // its inverse
        }
        return new Weights(List.of(weight, bias, spread));
    }
}
