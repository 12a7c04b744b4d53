package org.soebm.runtime.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.task.DataException;

class ReflectedGaussiansProposalTest {
    private static final double[] LOWER = {0, -2};
    private static final double[] UPPER = {1, 3};
    private static final List<Double> STDS = List.of(0.8, 0.1);

    /** Draws of one row; the columns are a_0, a_1, the joint log-density and the two marginal ones. */
    private static double[][] draws(double[] centre, int samples) {
        Engine.getInstance().setRandomSeed(5);
        try (NDManager scope = NDManager.newBaseManager()) {
            Draws draws = new ReflectedGaussiansProposal(new DecisionBounds(LOWER, UPPER), STDS)
                    .draw(
                            scope.create(new float[] {(float) centre[0], (float) centre[1]}, new Shape(1, 2)),
                            samples,
                            scope);
            float[] a = draws.candidates().toFloatArray();
            float[] log = draws.logDensity().toFloatArray();
            float[] marginal = draws.marginalLogDensity().toFloatArray();
            double[][] rows = new double[samples][];
            for (int m = 0; m < samples; m++) {
                rows[m] = new double[] {a[2 * m], a[2 * m + 1], log[m], marginal[2 * m], marginal[2 * m + 1]};
            }
            return rows;
        }
    }

    /** Where a walk of Gaussian length ends that turns round at both ends, step by step. */
    private static double bounce(double place, double lower, double upper) {
        double at = place;
        while (at < lower || at > upper) {
            at = at < lower ? 2 * lower - at : 2 * upper - at;
        }
        return at;
    }

    @Test
    void drawsAreDistributedLikeReflectedGaussians() {
        double[] centre = {0.9, 2.5};
        int samples = 20_000;
        double[][] draws = draws(centre, samples);
        Random random = new Random(1);
        for (int j = 0; j < 2; j++) {
            double[] expected = new double[samples];
            for (int m = 0; m < samples; m++) {
                expected[m] = bounce(centre[j] + STDS.get(m % 2) * random.nextGaussian(), LOWER[j], UPPER[j]);
            }
            int column = j;
            double[] actual =
                    Arrays.stream(draws).mapToDouble(row -> row[column]).toArray();
            Arrays.sort(expected);
            Arrays.sort(actual);
            assertThat(actual[0]).isGreaterThanOrEqualTo(LOWER[j]);
            assertThat(actual[samples - 1]).isLessThanOrEqualTo(UPPER[j]);
            for (double share : new double[] {0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98}) {
                int at = (int) (share * samples);
                assertThat(actual[at]).isCloseTo(expected[at], within(0.03 * (UPPER[j] - LOWER[j])));
            }
        }
    }

    @Test
    void theDensityIsThatOfTheFoldedMixture() {
        for (double[] centre : new double[][] {{0.5, 0}, {0, -2}, {1, 2.9}}) {
            for (double[] draw : draws(centre, 40)) {
                double[] byComponent = new double[2];
                double joint = 0;
                for (int k = 0; k < 2; k++) {
                    double product = 1;
                    for (int j = 0; j < 2; j++) {
                        double density = folded(draw[j], centre[j], STDS.get(k), LOWER[j], UPPER[j]);
                        byComponent[j] += density / 2;
                        product *= density;
                    }
                    joint += product / 2;
                }
                assertThat(draw[2]).isCloseTo(Math.log(joint), within(2e-3));
                assertThat(draw[3]).isCloseTo(Math.log(byComponent[0]), within(2e-3));
                assertThat(draw[4]).isCloseTo(Math.log(byComponent[1]), within(2e-3));
            }
        }
    }

    /** The density of the bounced walk, by its distribution function on both sides of a place. */
    private static double folded(double place, double centre, double std, double lower, double upper) {
        double sum = 0;
        double length = upper - lower;
        for (int i = -50; i <= 50; i++) {
            for (double image : new double[] {place + 2 * i * length, 2 * lower - place + 2 * i * length}) {
                double z = (image - centre) / std;
                sum += Math.exp(-0.5 * z * z) / (std * Math.sqrt(2 * Math.PI));
            }
        }
        return sum;
    }

    @Test
    void theReciprocalDensityAveragesToTheVolumeOfTheBox() { // E_π[1/π] = ∫ da: only a density that sums to 1 does that
        double[][] draws = draws(new double[] {0.2, 1}, 40_000);
        double volume = Arrays.stream(draws)
                .mapToDouble(draw -> Math.exp(-draw[2]))
                .average()
                .orElseThrow();
        assertThat(volume).isCloseTo(5, within(0.15));
    }

    @Test
    void aDecisionWithoutBoundsIsRefused() {
        assertThatThrownBy(() -> DecisionBounds.of(
                        ConstraintSet.builder(2).bounds(0, 0, 1).build(), new int[] {0, 1}))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("decision 1");
    }
}
