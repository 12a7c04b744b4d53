package org.soebm.runtime.cli;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.soebm.api.task.EnergySettings;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.TrainingSchedule;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Changes to a task's default hyper-parameters. */
final class HyperParameterOptions {
    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Passes over the training rows in the method's own phase, which in every method but two-stage"
                    + " comes after two-stage training; default: the task's.")
    private @Nullable Integer epochs;

    @Option(
            names = "--batch-size",
            paramLabel = "B",
            description = "Rows a step in the method's own phase; default: the task's.")
    private @Nullable Integer batchSize;

    @Option(
            names = "--pretraining-epochs",
            paramLabel = "N",
            description = "Passes in two-stage training, whose network the other methods start from or, as policy-net,"
                    + " are compared with; default: the task's.")
    private @Nullable Integer pretrainingEpochs;

    @Option(names = "--samples", paramLabel = "M", description = "Proposal draws a row and step; default: the task's.")
    private @Nullable Integer samples;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "Energies are divided by T, so that weights do not collapse onto one draw; default: the"
                    + " task's. Look at the effective sample size to choose it.")
    private @Nullable Double temperature;

    @Option(
            names = "--lambda",
            paramLabel = "L",
            description = "Weight of the KL term beside maximum likelihood; default: the task's.")
    private @Nullable Double lambda;

    @Option(
            names = "--likelihood-weight",
            paramLabel = "G",
            description =
                    "Weight of the negative log likelihood beside the energy's two terms, and in proportion beside"
                            + " the task loss of dfl methods; default: the task's.")
    private @Nullable Double likelihoodWeight;

    /**
     * The task's hyper-parameters with the changes.
     *
     * @param ownPhases those whose epochs and batch size the options are for
     * @throws ParameterException when a value is out of its range
     */
    HyperParameters applyTo(HyperParameters defaults, Set<HyperParameters.Phase> ownPhases, CommandSpec spec) {
        try {
            HyperParameters changed = defaults;
            if (pretrainingEpochs != null) {
                changed = changed.with(
                        HyperParameters.Phase.LIKELIHOOD, changed.likelihood().withEpochs(pretrainingEpochs));
            }
            for (HyperParameters.Phase phase : ownPhases) {
                changed = changed.with(phase, changed(changed.schedule(phase)));
            }
            return changed.withSettings(changed(changed.settings()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private TrainingSchedule changed(TrainingSchedule defaults) {
        TrainingSchedule schedule = defaults;
        if (epochs != null) {
            schedule = schedule.withEpochs(epochs);
        }
        if (batchSize != null) {
            schedule = schedule.withBatchSize(batchSize);
        }
        return schedule;
    }

    private EnergySettings changed(EnergySettings defaults) {
        EnergySettings settings = defaults;
        if (samples != null) {
            settings = settings.withSamples(samples);
        }
        if (temperature != null) {
            settings = settings.withTemperature(temperature);
        }
        if (lambda != null) {
            settings = settings.withLambda(lambda);
        }
        if (likelihoodWeight != null) {
            settings = settings.withLikelihoodWeight(likelihoodWeight);
        }
        return settings;
    }
}
