package org.soebm.runtime.proposal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Decisions between optimal ones, a = t a*_r + (1 − t) a*_s, with rows r and s of the step at random and t uniform in
 * [0, 1]. All rows of a call share the draws, which know nothing of a row's own y: where draws lie around the row's own
 * optimum, its cost is lower there than it will be expected to be by whoever does not know y yet, and an energy that is
 * fitted to such costs thinks too well of every decision. Feasible for a convex feasible set.
 *
 * <p>The distribution of these draws is itself the prior p(a), so log π − log p = 0 is all that is said of its density.
 */
public final class MixedOptimaProposal implements Proposal {
    /** {@inheritDoc} The random numbers come from the engine's generator. */
    @Override
    public Draws draw(Centres centres, int samples, NDManager scope) {
        NDArray optima = centres.ofStep();
        long rows = optima.getShape().get(0);
        NDArray pairs = scope.randomInteger(0, rows, new Shape(2L * samples), DataType.INT64);
        NDArray chosen = optima.get(scope, new NDIndex("{}", pairs)).reshape(2, samples, -1);
        NDArray share = scope.randomUniform(0, 1, new Shape(samples, 1));
        NDArray first = chosen.get(0);
        NDArray candidates =
                first.sub(chosen.get(1)).mul(share).add(chosen.get(1)).expandDims(0); // (1, M, da)
        return new Draws(
                centres.hindsight().expandDims(1).zerosLike(),
                candidates,
                scope.zeros(new Shape(1, samples, 1)),
                scope.zeros(new Shape(1, samples, optima.getShape().get(1))));
    }
}
