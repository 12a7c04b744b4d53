package org.soebm.runtime.learning;

import java.util.Arrays;
import java.util.List;
import org.soebm.runtime.pool.SolutionPool;

/**
 * What a pool learns before a step: the optima of the predicted problems of some of its rows.
 *
 * @param rate the share of rows
 */
record PoolGrowth(PooledArgmin argmin, SolutionPool pool, double rate) {
    /** A loss before which the pool grows. */
    LinearCostLoss before(LinearCostLoss loss) {
        return (predicted, real, hindsight, random) -> {
            List<double[]> chosen = Arrays.stream(predicted)
                    .filter(row -> random.nextDouble() < rate)
                    .toList();
            argmin.solved(chosen).forEach(pool::addNew);
            return loss.of(predicted, real, hindsight, random);
        };
    }
}
