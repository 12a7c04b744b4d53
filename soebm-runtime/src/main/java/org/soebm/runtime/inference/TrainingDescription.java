package org.soebm.runtime.inference;

import java.util.List;
import org.soebm.api.task.HyperParameters;
import org.soebm.runtime.objective.DecisionRule;

/**
 * How a predictor came about, to be saved with it.
 *
 * @param method the learning method
 * @param decisionRule how its prediction becomes a decision
 * @param seed of the training
 * @param hyperParameters the training's
 * @param featureNames the columns of the features x, in order
 * @param parameterNames the names of the predicted quantities, in order
 * @param trainedOn the training data
 */
public record TrainingDescription(
        String method,
        DecisionRule decisionRule,
        long seed,
        HyperParameters hyperParameters,
        List<String> featureNames,
        List<String> parameterNames,
        TrainingData trainedOn) {
    /** Copies the lists. */
    public TrainingDescription {
        featureNames = List.copyOf(featureNames);
        parameterNames = List.copyOf(parameterNames);
    }
}
