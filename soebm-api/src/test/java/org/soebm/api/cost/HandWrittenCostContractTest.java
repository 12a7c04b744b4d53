package org.soebm.api.cost;

import ai.djl.ndarray.NDArray;
import java.util.Random;

/** The contract of costs, for tensor code without a penalty in it: how an author of a cost uses the contract. */
class HandWrittenCostContractTest extends CostFunctionContract {
    /** f(y, a) = log(1 + Σ_i exp(y_i − 2a_i)) + Σ_i a_i², with positive y. */
    private static final class SoftShortage implements CostFunction {
        @Override
        public int parameterCount() {
            return 3;
        }

        @Override
        public int decisionCount() {
            return 3;
        }

        @Override
        public NDArray cost(NDArray parameters, NDArray decisions) {
            NDArray shortage = parameters.sub(decisions.mul(2)).exp().sum(new int[] {-1});
            return shortage.add(1).log().add(decisions.square().sum(new int[] {-1}));
        }
    }

    @Override
    protected CostFunction cost() {
        return new SoftShortage();
    }

    @Override
    protected double[] randomParameters(Random source) {
        return new double[] {source.nextDouble(), 1 + source.nextDouble(), 3 * source.nextDouble()};
    }
}
