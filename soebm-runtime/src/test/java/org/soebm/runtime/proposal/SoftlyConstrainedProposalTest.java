package org.soebm.runtime.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.runtime.softconstraint.AugmentedLagrangian;
import org.soebm.runtime.softconstraint.ConstraintPenalty;
import org.soebm.runtime.softconstraint.LimitRows;
import org.soebm.runtime.softconstraint.RelaxedLogBarrier;

class SoftlyConstrainedProposalTest {
    private static final int SAMPLES = 200_000;
    private static final double TEMPERATURE = 0.5;
    private static final int[] BOTH = {0, 1};

    /** [0, 1]² with a_0 + a_1 ≤ 1.2. */
    private static final ConstraintSet SET =
            ConstraintSet.builder(2).box(0, 1).budget(1.2).build();

    /** E = ½(a_0 − 1)² + (a_1 − 0.9)². */
    private static NDArray energy(NDArray a) { // (B, M, 1)
        NDManager scope = a.getManager();
        NDArray centre = scope.create(new float[] {1, 0.9f});
        NDArray weights = scope.create(new float[] {0.5f, 1});
        return a.sub(centre).square().mul(weights).sum(new int[] {2}, true);
    }

    private static float[] weightedMean(NDArray a, NDArray logProposal) {
        ImportanceWeights weights = ImportanceWeights.of(energy(a).mul(-1 / TEMPERATURE), logProposal);
        return a.mul(weights.weights()).sum(new int[] {1}).toFloatArray(); // (B, da)
    }

    /** E_q a by a sum over a grid, with the penalty in the energy or without. */
    private static double[] integrated(ConstraintPenalty penalty, double share, NDManager scope) {
        int n = 500;
        float[] grid = new float[2 * n * n];
        for (int i = 0; i < n * n; i++) {
            grid[2 * i] = (float) (-4 + 10.0 * Math.floorDiv(i, n) / n);
            grid[2 * i + 1] = (float) (-4 + 10.0 * (i % n) / n);
        }
        NDArray a = scope.create(grid, new Shape(1, (long) n * n, 2));
        float[] energies = energy(a).toFloatArray();
        float[] penalties = penalty.of(a).toFloatArray();
        double sum = 0;
        double[] mean = new double[2];
        for (int i = 0; i < n * n; i++) {
            double density = Math.exp(-(energies[i] + share * penalties[i]) / TEMPERATURE);
            sum += density;
            mean[0] += density * grid[2 * i];
            mean[1] += density * grid[2 * i + 1];
        }
        return new double[] {mean[0] / sum, mean[1] / sum};
    }

    private static void weightedDrawsAgree(ConstraintPenalty penalty) {
        Engine.getInstance().setRandomSeed(6);
        Proposal base = new MixtureOfGaussiansProposal(List.of(0.4, 1.2));
        Proposal proposal = new SoftlyConstrainedProposal(base, penalty, TEMPERATURE);
        try (NDManager scope = NDManager.newBaseManager()) {
            NDArray optima = scope.create(new float[] {0.6f, 0.6f, 0.2f, 0.9f}, new Shape(2, 2));
            Draws draws = proposal.draw(optima, SAMPLES, scope);
            assertThat(draws.logDensity().getShape()).isEqualTo(new Shape(2, SAMPLES, 1));
            assertThat(draws.logDensity().getManager()).isSameAs(scope);
            float[] mean = weightedMean(draws.candidates(), draws.logDensity());
            double[] expected = integrated(penalty, 1, scope);
            double[] without = integrated(penalty, 0, scope);
            for (int row = 0; row < 2; row++) { // whatever the proposal's centre
                assertThat((double) mean[2 * row]).isCloseTo(expected[0], within(0.01));
                assertThat((double) mean[2 * row + 1]).isCloseTo(expected[1], within(0.01));
            }
            assertThat(Math.abs(without[0] - expected[0])).isGreaterThan(0.1); // so the penalty matters
        }
    }

    @Test
    void withABarrier() {
        try (NDManager manager = NDManager.newBaseManager()) {
            weightedDrawsAgree(new RelaxedLogBarrier(LimitRows.of(SET, BOTH), 0.1, 0.05, manager));
        }
    }

    @Test
    void withAnAugmentedLagrangian() {
        try (NDManager manager = NDManager.newBaseManager()) {
            AugmentedLagrangian penalty = new AugmentedLagrangian(LimitRows.of(SET, BOTH), 2, manager);
            penalty.update(new double[] {1.1, 0.9});
            weightedDrawsAgree(penalty);
        }
    }

    @Test
    void theDrawsAreThoseOfTheOtherProposal() {
        Proposal base = new MixtureOfGaussiansProposal(List.of(1.0));
        try (NDManager scope = NDManager.newBaseManager()) {
            NDArray optima = scope.zeros(new Shape(1, 2));
            Engine.getInstance().setRandomSeed(6);
            Draws plain = base.draw(optima, 10, scope);
            Engine.getInstance().setRandomSeed(6);
            Draws soft = new SoftlyConstrainedProposal(base, a -> a.sum(new int[] {2}), 2).draw(optima, 10, scope);
            assertThat(soft.candidates().toFloatArray())
                    .isEqualTo(plain.candidates().toFloatArray());
            float[] expected = plain.candidates()
                    .sum(new int[] {2}, true)
                    .div(2)
                    .add(plain.logDensity())
                    .toFloatArray();
            assertThat(soft.logDensity().toFloatArray()).isEqualTo(expected);
        }
    }
}
