package org.soebm.api.task;

/**
 * A task's default hyper-parameters.
 *
 * @param likelihood the schedule of two-stage training by likelihood, from which SO-EBM starts too
 * @param energy the schedule of SO-EBM's own training
 * @param settings what SO-EBM's objective needs beside a schedule
 */
public record HyperParameters(TrainingSchedule likelihood, TrainingSchedule energy, EnergySettings settings) {}
