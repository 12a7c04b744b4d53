package org.soebm.api.distribution;

/** A predictive distribution p(y | x; θ) of a batch of rows. */
public sealed interface PredictiveDistribution permits GaussianDistribution, SampleDistribution {
    /** The number B of rows. */
    long rows();

    /** The number dy of uncertain parameters. */
    long parameterCount();
}
