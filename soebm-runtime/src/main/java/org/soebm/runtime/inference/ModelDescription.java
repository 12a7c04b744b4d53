package org.soebm.runtime.inference;

import java.util.List;
import java.util.Map;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.NetworkSpec;
import org.soebm.runtime.objective.DecisionRule;

/**
 * What {@code model.json} says of a saved model: all that is needed to rebuild the predictor and to see that it fits.
 *
 * @param formatVersion of the folder; this version writes and reads {@value #FORMAT_VERSION}
 * @param task the task's name
 * @param taskFingerprint a digest of the task's cost and feasible set, so that a changed task is noticed
 * @param method the learning method
 * @param decisionRule how its prediction becomes a decision
 * @param seed of the training
 * @param network the predictor's layers
 * @param features names and scaling of the features x
 * @param parameters names and scaling of the predicted quantities: the uncertain parameters y, the latent z of a
 *     simulator, or the decisions themselves
 * @param hyperParameters the training's
 * @param weights name and shape of each array in the parameters file, in order
 * @param weightsSha256 digest of the parameters file
 * @param versions of the library, the engine and Java
 * @param trainedOn the training data
 */
public record ModelDescription(
        int formatVersion,
        String task,
        String taskFingerprint,
        String method,
        DecisionRule decisionRule,
        long seed,
        NetworkSpec network,
        Columns features,
        Columns parameters,
        HyperParameters hyperParameters,
        List<ArrayDescription> weights,
        String weightsSha256,
        Map<String, String> versions,
        TrainingData trainedOn) {
    /** The format that this version writes and reads. */
    public static final int FORMAT_VERSION = 4;

    /**
     * Columns of a table and their scaling.
     *
     * @param names in order
     * @param means subtracted
     * @param stds divided by
     */
    public record Columns(List<String> names, double[] means, double[] stds) {}

    /**
     * One array of weights.
     *
     * @param name for people
     * @param shape its lengths
     */
    public record ArrayDescription(String name, long[] shape) {}
}
