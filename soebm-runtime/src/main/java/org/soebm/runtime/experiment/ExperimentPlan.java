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
 * @param source where the rows come from, to be told with the results; the run does not depend on it
 */
public record ExperimentPlan(
        Task task,
        TaskData data,
        Split split,
        HyperParameters hyperParameters,
        long seed,
        boolean skipUnsolvable,
        RowSource source) {
    /** A plan on rows that the task makes itself. */
    public ExperimentPlan(
            Task task, TaskData data, Split split, HyperParameters hyperParameters, long seed, boolean skipUnsolvable) {
        this(task, data, split, hyperParameters, seed, skipUnsolvable, RowSource.TASK);
    }

    /** This plan, on rows from somewhere else. */
    public ExperimentPlan withSource(RowSource newSource) {
        return new ExperimentPlan(task, data, split, hyperParameters, seed, skipUnsolvable, newSource);
    }

    /** This plan with other hyper-parameters. */
    public ExperimentPlan withHyperParameters(HyperParameters newHyperParameters) {
        return new ExperimentPlan(task, data, split, newHyperParameters, seed, skipUnsolvable, source);
    }
}
