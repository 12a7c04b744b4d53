package org.soebm.examples.networksecurity;

import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.soebm.api.cost.CostFunction;
import org.soebm.api.cost.CostFunctionContract;

class GameCostContractTest {
    @Nested
    class RandomGame extends CostFunctionContract {
        private final GameCost cost = new GameCost(RandomGeometricGame.generate(20, 3, 3));

        @Override
        protected CostFunction cost() {
            return cost;
        }
    }

    @Nested
    class SmallGame extends CostFunctionContract {
        private final GameCost cost = new GameCost(TestGames.PATH);

        @Override
        protected CostFunction cost() {
            return cost;
        }

        @Override
        protected double[] randomDecisions(Random source) {
            return source.doubles(4, 0.001, 0.3).toArray();
        }
    }
}
