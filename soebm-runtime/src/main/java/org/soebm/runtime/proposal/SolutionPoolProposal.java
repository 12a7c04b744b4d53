package org.soebm.runtime.proposal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import org.soebm.runtime.pool.PoolTensor;
import org.soebm.runtime.pool.SolutionPool;

/**
 * The decisions of a {@link SolutionPool}, all of them where they are no more than M, else M of them, each as likely, without
 * repetition. All rows of a call share them.
 *
 * <p>As an estimator: q and the oracle posterior are softmaxes over the pool. With all of it as candidates they are exact for
 * a feasible set that consists of the pool, and have a bias against the whole feasible set by the weight of what the pool
 * lacks, decisions that no solver has found optimal for anything. With M of N they are self-normalised estimates of the same, with
 * a bias of order 1/M.
 */
public final class SolutionPoolProposal implements Proposal {
    private final PoolTensor pool;

    /** Draws from a pool that may change between draws. */
    public SolutionPoolProposal(PoolTensor pool) {
        this.pool = pool;
    }

    /** {@inheritDoc} The random numbers come from the engine's generator. */
    @Override
    public Draws draw(Centres centres, int samples, NDManager scope) {
        NDArray decisions = pool.all(scope); // (1, N, da)
        long size = decisions.getShape().get(1);
        if (size > samples) {
            NDArray order = scope.randomUniform(0, 1, new Shape(size)).argSort();
            decisions = decisions.get(scope, new NDIndex(":, {}", order.get(new NDIndex("0:{}", samples))));
        }
        long drawn = decisions.getShape().get(1);
        return Draws.joint(
                centres.hindsight().zerosLike().expandDims(1), decisions, scope.full(new Shape(1, drawn, 1), (float)
                        -Math.log((double) size)));
    }

    @Override
    public boolean isJoint() {
        return true;
    }
}
