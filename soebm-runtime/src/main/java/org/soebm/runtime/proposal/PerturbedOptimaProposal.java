package org.soebm.runtime.proposal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.soebm.runtime.pool.PoolTensor;

/**
 * Optimal decisions under perturbed parameters, a*(y + σε) for K draws of ε, solved once before training. What is drawn for
 * a row are its own K, or M of them where M is less.
 *
 * <p>As an estimator: how likely a decision is to be such an optimum (perturb-and-MAP, Papandreou and Yuille 2011) has no
 * closed form. It is itself the prior, q ∝ π exp(−E/T), so that log π − log p = 0 is all that is said of its density, and
 * weights are exp(−E/T) alone. The expectations are self-normalised estimates with a bias of order 1/M under that prior, which
 * knows the row's own y; the K draws are the same in every epoch, so that part of the error that comes of K does not average
 * out over a training.
 */
public final class PerturbedOptimaProposal implements Proposal {
    private final PoolTensor pool;
    private final NDArray places; // (n, K), INT64

    /**
     * Draws from what was solved.
     *
     * @param pool holds the decisions
     * @param places of the K decisions of each training row in the pool, shape (n, K), INT64
     */
    public PerturbedOptimaProposal(PoolTensor pool, NDArray places) {
        this.pool = pool;
        this.places = places;
    }

    @Override
    public Draws draw(Centres centres, int samples, NDManager scope) {
        NDArray rows = centres.numbers().toType(DataType.INT64, false).reshape(-1);
        NDArray own = places.get(scope, new NDIndex("{}", rows)); // (B, K)
        long count = Math.min(samples, own.getShape().get(1));
        long batch = own.getShape().get(0);
        NDArray chosen = own.get(scope, new NDIndex(":, 0:{}", count)).reshape(-1);
        NDArray decisions = pool.all(scope).squeeze(0).get(scope, new NDIndex("{}", chosen));
        long width = decisions.getShape().get(1);
        return Draws.joint(
                scope.zeros(new Shape(1, 1, width)),
                decisions.reshape(batch, count, width),
                scope.zeros(new Shape(1, count, 1)));
    }

    @Override
    public boolean isJoint() {
        return true;
    }

    @Override
    public boolean isShared() {
        return false;
    }
}
