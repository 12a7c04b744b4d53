package org.soebm.runtime.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.tracker.Tracker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.soebm.runtime.network.Weights;

/**
 * Adam whose decoupled weight decay (Loshchilov and Hutter, "Decoupled Weight Decay Regularization", ICLR 2019) shrinks
 * weight matrices only; biases and batch norm's scales and shifts are left to the gradient. The engine's own update is
 * used; unlike DJL's {@code AdamW}, which leaves them to the garbage collector, the moments are freed by {@link #close}.
 */
final class MatrixDecayAdam implements AutoCloseable {
    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-8f;
    private static final float RESCALED = 1;
    private static final float NOT_CLIPPED = -1;

    private final Tracker learningRate;
    private final float weightDecay;
    private final NDManager manager;
    private final Map<String, NDList> moments = new HashMap<>();
    private final Map<String, Integer> updates = new HashMap<>();

    /**
     * An optimiser without moments yet.
     *
     * @param learningRate by the number of updates so far
     * @param weightDecay as a factor of the learning rate
     * @param manager the moments go to a sub-manager of it
     */
    MatrixDecayAdam(Tracker learningRate, double weightDecay, NDManager manager) {
        this.learningRate = learningRate;
        this.weightDecay = (float) weightDecay;
        this.manager = manager.newSubManager();
    }

    /** Moves the parameters that are trained against their gradients, and sets those to zero. */
    void step(List<Parameter> parameters) {
        for (Parameter parameter : parameters) {
            NDArray weight = parameter.getArray();
            if (weight.hasGradient()) {
                try (NDArray gradient = weight.getGradient()) {
                    update(parameter.getId(), weight, gradient);
                }
            }
        }
    }

    /** Moves one parameter; the engine's update sets the gradient that it keeps of it to zero. */
    void update(String parameterId, NDArray weight, NDArray gradient) {
        int t = updates.merge(parameterId, 1, Integer::sum);
        float rate = learningRate.getNewValue(t - 1);
        float correctedRate = (float) (rate * Math.sqrt(1 - Math.pow(BETA2, t)) / (1 - Math.pow(BETA1, t)));
        NDList moment = moments.computeIfAbsent(
                parameterId,
                id -> new NDList(
                        manager.zeros(weight.getShape(), weight.getDataType()),
                        manager.zeros(weight.getShape(), weight.getDataType())));
        float decay = weight.getShape().dimension() > 1 ? weightDecay : 0;
        weight.getNDArrayInternal()
                .adamUpdate(
                        new NDList(weight, gradient, moment.get(0), moment.get(1)),
                        new NDList(weight),
                        rate,
                        correctedRate,
                        decay,
                        RESCALED,
                        NOT_CLIPPED,
                        BETA1,
                        BETA2,
                        EPSILON,
                        true,
                        true);
    }

    /**
     * The moments of the gradients of some parameters, in their order; empty arrays for those not updated yet.
     *
     * @param index 0 for the first moments, 1 for the second
     */
    Weights moments(List<Parameter> parameters, int index) {
        List<float[]> arrays = new ArrayList<>();
        for (Parameter parameter : parameters) {
            NDList moment = moments.get(parameter.getId());
            arrays.add(moment == null ? new float[0] : moment.get(index).toFloatArray());
        }
        return new Weights(arrays);
    }

    /**
     * Goes on as after some updates of the parameters.
     *
     * @param count of updates
     * @throws IllegalArgumentException when the moments are those of other parameters
     */
    void restore(List<Parameter> parameters, int count, Weights first, Weights second) {
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            Shape shape = parameter.getArray().getShape();
            float[] mean = first.arrays().get(i);
            float[] square = second.arrays().get(i);
            if (mean.length == 0 && square.length == 0) {
                continue;
            }
            if (mean.length != shape.size() || square.length != shape.size()) {
                throw new IllegalArgumentException("The optimiser has " + mean.length + " and " + square.length
                        + " moments of " + parameter.getName() + ", whose shape is " + shape + ".");
            }
            moments.put(parameter.getId(), new NDList(manager.create(mean, shape), manager.create(square, shape)));
            updates.put(parameter.getId(), count);
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
