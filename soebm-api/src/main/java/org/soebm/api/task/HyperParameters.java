package org.soebm.api.task;

/**
 * A task's default hyper-parameters.
 *
 * @param likelihood the schedule of two-stage training by likelihood, from which SO-EBM starts too
 * @param energy the schedule of SO-EBM's own training
 * @param settings what SO-EBM's objective needs beside a schedule
 * @param scenarios S, the samples of y by which an expectation is taken where it has no closed form
 */
public record HyperParameters(
        TrainingSchedule likelihood, TrainingSchedule energy, EnergySettings settings, int scenarios) {
    private static final int DEFAULT_SCENARIOS = 100;

    /**
     * @throws IllegalArgumentException when the number of scenarios is not positive
     */
    public HyperParameters {
        TrainingSchedule.require(scenarios >= 1, "number of scenarios", scenarios, "at least 1");
    }

    /** Hyper-parameters with 100 scenarios. */
    public HyperParameters(TrainingSchedule likelihood, TrainingSchedule energy, EnergySettings settings) {
        this(likelihood, energy, settings, DEFAULT_SCENARIOS);
    }
}
