package org.soebm.examples.networksecurity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class KnownAttractionTest {
    private final SecurityGame game = RandomGeometricGame.generate(20, 2, 3);
    private final Random random = new Random(4);

    @Test
    void valuesMatchTheReference() {
        SecurityGame reference = TestGames.reference();
        double[][] attraction = TestGames.table("attractiveness.csv");
        double[][] coverage = TestGames.table("coverage.csv");
        double[][] expected = TestGames.table("attacker_expected_utility.csv");
        for (int row = 0; row < expected.length; row++) {
            assertThat(new KnownAttraction(reference, attraction[row]).value(coverage[row]))
                    .isCloseTo(expected[row][0], within(1e-9));
        }
    }

    @Test
    void gradientMatchesCentralDifferences() {
        KnownAttraction objective = new KnownAttraction(game, TestGames.attraction(game, random));
        double[] a = TestGames.coverage(game, 1, random);
        double[] gradient = new double[a.length];
        assertThat(objective.valueAndGradient(a, gradient)).isCloseTo(objective.value(a), within(1e-12));
        for (int e = 0; e < a.length; e++) {
            double[] up = a.clone();
            double[] down = a.clone();
            double step = Math.min(1e-6, a[e] / 2);
            up[e] += step;
            down[e] -= step;
            double difference = (objective.value(up) - objective.value(down)) / (up[e] - down[e]);
            assertThat(gradient[e]).isCloseTo(difference, within(1e-5 * Math.max(1, Math.abs(difference))));
        }
    }
}
