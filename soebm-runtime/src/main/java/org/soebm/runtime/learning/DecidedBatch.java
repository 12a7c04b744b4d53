package org.soebm.runtime.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.distribution.SampleDistribution;
import org.soebm.runtime.energy.Energy;
import org.soebm.runtime.energy.ReparameterisedSamples;
import org.soebm.runtime.energy.SampleAverageEnergy;
import org.soebm.runtime.objective.StochasticProblem;

/**
 * The task loss of a batch whose decisions a* = argmin E(φ, a) are known, for the prediction φ. With v the adjoint of the
 * argmin, the loss has the gradient −∂/∂φ (vᵀ∂E/∂a) at a*; the derivative along v is a central difference,
 *
 * <pre>  −|v| (E(φ, a* + h v/|v|) − E(φ, a* − h v/|v|)) / 2h,</pre>
 *
 * through which autograd goes. In FLOAT64, in which h can be so small that both points are within the bounds.
 */
final class DecidedBatch implements TrainingObjective {
    private static final double DIFFERENCE = 1e-4; // of max(1, |a|)
    private static final double TOUCHES = 1e-7; // of max(1, |a|)

    private final StochasticProblem problem;
    private final NDArray noise; // ε, (1, S, dz)
    private final List<Row> rows;
    private final LikelihoodTerm likelihood;

    /**
     * A row of the batch.
     *
     * @param decisions a*
     * @param loss f(y, a*)
     * @param adjoint v, one a decision
     */
    record Row(double[] decisions, double loss, double[] adjoint) {}

    DecidedBatch(StochasticProblem problem, NDArray noise, List<Row> rows, LikelihoodTerm likelihood) {
        this.problem = problem;
        this.noise = noise;
        this.rows = rows;
        this.likelihood = likelihood;
    }

    /** The mean task loss of the rows. */
    double meanLoss() {
        return rows.stream().mapToDouble(Row::loss).average().orElseThrow();
    }

    @Override
    public StepLoss loss(GaussianDistribution prediction, RowBatch batch, NDManager scope) {
        int da = problem.cost().decisionCount();
        double[] points = new double[rows.size() * 2 * da];
        double[] weights = new double[rows.size() * 2];
        for (int row = 0; row < rows.size(); row++) {
            Row decided = rows.get(row);
            double[] v = decided.adjoint().clone();
            double h = step(decided.decisions(), v);
            double length = length(v);
            for (int i = 0; i < da; i++) {
                double move = length > 0 ? h * v[i] / length : 0;
                points[2 * row * da + i] = decided.decisions()[i] + move;
                points[(2 * row + 1) * da + i] = decided.decisions()[i] - move;
            }
            weights[2 * row] = -length / (2 * h * rows.size());
            weights[2 * row + 1] = -weights[2 * row];
        }
        NDArray single = ReparameterisedSamples.of(prediction, batch.unscaled(), noise, problem.simulator())
                .samples();
        NDArray y = scope.zeros(single.getShape(), DataType.FLOAT64).add(single); // a cast would end the recording
        try (Energy energy = new SampleAverageEnergy(problem.cost(), scope)) {
            NDArray carrier = energy.evaluate(
                            new SampleDistribution(y), owned(scope, points, new Shape(rows.size(), 2, da)))
                    .weightedSum(owned(scope, weights, new Shape(rows.size(), 2, 1)));
            return new StepLoss(
                    likelihood.addTo(carrier, prediction, batch, scope),
                    scope.create((float) meanLoss()).duplicate(),
                    null); // a copy owns what is read after the step
        }
    }

    /**
     * How far to go along v to both sides. Where the cost is not defined beyond bounds, within them: entries of v that
     * would leave a bound at once are set to 0.
     */
    private double step(double[] decisions, double[] v) {
        double size = Math.max(1, Arrays.stream(decisions).map(Math::abs).max().orElse(1));
        double h = DIFFERENCE * size;
        if (problem.cost().isDefinedBeyondBounds()) {
            return h;
        }
        ConstraintSet set = problem.constraints();
        for (int i = 0; i < v.length; i++) {
            double room = Math.min(set.upper(i) - decisions[i], decisions[i] - set.lower(i));
            if (room <= TOUCHES * size) {
                v[i] = 0;
            }
        }
        double length = length(v);
        for (int i = 0; i < v.length; i++) {
            if (v[i] != 0) {
                double room = Math.min(set.upper(i) - decisions[i], decisions[i] - set.lower(i));
                h = Math.min(h, room * length / Math.abs(v[i]));
            }
        }
        return h;
    }

    private static double length(double[] vector) {
        return Math.sqrt(Arrays.stream(vector).map(x -> x * x).sum());
    }

    /** A tensor with memory of its own, which autograd may keep. */
    private static NDArray owned(NDManager scope, double[] values, Shape shape) {
        try (NDArray borrowed = scope.create(values, shape)) {
            return borrowed.duplicate();
        }
    }
}
