package org.soebm.runtime.network;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import java.util.List;

/**
 * The exponential moving average θ̄ ← dθ̄ + (1−d)θ of a network's weights and of its batch norm statistics, taken once
 * a training step, held as a predictor of its own that can be asked at any time. In the first steps the decay is
 * min(d, n/(n+9)), so that the random start is soon forgotten (the n-th step weighs at least 9/(n+9)).
 */
public final class WeightAverage implements AutoCloseable {
    private final GaussianPredictor source;
    private final GaussianPredictor average;
    private final double decay;
    private int steps;

    /**
     * An average that starts at the source's present weights.
     *
     * @param decay d, at least 0 and below 1; 0 follows the source, up to rounding
     */
    public WeightAverage(GaussianPredictor source, double decay) {
        this.source = source;
        this.decay = decay;
        average = new GaussianPredictor(
                source.architecture(), source.featureScaling(), source.parameterScaling(), source.device());
        average.load(source.weights());
    }

    /** Takes in the source's weights after a step. */
    public void update() {
        steps++;
        double share = 1 - Math.min(decay, steps / (steps + 9.0));
        List<Parameter> from = source.parameters();
        List<Parameter> to = average.parameters();
        for (int i = 0; i < to.size(); i++) {
            NDArray mean = to.get(i).getArray();
            try (NDArray weight = from.get(i).getArray().stopGradient();
                    NDArray difference = weight.sub(mean)) {
                difference.muli(share);
                mean.addi(difference);
            }
        }
    }

    /** The network with the averaged weights; it changes with each {@link #update}. */
    public GaussianPredictor predictor() {
        return average;
    }

    /** How many steps it has taken in. */
    public int steps() {
        return steps;
    }

    /** Goes on from the average of some steps. */
    public void restore(Weights weights, int count) {
        average.load(weights);
        steps = count;
    }

    /** Frees the average. */
    @Override
    public void close() {
        average.close();
    }
}
