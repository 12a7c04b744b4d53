package org.soebm.runtime.experiment;

import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;
import org.soebm.runtime.data.Split;
import org.soebm.runtime.learning.LearningMethod;

/**
 * What to run.
 *
 * @param task what is decided
 * @param data its rows
 * @param split which of them train, validate and test
 * @param method how to learn
 * @param hyperParameters schedules and settings of the method
 * @param seed of weights, batches, dropout and draws
 * @param skipUnsolvable whether to leave rows out that have no optimal decision, instead of stopping
 */
public record ExperimentPlan(
        Task task,
        TaskData data,
        Split split,
        LearningMethod method,
        HyperParameters hyperParameters,
        long seed,
        boolean skipUnsolvable) {}
