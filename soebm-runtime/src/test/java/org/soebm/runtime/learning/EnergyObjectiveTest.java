package org.soebm.runtime.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.soebm.api.cost.AffineResidual.decision;
import static org.soebm.api.cost.AffineResidual.parameter;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.soebm.api.cost.AffineResidual;
import org.soebm.api.cost.ExpectedCostDerivatives;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.task.EnergySettings;
import org.soebm.runtime.energy.Energy;
import org.soebm.runtime.energy.GaussianEnergy;
import org.soebm.runtime.evaluation.Estimate;
import org.soebm.runtime.proposal.Draws;
import org.soebm.runtime.proposal.MixtureOfGaussiansProposal;
import org.soebm.runtime.proposal.Proposal;

/** On a newsvendor with one product, where the normalising constants can be integrated numerically. */
class EnergyObjectiveTest {
    private static final double Y = 1.3;
    private static final double MEAN = 0.9;
    private static final double STD = 0.4;
    private static final double OPTIMUM = Y; // argmin f(y, ·)
    private static final double TEMPERATURE = 3;
    private static final double LAMBDA = 0.7;
    private static final int SEEDS = 300;

    private static final EnergySettings SETTINGS = new EnergySettings(512, TEMPERATURE, LAMBDA, List.of(1.5, 0.7, 0.2));

    private static PenaltyCost newsvendor() {
        AffineResidual shortage = parameter(0).minus(decision(0));
        return PenaltyCost.builder(1, 1)
                .hinge(8, shortage)
                .hinge(2, shortage.negate())
                .square(1, shortage)
                .build();
    }

    @Test
    void gradientAgreesWithNumericalIntegration() {
        Estimate[] estimated = estimate(new MixtureOfGaussiansProposal(SETTINGS.proposalStds()));
        double[] exact = exactGradient();

        for (int i = 0; i < 2; i++) {
            assertThat(estimated[i].mean()).isCloseTo(exact[i], within(3 * estimated[i].standardError()));
            assertThat(estimated[i].standardError()).isLessThan(0.03 * Math.abs(exact[i]));
        }
    }

    @Test
    void gradientIsWrongWhenTheProposalDensityIsLeftOut() {
        Proposal mixture = new MixtureOfGaussiansProposal(SETTINGS.proposalStds());
        Proposal withoutDensity = (centres, samples, scope) -> {
            Draws draws = mixture.draw(centres, samples, scope);
            return new Draws(
                    draws.candidates(),
                    draws.logDensity().zerosLike(),
                    draws.marginalLogDensity().zerosLike());
        };

        Estimate[] estimated = estimate(withoutDensity);
        double[] exact = exactGradient();

        for (int i = 0; i < 2; i++) {
            assertThat(Math.abs(estimated[i].mean() - exact[i])).isGreaterThan(10 * estimated[i].standardError());
        }
    }

    @Test
    void valueIsTheNegativeLogDensityOfTheOptimumPlusTheDivergence() {
        DoubleUnaryOperator energy = a -> derivatives(a).value();
        double logZ = Math.log(integral(a -> Math.exp(-energy.applyAsDouble(a) / TEMPERATURE)));
        double logZp = Math.log(integral(a -> Math.exp(-cost(a) / TEMPERATURE)));
        double divergence = expectation(
                a -> -cost(a) / TEMPERATURE, a -> (energy.applyAsDouble(a) - cost(a)) / TEMPERATURE - logZp + logZ);
        double exact = energy.applyAsDouble(OPTIMUM) / TEMPERATURE + logZ + LAMBDA * divergence;

        double[] values = new double[SEEDS];
        run(new MixtureOfGaussiansProposal(SETTINGS.proposalStds()), values, new double[2][SEEDS]);
        Estimate estimate = Estimate.of(values);

        assertThat(estimate.mean()).isCloseTo(exact, within(3 * estimate.standardError()));
        assertThat(estimate.standardError()).isLessThan(0.01);
    }

    private static Estimate[] estimate(Proposal proposal) {
        double[][] gradients = new double[2][SEEDS];
        run(proposal, new double[SEEDS], gradients);
        return new Estimate[] {Estimate.of(gradients[0]), Estimate.of(gradients[1])};
    }

    /** Fills the loss and the gradient in mean and std of each seed. */
    private static void run(Proposal proposal, double[] values, double[][] gradients) {
        try (NDManager manager = NDManager.newBaseManager();
                Energy energy = new GaussianEnergy(newsvendor(), manager)) {
            EnergyObjective objective = new EnergyObjective(energy, proposal, SETTINGS);
            for (int seed = 0; seed < SEEDS; seed++) {
                Engine.getInstance().setRandomSeed(seed);
                try (NDManager scope = manager.newSubManager();
                        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                    NDArray mean = scope.create(new float[] {(float) MEAN}, new Shape(1, 1));
                    NDArray std = scope.create(new float[] {(float) STD}, new Shape(1, 1));
                    mean.setRequiresGradient(true);
                    std.setRequiresGradient(true);
                    RowBatch batch = new RowBatch(
                            scope.zeros(new Shape(1, 1)),
                            scope.create(new float[] {(float) Y}, new Shape(1, 1)),
                            scope.create(new float[] {(float) OPTIMUM}, new Shape(1, 1)));
                    TrainingObjective.StepLoss loss = objective.loss(new GaussianDistribution(mean, std), batch, scope);
                    collector.backward(loss.gradientCarrier());
                    values[seed] = loss.value().getFloat();
                    gradients[0][seed] = mean.getGradient().toFloatArray()[0];
                    gradients[1][seed] = std.getGradient().toFloatArray()[0];
                }
            }
        }
    }

    private static double[] exactGradient() {
        DoubleUnaryOperator logQ = a -> -derivatives(a).value() / TEMPERATURE;
        DoubleUnaryOperator logP = a -> -cost(a) / TEMPERATURE;
        return new double[] {
            exact(logQ, logP, a -> derivatives(a).mean()[0]),
            exact(logQ, logP, a -> derivatives(a).std()[0])
        };
    }

    private static double exact(DoubleUnaryOperator logQ, DoubleUnaryOperator logP, DoubleUnaryOperator slope) {
        double underQ = expectation(logQ, slope);
        double underP = expectation(logP, slope);
        return (slope.applyAsDouble(OPTIMUM) - underQ + LAMBDA * (underP - underQ)) / TEMPERATURE;
    }

    private static ExpectedCostDerivatives derivatives(double a) {
        return newsvendor().expectedCost(new double[] {MEAN}, new double[] {STD}, new double[] {a});
    }

    private static double cost(double a) {
        return newsvendor().cost(new double[] {Y}, new double[] {a});
    }

    private static double expectation(DoubleUnaryOperator logDensity, DoubleUnaryOperator function) {
        double normaliser = integral(a -> Math.exp(logDensity.applyAsDouble(a)));
        return integral(a -> Math.exp(logDensity.applyAsDouble(a)) * function.applyAsDouble(a)) / normaliser;
    }

    /** The trapezoidal rule over an interval beyond which the densities vanish. */
    private static double integral(DoubleUnaryOperator function) {
        int steps = 8_000;
        double from = -20;
        double width = 40.0 / steps;
        double sum = 0;
        for (int i = 0; i <= steps; i++) {
            sum += function.applyAsDouble(from + i * width) * (i == 0 || i == steps ? 0.5 : 1);
        }
        return sum * width;
    }

    private static org.assertj.core.data.Offset<Double> within(double tolerance) {
        return org.assertj.core.data.Offset.offset(tolerance);
    }
}
