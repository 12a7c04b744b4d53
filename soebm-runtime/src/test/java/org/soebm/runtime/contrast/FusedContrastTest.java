package org.soebm.runtime.contrast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.soebm.api.cost.AffineResidual;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.distribution.PredictiveDistribution;
import org.soebm.api.distribution.SampleDistribution;
import org.soebm.runtime.network.GradientRecording;
import org.soebm.runtime.network.OfflineEngine;
import org.soebm.runtime.proposal.Draws;
import org.soebm.runtime.proposal.MixedOptimaProposal;
import org.soebm.runtime.proposal.MixtureOfGaussiansProposal;
import org.soebm.runtime.proposal.Proposal;

/** Against plain tensors with autograd throughout, on random costs with every kind of penalty. */
class FusedContrastTest {
    private static final double TOLERANCE = 1e-4;
    private static final int PARAMETERS = 4;
    private static final int DECISIONS = 3;

    /** What a contrast says of a batch. */
    private record Outcome(float[] values, float sampleSize, List<float[]> gradients) {}

    @Property(tries = 60)
    void agreesWithAutogradUnderAGaussian(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 70) int rows,
            @ForAll @IntRange(min = 2, max = 75) int samples) {
        Random random = new Random(seed);
        PenaltyCost cost = cost(random, random.nextBoolean());
        ContrastSettings settings = settings(random);
        assertAgree(cost, settings, proposal(random), rows, samples, 0, seed);
    }

    @Property(tries = 40)
    void agreesWithAutogradUnderSamples(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int rows,
            @ForAll @IntRange(min = 1, max = 20) int scenarios) {
        Random random = new Random(seed);
        PenaltyCost cost = cost(random, random.nextBoolean());
        ContrastSettings settings = settings(random);
        assertAgree(cost, settings, proposal(random), rows, 33, scenarios, seed);
    }

    private static void assertAgree(
            PenaltyCost cost,
            ContrastSettings settings,
            Proposal proposal,
            int rows,
            int samples,
            int scenarios,
            long seed) {
        Outcome fused = outcome(ContrastPath.FUSED, cost, settings, proposal, rows, samples, scenarios, seed);
        Outcome autograd = outcome(ContrastPath.AUTOGRAD, cost, settings, proposal, rows, samples, scenarios, seed);
        Outcome tensors = outcome(ContrastPath.TENSORS, cost, settings, proposal, rows, samples, scenarios, seed);
        assertClose(fused, autograd);
        assertClose(tensors, autograd);
    }

    private static void assertClose(Outcome actual, Outcome expected) {
        assertClose("values", actual.values, expected.values, 1); // logarithms: relative to what they are of
        assertThat(actual.sampleSize).isCloseTo(expected.sampleSize, within((float) (TOLERANCE * expected.sampleSize)));
        for (int i = 0; i < expected.gradients.size(); i++) {
            assertClose(
                    "gradient " + i, actual.gradients.get(i), expected.gradients.get(i), 1f / expected.values.length);
        }
    }

    /** Relative to the largest number, or to one they come from, as these are sums of numbers of both signs. */
    private static void assertClose(String what, float[] actual, float[] expected, float least) {
        float largest = least;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(actual).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i])
                    .as("%s, entry %d of %d", what, i, expected.length)
                    .isCloseTo(expected[i], within((float) (TOLERANCE * largest)));
        }
    }

    private static PenaltyCost cost(Random random, boolean separable) {
        PenaltyCost.Builder cost = PenaltyCost.builder(PARAMETERS, DECISIONS);
        int residuals = 1 + random.nextInt(6);
        for (int k = 0; k < residuals; k++) {
            AffineResidual residual = AffineResidual.constant(random.nextGaussian());
            for (int i = 0; i < PARAMETERS; i++) {
                if (random.nextInt(3) == 0) {
                    residual = residual.plus(AffineResidual.parameter(i).times(random.nextGaussian()));
                }
            }
            int decisions = separable ? random.nextInt(2) : random.nextInt(DECISIONS + 1);
            for (int j = 0; j < decisions; j++) {
                residual = residual.plus(
                        AffineResidual.decision(random.nextInt(DECISIONS)).times(random.nextGaussian()));
            }
            switch (random.nextInt(4)) {
                case 0 -> cost.hinge(3 * random.nextDouble(), residual).hinge(random.nextDouble(), residual.negate());
                case 1 -> cost.square(random.nextDouble(), residual);
                case 2 -> cost.squaredHinge(2 * random.nextDouble(), residual);
                default -> cost.hinge(5 * random.nextDouble(), residual).square(0.5, residual);
            }
        }
        if (random.nextInt(3) == 0) {
            cost.bilinear(random.nextInt(PARAMETERS), random.nextInt(DECISIONS), random.nextGaussian());
        }
        return cost.build();
    }

    private static ContrastSettings settings(Random random) {
        ContrastSettings both = new ContrastSettings(
                0.5 + 5 * random.nextDouble(), true, 3 * random.nextDouble(), random.nextBoolean(), false, 0);
        return switch (random.nextInt(4)) {
            case 0 -> both.withoutMaximumLikelihood();
            case 1 -> both.withoutDivergence();
            default -> both;
        };
    }

    private static Proposal proposal(Random random) {
        return random.nextInt(4) == 0
                ? new MixedOptimaProposal()
                : new MixtureOfGaussiansProposal(List.of(0.2, 1.0, 2.5));
    }

    private static Outcome outcome(
            ContrastPath path,
            PenaltyCost cost,
            ContrastSettings settings,
            Proposal proposal,
            int rows,
            int samples,
            int scenarios,
            long seed) {
        OfflineEngine.seed(seed);
        try (NDManager manager = OfflineEngine.newManager(Device.cpu());
                Contrast contrast = path.contrast(cost, scenarios == 0, settings, manager)) {
            NDArray y = manager.randomNormal(new Shape(rows, PARAMETERS));
            NDArray hindsight = manager.randomNormal(new Shape(rows, DECISIONS));
            NDArray mean = manager.randomNormal(new Shape(rows, PARAMETERS));
            NDArray std = manager.randomUniform(0.05f, 1.5f, new Shape(rows, PARAMETERS));
            Draws draws = proposal.draw(hindsight, samples, manager);
            NDList leaves = scenarios == 0
                    ? new NDList(mean, std)
                    : new NDList(manager.randomNormal(new Shape(rows, scenarios, PARAMETERS)));
            leaves.forEach(leaf -> leaf.setRequiresGradient(true));
            Contrast.Loss loss;
            try (GradientRecording recording = GradientRecording.start()) {
                PredictiveDistribution distribution =
                        scenarios == 0 ? new GaussianDistribution(mean, std) : new SampleDistribution(leaves.get(0));
                loss = contrast.of(distribution, y, hindsight, draws, manager);
                recording.backward(loss.gradientCarrier());
            }
            return new Outcome(
                    loss.values().toFloatArray(),
                    loss.effectiveSampleSize().getFloat(),
                    leaves.stream()
                            .map(leaf -> leaf.getGradient().toFloatArray())
                            .toList());
        }
    }

    /** A block's largest weight comes late, and the sums so far have to follow; far draws must not underflow to NaN. */
    @Test
    void largeEnergiesAndManyDrawsStayFinite() {
        AffineResidual shortage = AffineResidual.parameter(0).minus(AffineResidual.decision(0));
        PenaltyCost cost = PenaltyCost.builder(PARAMETERS, DECISIONS)
                .hinge(5000, shortage)
                .hinge(50, shortage.negate())
                .build();
        ContrastSettings settings = new ContrastSettings(1, true, 1000, true, false, 0);
        Proposal proposal = new MixtureOfGaussiansProposal(List.of(1e-3, 1.0, 100.0));

        Outcome fused = outcome(ContrastPath.FUSED, cost, settings, proposal, 5, 4096, 0, 3);

        Outcome autograd = outcome(ContrastPath.AUTOGRAD, cost, settings, proposal, 5, 4096, 0, 3);
        assertThat(fused.sampleSize).isCloseTo(autograd.sampleSize, within(1e-2f * autograd.sampleSize));
        for (List<float[]> gradients : List.of(fused.gradients, autograd.gradients)) {
            gradients.forEach(gradient -> assertThat(gradient).doesNotContain(Float.NaN));
        }
    }

    @Test
    void rowsWithOffsetsOfTheirOwnAreRefused() {
        OfflineEngine.seed(0);
        try (NDManager manager = OfflineEngine.newManager(Device.cpu());
                Contrast contrast = new FusedContrast(cost(new Random(0), true), settings(new Random(0)))) {
            NDArray hindsight = manager.randomNormal(new Shape(2, DECISIONS));
            Draws shared = new MixedOptimaProposal().draw(hindsight, 8, manager);
            Draws own = new Draws(
                    shared.centres(),
                    shared.offsets().broadcast(2, 8, DECISIONS),
                    shared.logDensity(),
                    shared.marginalLogDensity());
            NDArray y = manager.randomNormal(new Shape(2, PARAMETERS));
            assertThatThrownBy(() ->
                            contrast.of(new GaussianDistribution(y, y.abs().add(1)), y, hindsight, own, manager))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("offsets of their own");
        }
    }
}
