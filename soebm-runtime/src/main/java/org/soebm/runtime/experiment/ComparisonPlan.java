package org.soebm.runtime.experiment;

import java.util.List;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.Task;
import org.soebm.runtime.learning.LearningMethod;

/**
 * What to compare: every method on every share of the training rows with every seed.
 *
 * @param task what is decided
 * @param methods in the order in which they run and are shown; all of them can learn the task
 * @param seeds of data, split, weights, batches, dropout and draws, one a run
 * @param trainFractions of the training rows, ascending, above 0 and at most 1
 * @param rows those of each seed
 * @param hyperParameters schedules and settings of the methods
 * @param skipUnsolvable whether to leave rows out that have no optimal decision, instead of stopping
 */
public record ComparisonPlan(
        Task task,
        List<LearningMethod> methods,
        List<Long> seeds,
        List<Double> trainFractions,
        SeedRows rows,
        HyperParameters hyperParameters,
        boolean skipUnsolvable) {
    /**
     * @throws IllegalArgumentException when there is nothing to compare
     */
    public ComparisonPlan {
        methods = List.copyOf(methods);
        seeds = List.copyOf(seeds);
        trainFractions = List.copyOf(trainFractions);
        if (methods.isEmpty() || seeds.isEmpty() || trainFractions.isEmpty()) {
            throw new IllegalArgumentException("There are " + methods.size() + " methods, " + seeds.size()
                    + " seeds and " + trainFractions.size()
                    + " fractions of training rows to compare, but at least one of each is needed.");
        }
    }

    /** How many runs that are. */
    public int runs() {
        return methods.size() * seeds.size() * trainFractions.size();
    }

    /** The largest share of the training rows. */
    public double largestFraction() {
        return trainFractions.get(trainFractions.size() - 1);
    }
}
