package org.soebm.api.cost;

import java.util.Random;
import org.junit.jupiter.api.Nested;

/** The contract of costs, for penalty costs of each shape of matrices. */
class PenaltyCostContractTest {
    @Nested
    class Diagonal extends CostFunctionContract {
        @Override
        protected CostFunction cost() {
            return CostStructure.DIAGONAL.cost();
        }

        @Override
        protected double[] randomDecisions(Random source) {
            return CostStructure.randomNumbers(source, 3);
        }
    }

    @Nested
    class SeveralParametersAResidual extends CostFunctionContract {
        @Override
        protected CostFunction cost() {
            return CostStructure.SEVERAL_PARAMETERS_A_RESIDUAL.cost();
        }
    }

    @Nested
    class Bilinear extends CostFunctionContract {
        @Override
        protected CostFunction cost() {
            return CostStructure.BILINEAR.cost();
        }
    }

    @Nested
    class WithoutAnyPenalty extends CostFunctionContract {
        @Override
        protected CostFunction cost() {
            return CostStructure.ALWAYS_ZERO.cost();
        }
    }
}
