package org.soebm.runtime.network;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.List;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.task.Table;
import org.soebm.runtime.data.Standardizer;

/**
 * Predicts p(y | x; θ) = N(mean(x), diag std(x)²) by a network on standardised features. The network's 2·dy outputs
 * (m, s) are in units of the training labels: mean = μ + σ m and std = σ (softplus(s) + {@value #STD_FLOOR}), with μ
 * and σ the labels' own mean and standard deviation over the training rows.
 *
 * <p>Prediction is thread-safe as long as nobody trains or loads weights.
 */
public final class GaussianPredictor implements AutoCloseable {
    /** The least predicted std, in units of the label's own: keeps likelihoods finite. */
    public static final double STD_FLOOR = 1e-4;

    private final Architecture architecture;
    private final Standardizer features;
    private final Standardizer parameters;
    private final Model model;
    private final NDManager manager;
    private final NDArray parameterMeans; // (dy)
    private final NDArray parameterStds; // (dy)

    /**
     * A predictor with random weights, drawn from the engine's generator.
     *
     * @param features the scaling of the features, dx wide
     * @param parameters the scaling of the labels, dy wide
     */
    public GaussianPredictor(Architecture architecture, Standardizer features, Standardizer parameters, Device device) {
        requireWidth("feature", features.means().length, architecture.inputs());
        requireWidth("parameter", parameters.means().length, architecture.predicted());
        this.architecture = architecture;
        this.features = features;
        this.parameters = parameters;
        OfflineEngine.prepare();
        model = Model.newInstance("gaussian-predictor", device);
        manager = model.getNDManager();
        model.setBlock(architecture.block(manager));
        block().initialize(manager, DataType.FLOAT32, new Shape(2, architecture.inputs()));
        setTrainable(false);
        parameterMeans = constant(parameters.means());
        parameterStds = constant(parameters.stds());
    }

    private static void requireWidth(String what, int actual, int expected) {
        if (actual != expected) {
            throw new IllegalArgumentException(
                    "The scaling has " + actual + " " + what + "s, but the architecture has " + expected + ".");
        }
    }

    private NDArray constant(double[] values) {
        try (NDArray doubles = manager.create(values)) {
            return doubles.toType(DataType.FLOAT32, true);
        }
    }

    /** What the weights must fit. */
    public Architecture architecture() {
        return architecture;
    }

    /** The scaling of the features. */
    public Standardizer featureScaling() {
        return features;
    }

    /** The scaling of the labels. */
    public Standardizer parameterScaling() {
        return parameters;
    }

    /** The device that the weights live on. */
    public Device device() {
        return manager.getDevice();
    }

    /** A scope for tensors on the predictor's device; close it after use. */
    public NDManager newScope() {
        return manager.newSubManager();
    }

    /** The features of a table, standardised, as a tensor (B, dx) of the given scope. */
    public NDArray standardise(Table rows, NDManager scope) {
        requireWidth("feature", rows.width(), architecture.inputs());
        return scope.create(features.apply(rows), new Shape(rows.rows(), rows.width()));
    }

    /** The features of a table as they are, as a tensor (B, dx) of the given scope; what a simulator takes. */
    public static NDArray unscaled(Table rows, NDManager scope) {
        float[] values = new float[rows.rows() * rows.width()];
        rows.forEachRow((row, unscaled) -> {
            for (int c = 0; c < unscaled.length; c++) {
                values[row * unscaled.length + c] = (float) unscaled[c];
            }
        });
        return scope.create(values, new Shape(rows.rows(), rows.width()));
    }

    /**
     * The prediction for standardised features (B, dx), with batch norm's running statistics and without dropout.
     *
     * @return mean and std in the labels' own units, attached to the features' manager
     */
    public GaussianDistribution predict(NDArray standardisedFeatures) {
        ParameterStore store = new ParameterStore(manager, false);
        return head(
                block().forward(store, new NDList(standardisedFeatures), false).singletonOrThrow());
    }

    /**
     * The prediction of a training step, differentiable in the weights.
     *
     * @param standardisedFeatures (B, dx), attached to the step's own scope
     */
    public GaussianDistribution forward(NDArray standardisedFeatures, ForwardMode mode) {
        ParameterStore store = new ParameterStore(manager, false); // which keeps no arrays of its own
        return head(Layers.forward(block(), store, standardisedFeatures, mode));
    }

    private GaussianDistribution head(NDArray output) {
        NDList halves = output.split(2, 1);
        NDArray mean = halves.get(0).mul(parameterStds).add(parameterMeans);
        NDArray std = Activation.softPlus(halves.get(1)).add(STD_FLOOR).mul(parameterStds);
        return new GaussianDistribution(mean, std);
    }

    /** Begins training: weights ask for gradients. */
    public void unfreeze() {
        setTrainable(true);
    }

    /** Forgets gradients that were not followed, as of a step that failed. */
    public void clearGradients() {
        for (Parameter parameter : parameters()) {
            if (parameter.getArray().hasGradient()) {
                try (NDArray gradient = parameter.getArray().getGradient()) {
                    gradient.set(new NDIndex("..."), 0);
                }
            }
        }
    }

    /** Ends training: weights no longer ask for gradients. */
    public void freeze() {
        setTrainable(false);
    }

    private void setTrainable(boolean trainable) {
        for (Parameter parameter : parameters()) {
            if (parameter.requiresGradient()) {
                parameter.getArray().setRequiresGradient(trainable);
            }
        }
    }

    /** All weights and batch norm statistics, in a fixed order. */
    public List<Parameter> parameters() {
        return block().getParameters().values();
    }

    private Block block() {
        return model.getBlock();
    }

    /** A name for each array of {@link #weights}, in order. */
    public List<String> weightNames() {
        return List.copyOf(block().getParameters().keys());
    }

    /** A snapshot of the weights. */
    public Weights weights() {
        List<float[]> arrays = new ArrayList<>();
        for (Parameter parameter : parameters()) {
            arrays.add(parameter.getArray().toFloatArray());
        }
        return new Weights(arrays);
    }

    /**
     * Takes on the weights of a snapshot.
     *
     * @throws IllegalArgumentException when the snapshot is of another architecture
     */
    public void load(Weights weights) {
        List<Parameter> own = parameters();
        if (weights.arrays().size() != own.size()) {
            throw new IllegalArgumentException("The snapshot has "
                    + weights.arrays().size() + " arrays of weights, but the network has " + own.size() + ".");
        }
        for (int i = 0; i < own.size(); i++) {
            NDArray target = own.get(i).getArray();
            float[] source = weights.arrays().get(i);
            if (source.length != target.size()) {
                throw new IllegalArgumentException(
                        "Array " + i + " (" + own.get(i).getName() + ") of the snapshot has " + source.length
                                + " weights, but the network's has shape " + target.getShape() + ".");
            }
            boolean trainable = target.hasGradient();
            try (NDManager scope = newScope()) {
                target.setRequiresGradient(false); // a weight that records its gradient cannot be written to
                target.set(new NDIndex("..."), scope.create(source, target.getShape())); // copyTo warns on stderr
                target.setRequiresGradient(trainable);
            }
        }
    }

    /** Frees the weights. */
    @Override
    public void close() {
        model.close();
    }
}
