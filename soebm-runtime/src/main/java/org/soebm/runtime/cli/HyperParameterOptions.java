package org.soebm.runtime.cli;

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
            description = "Passes over the training rows in the method's own phase; default: the task's.")
    private @Nullable Integer epochs;

    @Option(
            names = "--batch-size",
            paramLabel = "B",
            description = "Rows a step in the method's own phase; default: the task's.")
    private @Nullable Integer batchSize;

    @Option(
            names = "--pretraining-epochs",
            paramLabel = "N",
            description =
                    "Passes in two-stage training, from which SO-EBM starts; default: the task's. policy-net has the same"
                            + " schedule as two-stage training, so --epochs is for both.")
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
            description = "Weight of the negative log likelihood beside the energy's two terms; default: the task's.")
    private @Nullable Double likelihoodWeight;

    /**
     * The task's hyper-parameters with the changes.
     *
     * @param followsLikelihoodSchedule whether the method's own phase has the schedule of training by likelihood
     * @throws ParameterException when a value is out of its range
     */
    HyperParameters applyTo(HyperParameters defaults, boolean followsLikelihoodSchedule, CommandSpec spec) {
        try {
            TrainingSchedule likelihood = defaults.likelihood();
            if (pretrainingEpochs != null) {
                likelihood = likelihood.withEpochs(pretrainingEpochs);
            }
            TrainingSchedule own = followsLikelihoodSchedule ? likelihood : defaults.energy();
            if (epochs != null) {
                own = own.withEpochs(epochs);
            }
            if (batchSize != null) {
                own = own.withBatchSize(batchSize);
            }
            EnergySettings settings = defaults.settings();
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
            return followsLikelihoodSchedule
                    ? new HyperParameters(own, defaults.energy(), settings, defaults.scenarios())
                    : new HyperParameters(likelihood, own, settings, defaults.scenarios());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
