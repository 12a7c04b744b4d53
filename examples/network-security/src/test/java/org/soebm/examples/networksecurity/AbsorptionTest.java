package org.soebm.examples.networksecurity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.soebm.examples.networksecurity.SecurityGame.Target;

/** An attacker ends somewhere: caught, or at one of the targets. Each probability is computed by itself. */
class AbsorptionTest {
    private static final List<SecurityGame> GAMES = List.of(
            TestGames.PATH,
            TestGames.reference(),
            RandomGeometricGame.generate(20, 0, 3),
            RandomGeometricGame.generate(35, 5, 3),
            RandomGeometricGame.generate(100, 1, 3));

    /** A game with φ in [−20, 20] and a in C. */
    record Play(int game, double[] attraction, double[] coverage) {}

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void probabilitiesSumToOneInDoublePrecision(@ForAll("plays") Play play) {
        assertThat(caught(play, DataType.FLOAT64) + arrived(play, DataType.FLOAT64))
                .isCloseTo(1, within(1e-11));
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void probabilitiesSumToOneInSinglePrecision(@ForAll("plays") Play play) {
        assertThat(caught(play, DataType.FLOAT32) + arrived(play, DataType.FLOAT32))
                .isCloseTo(1, within(1e-4));
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void probabilitiesSumToOneInPlainDoubles(@ForAll("plays") Play play) {
        SecurityGame game = GAMES.get(play.game());
        double sum = new KnownAttraction(game, play.attraction()).caught(play.coverage());
        for (Target target : game.targets()) {
            sum += KnownAttraction.arrivingAt(target.node(), game, play.attraction())
                    .value(play.coverage());
        }
        assertThat(sum).isCloseTo(1, within(1e-11));
    }

    private static double caught(Play play, DataType type) {
        return of(play, type, new GameCost(GAMES.get(play.game()))::captureProbability);
    }

    /** Σ over the targets, each as the gain of a game where only this one is worth anything. */
    private static double arrived(Play play, DataType type) {
        SecurityGame game = GAMES.get(play.game());
        double sum = 0;
        for (Target only : game.targets()) {
            List<Target> targets = game.targets().stream()
                    .map(target -> new Target(target.node(), target.equals(only) ? 1 : 1e-300))
                    .toList();
            SecurityGame changed = new SecurityGame(
                    game.nodes(), game.edges(), game.sources(), targets, game.coverageEffect(), game.budget());
            sum += of(play, type, new GameCost(changed)::cost);
        }
        return sum;
    }

    private static double of(Play play, DataType type, BinaryOperator<NDArray> quantity) {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray y = manager.create(play.attraction(), new Shape(1, play.attraction().length));
            NDArray a = manager.create(play.coverage(), new Shape(1, play.coverage().length));
            return quantity.apply(y.toType(type, true), a.toType(type, true))
                    .toType(DataType.FLOAT64, true)
                    .toDoubleArray()[0];
        }
    }

    @Provide
    Arbitrary<Play> plays() {
        Arbitrary<Integer> games = Arbitraries.integers().between(0, GAMES.size() - 1);
        return Combinators.combine(
                        games,
                        Arbitraries.longs(),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(0, 2))
                .as((game, seed, coverage, attraction) -> {
                    SecurityGame of = GAMES.get(game);
                    Random random = new Random(seed);
                    double[] phi = switch (attraction) {
                        case 0 -> TestGames.attraction(of, random);
                        case 1 -> TestGames.extremeAttraction(of, random);
                        default ->
                            random.ints(of.nodes(), 0, 2)
                                    .mapToDouble(sign -> sign == 0 ? -20 : 20)
                                    .toArray();
                    };
                    double[] a = switch (coverage) {
                        case 0 -> new double[of.edges().size()];
                        case 1 -> TestGames.vertex(of, random);
                        default -> TestGames.coverage(of, (coverage - 1) * (coverage - 1), random);
                    };
                    return new Play(game, phi, a);
                });
    }
}
