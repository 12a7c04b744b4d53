package org.soebm.api.task;

/**
 * A task's default hyper-parameters: a schedule for each {@link Phase} of training, and what the phases need beside it.
 *
 * @param likelihood the schedule of two-stage training by likelihood, from which every other method starts or with which it is
 *     compared
 * @param energy the schedule of what follows two-stage training in methods that fine-tune its network, such as SO-EBM
 * @param policy the schedule of a network that decides by itself, from random weights
 * @param settings what SO-EBM's objective needs beside a schedule
 * @param candidates how feasible candidates are gathered and drawn
 * @param scenarios S, the samples of y by which an expectation is taken where it has no closed form
 */
public record HyperParameters(
        TrainingSchedule likelihood,
        TrainingSchedule energy,
        TrainingSchedule policy,
        EnergySettings settings,
        CandidateSettings candidates,
        int scenarios) {
    private static final int DEFAULT_SCENARIOS = 100;

    /** The phases of training that have a schedule of their own. */
    public enum Phase {
        /** Training by likelihood, from random weights: {@link HyperParameters#likelihood}. */
        LIKELIHOOD,
        /** Fine-tuning of the network that training by likelihood left: {@link HyperParameters#energy}. */
        ENERGY,
        /** Training of a network that decides by itself, from random weights: {@link HyperParameters#policy}. */
        POLICY
    }

    /**
     * @throws IllegalArgumentException when the number of scenarios is not positive
     */
    public HyperParameters {
        TrainingSchedule.require(scenarios >= 1, "number of scenarios", scenarios, "at least 1");
    }

    /**
     * Hyper-parameters whose policy schedule is made of the likelihood's: three times the epochs and the patience, a third of
     * the learning rate, a tenth of the weight decay. Where this was chosen, on validation rows of power scheduling, its task
     * loss was 7% below that of the likelihood's own schedule.
     */
    public HyperParameters(
            TrainingSchedule likelihood, TrainingSchedule energy, EnergySettings settings, int scenarios) {
        this(likelihood, energy, policySchedule(likelihood), settings, scenarios);
    }

    /** Hyper-parameters whose candidates are drawn by the task's traits. */
    public HyperParameters(
            TrainingSchedule likelihood,
            TrainingSchedule energy,
            TrainingSchedule policy,
            EnergySettings settings,
            int scenarios) {
        this(likelihood, energy, policy, settings, CandidateSettings.DEFAULT, scenarios);
    }

    /** Hyper-parameters with 100 scenarios, whose policy schedule is made of the likelihood's. */
    public HyperParameters(TrainingSchedule likelihood, TrainingSchedule energy, EnergySettings settings) {
        this(likelihood, energy, settings, DEFAULT_SCENARIOS);
    }

    private static TrainingSchedule policySchedule(TrainingSchedule likelihood) {
        return new TrainingSchedule(
                threeTimes(likelihood.epochs()),
                likelihood.batchSize(),
                likelihood.learningRate() / 3,
                likelihood.weightDecay() / 10,
                likelihood.averagingDecay(),
                likelihood.validateEvery(),
                threeTimes(likelihood.patience()));
    }

    /** 3n, or the largest number where that is beyond it, as where patience is to have no limit. */
    private static int threeTimes(int n) {
        return (int) Math.min(3L * n, Integer.MAX_VALUE);
    }

    /** The schedule of a phase. */
    public TrainingSchedule schedule(Phase phase) {
        return switch (phase) {
            case LIKELIHOOD -> likelihood;
            case ENERGY -> energy;
            case POLICY -> policy;
        };
    }

    /** These hyper-parameters with another schedule of one phase; those of the others stay. */
    public HyperParameters with(Phase phase, TrainingSchedule schedule) {
        return new HyperParameters(
                phase == Phase.LIKELIHOOD ? schedule : likelihood,
                phase == Phase.ENERGY ? schedule : energy,
                phase == Phase.POLICY ? schedule : policy,
                settings,
                candidates,
                scenarios);
    }

    /** These hyper-parameters with other settings. */
    public HyperParameters withSettings(EnergySettings newSettings) {
        return new HyperParameters(likelihood, energy, policy, newSettings, candidates, scenarios);
    }

    /** These hyper-parameters with other candidates. */
    public HyperParameters withCandidates(CandidateSettings newCandidates) {
        return new HyperParameters(likelihood, energy, policy, settings, newCandidates, scenarios);
    }

    /** These hyper-parameters with another number of scenarios. */
    public HyperParameters withScenarios(int newScenarios) {
        return new HyperParameters(likelihood, energy, policy, settings, candidates, newScenarios);
    }
}
