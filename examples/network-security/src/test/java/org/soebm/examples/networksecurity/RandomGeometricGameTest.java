package org.soebm.examples.networksecurity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.soebm.examples.networksecurity.SecurityGame.Target;

class RandomGeometricGameTest {
    @Test
    void nodesHaveEightNeighboursOnAverage() {
        // The constructor of a game has checked that it is connected and every target reachable.
        for (int seed = 0; seed < 50; seed++) {
            SecurityGame game = RandomGeometricGame.generate(20, seed, 3);
            assertThat(game.edges()).hasSizeBetween(80, 84);
        }
        assertThat(RandomGeometricGame.generate(100, 0, 3).edges()).hasSizeBetween(400, 405);
    }

    @Test
    void threeSourcesAndThreeTargetsWithUtilitiesFromFourToTen() {
        SecurityGame game = RandomGeometricGame.generate(30, 7, 2.5);

        assertThat(game.nodes()).isEqualTo(30);
        assertThat(game.sources()).hasSize(3);
        assertThat(game.targets()).hasSize(3);
        assertThat(game.targets()).extracting(Target::utility).allMatch(utility -> utility >= 4 && utility <= 10);
        assertThat(game.coverageEffect()).isEqualTo(4);
        assertThat(game.budget()).isEqualTo(2.5);
    }

    @Test
    void seedsGiveTheSameGameAgainAndOthersAnother() {
        assertThat(RandomGeometricGame.generate(20, 4, 3)).isEqualTo(RandomGeometricGame.generate(20, 4, 3));
        assertThat(RandomGeometricGame.generate(20, 4, 3)).isNotEqualTo(RandomGeometricGame.generate(20, 5, 3));
    }

    @Test
    void sizesOutOfRangeAreNamed() {
        assertThatThrownBy(() -> RandomGeometricGame.generate(9, 0, 3)).hasMessageContaining("not 9");
        assertThatThrownBy(() -> RandomGeometricGame.generate(501, 0, 3)).hasMessageContaining("not 501");
        assertThatThrownBy(() -> RandomGeometricGame.generate(20, 0, 300)).hasMessageContaining("budget is 300.0");
    }
}
