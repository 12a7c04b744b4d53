package org.soebm.examples.shiftstaffing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.soebm.api.task.BriefTask;
import org.soebm.api.task.EnergySettings;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.Task;
import org.soebm.api.task.TrainingSchedule;
import org.soebm.runtime.experiment.ExperimentListener;
import org.soebm.runtime.experiment.SeedRuns;
import org.soebm.runtime.learning.SoEbm;
import org.soebm.runtime.report.Metrics;

class LearningTest {

    /** The task with few weeks and little training. */
    private static final Task WHOLE = new ShiftStaffingTask(20);

    private static final Task BRIEF = new BriefTask(
            WHOLE,
            new HyperParameters(
                    new TrainingSchedule(20, 8, 1e-2, 0, 0, 20, 5),
                    new TrainingSchedule(4, 8, 1e-3, 0, 0, 4, 5),
                    new EnergySettings(16, 300, 1000, 1, List.of(1.0))));

    @Test
    void learningRunsFromWeeksToFiguresAndNothingBeatsForesight() {
        List<Metrics> runs = SeedRuns.run(BRIEF, new SoEbm(), null, new long[] {0}, ExperimentListener.NONE);

        Metrics run = runs.get(0);
        assertThat(run.setting().solver()).isEqualTo("timefold");
        double foresight = run.perfectForesight().mean();
        assertThat(Stream.of(run.test(), run.twoStage(), run.pointForecast()))
                .allSatisfy(loss -> assertThat(loss.taskLoss().mean()).isBetween(foresight, 3 * foresight));
    }
}
