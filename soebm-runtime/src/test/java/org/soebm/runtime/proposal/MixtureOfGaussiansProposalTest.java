package org.soebm.runtime.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class MixtureOfGaussiansProposalTest {
    private static final List<Double> STDS = List.of(0.5, 0.05, 2.0);

    @Test
    void logDensityIsThatOfTheMixture() {
        try (NDManager manager = NDManager.newBaseManager()) {
            Engine.getInstance().setRandomSeed(3);
            float[] centre = {1, -2, 0.5f};
            NDArray centres = manager.create(centre, new Shape(1, 3));
            Draws draws = new MixtureOfGaussiansProposal(STDS).draw(centres, 30, manager);
            float[] candidates = draws.candidates().toFloatArray();
            float[] logDensity = draws.logDensity().toFloatArray();

            for (int m = 0; m < 30; m++) {
                double density = 0;
                for (double std : STDS) {
                    double component = 1.0 / STDS.size();
                    for (int i = 0; i < 3; i++) {
                        component *= new NormalDistribution(centre[i], std).density(candidates[m * 3 + i]);
                    }
                    density += component;
                }
                assertThat((double) logDensity[m]).isCloseTo(Math.log(density), within(2e-4));
            }
        }
    }

    @Test
    void drawsHaveTheMixturesMeanAndVariance() {
        try (NDManager manager = NDManager.newBaseManager()) {
            Engine.getInstance().setRandomSeed(4);
            int samples = 30_000;
            NDArray centres = manager.create(new float[] {7, -1}, new Shape(2, 1));
            NDArray candidates = new MixtureOfGaussiansProposal(STDS)
                    .draw(centres, samples, manager)
                    .candidates();

            assertThat(candidates.getShape()).isEqualTo(new Shape(2, samples, 1));
            float[] means = candidates.mean(new int[] {1}).toFloatArray();
            double variance = (0.25 + 0.0025 + 4) / 3;
            double standardError = Math.sqrt(variance / samples);
            assertThat((double) means[0]).isCloseTo(7, within(4 * standardError));
            assertThat((double) means[1]).isCloseTo(-1, within(4 * standardError));
            float[] squares = candidates
                    .sub(centres.expandDims(1))
                    .square()
                    .mean(new int[] {1})
                    .toFloatArray();
            assertThat((double) squares[0]).isCloseTo(variance, within(0.05));
        }
    }

    @Test
    void logDensityStaysFiniteFarOutAndInHighDimensions() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray centres = manager.zeros(new Shape(1, 500));
            Draws draws = new MixtureOfGaussiansProposal(List.of(1e-4, 1e2)).draw(centres, 16, manager);

            for (float value : draws.logDensity().toFloatArray()) {
                assertThat(value).isFinite();
            }
        }
    }

    @Test
    void numbersOfDrawsThatDoNotDivideEvenlyKeepTheDensityOfWhatWasDrawn() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray centres = manager.zeros(new Shape(1, 1));
            Draws draws = new MixtureOfGaussiansProposal(STDS).draw(centres, 2, manager); // the third std is not drawn
            float[] candidates = draws.candidates().toFloatArray();
            float[] logDensity = draws.logDensity().toFloatArray();

            for (int m = 0; m < 2; m++) {
                double density = 0.5 * new NormalDistribution(0, 0.5).density(candidates[m])
                        + 0.5 * new NormalDistribution(0, 0.05).density(candidates[m]);
                assertThat((double) logDensity[m]).isCloseTo(Math.log(density), within(1e-4));
            }
        }
    }
}
