package org.soebm.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.soebm.api.task.EnergySettings;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.HyperParameters.Phase;
import org.soebm.api.task.TrainingSchedule;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class HyperParameterOptionsTest {
    private static final EnergySettings SETTINGS = new EnergySettings(64, 2, 1000, List.of(1.0));
    private static final HyperParameters DEFAULTS =
            new HyperParameters(schedule(10, 16), schedule(20, 16), schedule(30, 16), SETTINGS, 7);

    @Command
    private static final class Line {
        @Mixin
        private HyperParameterOptions options;
    }

    private static TrainingSchedule schedule(int epochs, int batchSize) {
        return new TrainingSchedule(epochs, batchSize, 1e-3, 0, 0, 1, 20);
    }

    private static HyperParameters apply(Set<Phase> ownPhases, String... arguments) {
        Line line = new Line();
        CommandLine parsed = new CommandLine(line);
        parsed.parseArgs(arguments);
        return line.options.applyTo(DEFAULTS, ownPhases, parsed.getCommandSpec());
    }

    @Test
    void withoutOptionsAllIsAsTheTaskHasIt() {
        assertThat(apply(EnumSet.allOf(Phase.class))).isEqualTo(DEFAULTS);
    }

    @Test
    void epochsAndBatchSizeAreForOwnPhasesAndPretrainingEpochsForTwoStage() {
        String[] arguments = {"--epochs", "1", "--batch-size", "2", "--pretraining-epochs", "3"};
        assertThat(apply(Set.of(Phase.POLICY), arguments))
                .isEqualTo(new HyperParameters(schedule(3, 16), schedule(20, 16), schedule(1, 2), SETTINGS, 7));
        assertThat(apply(Set.of(Phase.ENERGY), arguments))
                .isEqualTo(new HyperParameters(schedule(3, 16), schedule(1, 2), schedule(30, 16), SETTINGS, 7));
        assertThat(apply(EnumSet.of(Phase.ENERGY, Phase.POLICY), arguments))
                .isEqualTo(new HyperParameters(schedule(3, 16), schedule(1, 2), schedule(1, 2), SETTINGS, 7));
    }

    @Test
    void whereTwoStageIsTheMethodItsOwnEpochsCount() {
        assertThat(apply(Set.of(Phase.LIKELIHOOD), "--epochs", "1", "--pretraining-epochs", "3"))
                .isEqualTo(DEFAULTS.with(Phase.LIKELIHOOD, schedule(1, 16)));
        assertThat(apply(Set.of(Phase.LIKELIHOOD), "--pretraining-epochs", "3"))
                .isEqualTo(DEFAULTS.with(Phase.LIKELIHOOD, schedule(3, 16)));
    }

    @Test
    void settingsChangeAlone() {
        assertThat(apply(Set.of(Phase.POLICY), "--samples", "8", "--temperature", "3"))
                .isEqualTo(DEFAULTS.withSettings(SETTINGS.withSamples(8).withTemperature(3)));
    }
}
