package org.soebm.runtime.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.jspecify.annotations.Nullable;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.runtime.energy.Energy;
import org.soebm.runtime.proposal.DecisionBounds;

/**
 * The mean task cost f(y, â) of a batch, where the decision â is the network's mean; its std has no part in it. Where the cost
 * is defined within bounds only, it is taken at the nearest decision within them, and its gradient there is that of â: so a
 * decision beyond a bound finds its way back.
 */
final class PolicyObjective implements TrainingObjective {
    private final Energy cost;
    private final @Nullable DecisionBounds bounds;

    /**
     * The objective.
     *
     * @param cost of which only the task cost is used, not the energy
     * @param bounds of the decisions, or null where the cost is defined beyond them
     */
    PolicyObjective(Energy cost, @Nullable DecisionBounds bounds) {
        this.cost = cost;
        this.bounds = bounds;
    }

    @Override
    public StepLoss loss(GaussianDistribution prediction, RowBatch batch, NDManager scope) {
        NDArray decisions = prediction.mean().expandDims(1); // (B, 1, da)
        if (bounds != null) {
            NDArray constant = decisions.stopGradient();
            decisions = decisions.add(bounds.nearest(constant).sub(constant));
        }
        NDArray loss =
                cost.cost(batch.parameters(), decisions).sum(new int[] {1, 2}).mean();
        return new StepLoss(loss, loss, null);
    }
}
