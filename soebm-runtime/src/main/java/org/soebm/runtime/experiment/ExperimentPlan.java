package org.soebm.runtime.experiment;

import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;
import org.soebm.runtime.data.Split;

/**
 * What to run.
 *
 * @param task what is decided
 * @param data its rows
 * @param split which of them train, validate and test
 * @param hyperParameters schedules and settings of the methods
 * @param seed of weights, batches, dropout and draws
 * @param skipUnsolvable whether to leave rows out that have no optimal decision, instead of stopping
 */
public record ExperimentPlan(
        Task task, TaskData data, Split split, HyperParameters hyperParameters, long seed, boolean skipUnsolvable) {}
