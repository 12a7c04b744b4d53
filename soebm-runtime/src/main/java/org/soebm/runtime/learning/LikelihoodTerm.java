package org.soebm.runtime.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.task.EnergySettings;
import org.soebm.runtime.energy.Likelihood;

/**
 * w·L_NLL beside the task loss of decisions, as γ·L_NLL stands beside the energy's two terms: a row's task loss alone says
 * little of how far the prediction is off where costs are flat.
 *
 * @param likelihood not called where the weight is 0
 * @param weight w, at least 0
 */
record LikelihoodTerm(Likelihood likelihood, double weight) {
    /**
     * How much more the likelihood counts beside a task loss than beside the energy. A single decision's loss is a noisier
     * guide than SO-EBM's comparison of many. Of 0, 1, 3, 10 and 30, 10 was best or nearly so on the validation rows of
     * power-scheduling, seeds 100 to 102.
     */
    private static final double SHARE = 10;

    /**
     * The term of a task whose settings are made for {@link EnergyObjective}: there likelihood and costs are in the
     * proportion γ to (1 + λ)/T, here the likelihood counts {@value #SHARE} times as much.
     */
    static LikelihoodTerm of(EnergySettings settings, Likelihood likelihood) {
        return new LikelihoodTerm(
                likelihood, SHARE * settings.likelihoodWeight() * settings.temperature() / (1 + settings.lambda()));
    }

    /** A carrier of the loss's gradient with the term's; called while gradients are recorded. */
    NDArray addTo(NDArray carrier, GaussianDistribution prediction, RowBatch batch, NDManager scope) {
        if (weight == 0) {
            return carrier;
        }
        NDArray term = likelihood
                .negativeLogLikelihood(prediction, batch.observations(), scope)
                .mean();
        return carrier.add(term.mul(term.zerosLike().add(weight))); // a factor that owns its memory
    }
}
