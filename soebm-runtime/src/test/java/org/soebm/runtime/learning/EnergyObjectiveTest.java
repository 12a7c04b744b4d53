package org.soebm.runtime.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.soebm.api.cost.AffineResidual.decision;
import static org.soebm.api.cost.AffineResidual.parameter;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.soebm.api.cost.AffineResidual;
import org.soebm.api.cost.ExpectedCostDerivatives;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.task.EnergySettings;
import org.soebm.runtime.contrast.Contrast;
import org.soebm.runtime.contrast.ContrastPath;
import org.soebm.runtime.contrast.ContrastSettings;
import org.soebm.runtime.energy.Energy;
import org.soebm.runtime.energy.GaussianEnergy;
import org.soebm.runtime.energy.Likelihood;
import org.soebm.runtime.energy.Outcomes;
import org.soebm.runtime.evaluation.Estimate;
import org.soebm.runtime.proposal.Draws;
import org.soebm.runtime.proposal.LangevinDynamics;
import org.soebm.runtime.proposal.MixtureOfGaussiansProposal;
import org.soebm.runtime.proposal.Proposal;

/** On newsvendors with one and two products, where the normalising constants can be integrated numerically. */
@ParameterizedClass
@EnumSource(names = {"FUSED", "TENSORS"})
class EnergyObjectiveTest {
    private static final double TEMPERATURE = 3;
    private static final double LAMBDA = 0.7;
    private static final int SEEDS = 300;

    private static final EnergySettings SETTINGS =
            new EnergySettings(2048, TEMPERATURE, LAMBDA, List.of(2.0, 1.0, 0.3));
    private static final Proposal PROPOSAL = new MixtureOfGaussiansProposal(SETTINGS.proposalStds());

    private static final Problem FIRST = new Problem(independent(1), vector(1.3), vector(0.9), vector(0.4));
    private static final Problem SECOND = new Problem(independent(1), vector(-0.5), vector(0.2), vector(0.8));
    private static final Problem SEPARABLE =
            new Problem(independent(2), vector(1.3, -0.5), vector(0.9, 0.2), vector(0.4, 0.8));
    private static final Problem COUPLED =
            new Problem(substitutes(), vector(1.3, -0.5), vector(0.9, 0.2), vector(0.4, 0.8));

    @Parameter
    private ContrastPath path;

    /** A cost f with argmin f(y, ·) = y, and a prediction of y. */
    private record Problem(PenaltyCost cost, double[] y, double[] mean, double[] std) {
        double costAt(double[] a) {
            return cost.cost(y, a);
        }

        ExpectedCostDerivatives energyAt(double[] a) {
            return cost.expectedCost(mean, std, a);
        }
    }

    /** The objective's value and its gradient: in mean of each parameter, then in std of each. */
    private record Exact(double value, double[] gradient) {}

    private record Estimated(Estimate value, Estimate[] gradient) {}

    private static PenaltyCost independent(int products) {
        PenaltyCost.Builder cost = PenaltyCost.builder(products, products);
        for (int i = 0; i < products; i++) {
            AffineResidual shortage = parameter(i).minus(decision(i));
            cost.hinge(8, shortage).hinge(2, shortage.negate()).square(1, shortage);
        }
        return cost.build();
    }

    /** A shortage of one product can be met with the other. */
    private static PenaltyCost substitutes() {
        AffineResidual shortage =
                parameter(0).plus(parameter(1)).minus(decision(0)).minus(decision(1));
        return PenaltyCost.builder(2, 2)
                .hinge(8, shortage)
                .hinge(2, shortage.negate())
                .square(1, parameter(0).minus(decision(0)))
                .square(2, parameter(1).minus(decision(1)))
                .build();
    }

    @Test
    void oneDecisionAgreesWithNumericalIntegration() {
        assertAgrees(estimate(FIRST, PROPOSAL), integrated(FIRST));
    }

    @Test
    void separableDecisionsAgreeWithNumericalIntegrationOfEach() {
        assertAgrees(
                estimate(SEPARABLE, PROPOSAL),
                new Exact(integrated(FIRST).value + integrated(SECOND).value, separable()));
    }

    /** The gradient of {@link #SEPARABLE} from those of its parts. */
    private static double[] separable() {
        double[] first = integrated(FIRST).gradient;
        double[] second = integrated(SECOND).gradient;
        return vector(first[0], second[0], first[1], second[1]);
    }

    @Test
    void coupledDecisionsAgreeWithNumericalIntegrationOverThePlane() {
        assertAgrees(estimate(COUPLED, PROPOSAL), integrated(COUPLED));
    }

    @Test
    void withoutMaximumLikelihoodOnlyTheDivergenceIsLeft() {
        for (Problem problem : List.of(FIRST, COUPLED)) {
            assertAgrees(
                    estimate(problem, PROPOSAL, SETTINGS, ContrastSettings::withoutMaximumLikelihood),
                    integrated(problem, 0, LAMBDA));
        }
    }

    @Test
    void withoutDivergenceOnlyTheMaximumLikelihoodIsLeft() {
        for (Problem problem : List.of(FIRST, COUPLED)) {
            assertAgrees(
                    estimate(problem, PROPOSAL, SETTINGS, ContrastSettings::withoutDivergence),
                    integrated(problem, 1, 0));
        }
    }

    /** Up to what the step size costs. The value is another one, since the chains know no normalising constant. */
    @Test
    void longLangevinChainsGiveTheGradientOfNumericalIntegration() {
        LangevinDynamics dynamics = new LangevinDynamics(100, TEMPERATURE, 2, null);
        for (Problem problem : List.of(FIRST, SEPARABLE, COUPLED)) {
            Estimated estimated = estimate(
                    problem,
                    SETTINGS,
                    UnaryOperator.identity(),
                    (contrast, energy) -> new LangevinObjective(
                            Outcomes.PREDICTED, energy, Likelihood.GAUSSIAN, SETTINGS, dynamics, 4096),
                    20);
            double[] exact = problem == SEPARABLE ? separable() : integrated(problem).gradient;
            for (int i = 0; i < exact.length; i++) {
                Estimate estimate = estimated.gradient[i];
                assertThat(estimate.mean())
                        .as("entry %d", i)
                        .isCloseTo(exact[i], within(0.1 * Math.abs(exact[i]) + 3 * estimate.standardError()));
                assertThat(estimate.standardError()).isLessThan(0.06 * Math.abs(exact[i]));
            }
        }
    }

    @Test
    void gradientIsWrongWhenTheProposalDensityIsLeftOut() {
        Proposal withoutDensity = (centres, samples, scope) -> {
            Draws draws = PROPOSAL.draw(centres, samples, scope);
            return new Draws(
                    draws.centres(),
                    draws.offsets(),
                    draws.logDensity().zerosLike(),
                    draws.marginalLogDensity().zerosLike());
        };

        for (Problem problem : List.of(FIRST, COUPLED)) {
            assertGradientDiffers(estimate(problem, withoutDensity), integrated(problem).gradient);
        }
    }

    /** Under the joint density a factor's weights integrate over the other decisions, too: to infinity. */
    @Test
    void densityOfAllDecisionsTogetherSpoilsSeparableOnes() {
        Proposal jointDensity = (centres, samples, scope) -> {
            Draws draws = PROPOSAL.draw(centres, samples, scope);
            return new Draws(
                    draws.centres(),
                    draws.offsets(),
                    draws.logDensity(),
                    draws.logDensity().broadcast(draws.offsets().getShape()));
        };

        Estimated spoilt = estimate(SEPARABLE, jointDensity);
        Estimated sound = estimate(SEPARABLE, PROPOSAL);

        double exact = integrated(FIRST).value + integrated(SECOND).value;
        assertThat(Math.abs(spoilt.value.mean() - exact)).isGreaterThan(10 * spoilt.value.standardError());
        for (int i = 0; i < sound.gradient.length; i++) {
            assertThat(spoilt.gradient[i].standardError()).isGreaterThan(2 * sound.gradient[i].standardError());
        }
    }

    /** With the same draws, all else cancels in the difference. */
    @Test
    void likelihoodWeightAddsThatManyTimesTheNegativeLogLikelihood() {
        double weight = 5;
        Estimated without = estimate(FIRST, PROPOSAL);
        Estimated with = estimate(FIRST, PROPOSAL, SETTINGS.withLikelihoodWeight(weight));

        double deviation = FIRST.mean[0] - FIRST.y[0];
        double std = FIRST.std[0];
        double loss = 0.5 * deviation * deviation / (std * std) + Math.log(std) + 0.5 * Math.log(2 * Math.PI);
        double byMean = deviation / (std * std);
        double byStd = 1 / std - deviation * deviation / (std * std * std);
        assertThat(with.value.mean() - without.value.mean()).isCloseTo(weight * loss, within(1e-4));
        assertThat(with.gradient[0].mean() - without.gradient[0].mean()).isCloseTo(weight * byMean, within(1e-4));
        assertThat(with.gradient[1].mean() - without.gradient[1].mean()).isCloseTo(weight * byStd, within(1e-4));
    }

    private static void assertAgrees(Estimated estimated, Exact exact) {
        assertThat(estimated.value.mean()).isCloseTo(exact.value, within(3 * estimated.value.standardError()));
        assertThat(estimated.value.standardError()).isLessThan(0.01);
        for (int i = 0; i < exact.gradient.length; i++) {
            Estimate estimate = estimated.gradient[i];
            assertThat(estimate.mean())
                    .as("entry %d", i)
                    .isCloseTo(exact.gradient[i], within(3 * estimate.standardError()));
            assertThat(estimate.standardError())
                    .as("precision of entry %d", i)
                    .isLessThan(0.03 * Math.abs(exact.gradient[i]));
        }
    }

    private static void assertGradientDiffers(Estimated estimated, double[] exact) {
        for (int i = 0; i < exact.length; i++) {
            Estimate estimate = estimated.gradient[i];
            assertThat(Math.abs(estimate.mean() - exact[i]))
                    .as("entry %d", i)
                    .isGreaterThan(10 * estimate.standardError());
        }
    }

    private Estimated estimate(Problem problem, Proposal proposal) {
        return estimate(problem, proposal, SETTINGS);
    }

    private Estimated estimate(Problem problem, Proposal proposal, EnergySettings settings) {
        return estimate(problem, proposal, settings, UnaryOperator.identity());
    }

    /** Makes the objective to be tested. */
    private interface ObjectiveOf {
        PhaseObjective of(Contrast contrast, Energy energy);
    }

    private Estimated estimate(
            Problem problem, Proposal proposal, EnergySettings settings, UnaryOperator<ContrastSettings> variant) {
        return estimate(
                problem,
                settings,
                variant,
                (contrast, energy) -> new EnergyObjective(
                        Outcomes.PREDICTED,
                        contrast,
                        Likelihood.GAUSSIAN,
                        settings.likelihoodWeight(),
                        proposal,
                        settings.samples(),
                        0),
                SEEDS);
    }

    private Estimated estimate(
            Problem problem,
            EnergySettings settings,
            UnaryOperator<ContrastSettings> variant,
            ObjectiveOf objectiveOf,
            int seeds) {
        int products = problem.y.length;
        double[] values = new double[seeds];
        double[][] gradients = new double[2 * products][seeds];
        try (NDManager manager = NDManager.newBaseManager();
                Energy energy = new GaussianEnergy(problem.cost, manager);
                Contrast contrast =
                        path.contrast(problem.cost, true, variant.apply(ContrastSettings.of(settings)), manager)) {
            PhaseObjective objective = objectiveOf.of(contrast, energy);
            for (int seed = 0; seed < seeds; seed++) {
                Engine.getInstance().setRandomSeed(seed);
                try (NDManager scope = manager.newSubManager()) {
                    NDArray y = row(problem.y, scope);
                    NDArray x = scope.zeros(new Shape(1, 1));
                    RowBatch batch = new RowBatch(x, x, y, y, y, x);
                    TrainingObjective fixed = objective instanceof LookAheadObjective ahead
                            ? ahead.at(
                                    new GaussianDistribution(row(problem.mean, scope), row(problem.std, scope)),
                                    batch,
                                    scope)
                            : (TrainingObjective) objective;
                    NDArray mean = row(problem.mean, scope);
                    NDArray std = row(problem.std, scope);
                    mean.setRequiresGradient(true);
                    std.setRequiresGradient(true);
                    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                        TrainingObjective.StepLoss loss = fixed.loss(new GaussianDistribution(mean, std), batch, scope);
                        collector.backward(loss.gradientCarrier());
                        values[seed] = loss.value().getFloat();
                    }
                    for (int i = 0; i < products; i++) {
                        gradients[i][seed] = mean.getGradient().toFloatArray()[i];
                        gradients[products + i][seed] = std.getGradient().toFloatArray()[i];
                    }
                }
            }
        }
        return new Estimated(
                Estimate.of(values), Arrays.stream(gradients).map(Estimate::of).toArray(Estimate[]::new));
    }

    private static Exact integrated(Problem problem) {
        return integrated(problem, 1, LAMBDA);
    }

    /** The trapezoidal rule on a grid beyond which the densities vanish. */
    private static Exact integrated(Problem problem, double maximumLikelihood, double lambda) {
        int products = problem.y.length;
        double width = products == 1 ? 0.005 : 0.05;
        int steps = (int) Math.round(24 / width);
        double cell = Math.pow(width, products);
        double underQ = 0; // ∫ exp(−E/T)
        double underP = 0; // ∫ exp(−f/T)
        double excess = 0; // ∫ exp(−f/T) (E − f)/T
        double[] slopeUnderQ = new double[2 * products];
        double[] slopeUnderP = new double[2 * products];
        for (int point = 0; point < Math.pow(steps, products); point++) {
            double[] a = new double[products];
            int rest = point;
            for (int i = 0; i < products; i++) {
                a[i] = -12 + width * (rest % steps);
                rest /= steps;
            }
            ExpectedCostDerivatives energy = problem.energyAt(a);
            double cost = problem.costAt(a);
            double q = cell * Math.exp(-energy.value() / TEMPERATURE);
            double p = cell * Math.exp(-cost / TEMPERATURE);
            underQ += q;
            underP += p;
            excess += p * (energy.value() - cost) / TEMPERATURE;
            double[] slope = slope(energy);
            for (int i = 0; i < slope.length; i++) {
                slopeUnderQ[i] += q * slope[i];
                slopeUnderP[i] += p * slope[i];
            }
        }
        ExpectedCostDerivatives atOptimum = problem.energyAt(problem.y);
        double divergence = excess / underP - Math.log(underP) + Math.log(underQ);
        double[] gradient = slope(atOptimum);
        for (int i = 0; i < gradient.length; i++) {
            double meanUnderQ = slopeUnderQ[i] / underQ;
            double meanUnderP = slopeUnderP[i] / underP;
            gradient[i] =
                    (maximumLikelihood * (gradient[i] - meanUnderQ) + lambda * (meanUnderP - meanUnderQ)) / TEMPERATURE;
        }
        double negativeLogLikelihood = atOptimum.value() / TEMPERATURE + Math.log(underQ);
        return new Exact(maximumLikelihood * negativeLogLikelihood + lambda * divergence, gradient);
    }

    /** ∂E in the means, then in the stds. */
    private static double[] slope(ExpectedCostDerivatives energy) {
        return DoubleStream.concat(Arrays.stream(energy.mean()), Arrays.stream(energy.std()))
                .toArray();
    }

    private static NDArray row(double[] values, NDManager scope) {
        return scope.create(values).toType(DataType.FLOAT32, false).expandDims(0);
    }

    private static double[] vector(double... values) {
        return values;
    }
}
