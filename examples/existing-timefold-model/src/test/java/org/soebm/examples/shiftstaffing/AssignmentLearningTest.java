package org.soebm.examples.shiftstaffing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.soebm.api.solver.Support;
import org.soebm.api.task.BriefTask;
import org.soebm.api.task.CandidateSource;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.Task;
import org.soebm.api.task.TrainingSchedule;
import org.soebm.runtime.experiment.ExperimentListener;
import org.soebm.runtime.experiment.SeedRuns;
import org.soebm.runtime.learning.SoEbm;
import org.soebm.runtime.learning.SpoPlus;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.report.Metrics;

class AssignmentLearningTest {

    /** The task with few weeks and little training. */
    private static final Task WHOLE = new ShiftAssignmentTask(12);

    private static final Task BRIEF = new BriefTask(
            WHOLE,
            WHOLE.hyperParameters()
                    .with(HyperParameters.Phase.LIKELIHOOD, new TrainingSchedule(20, 8, 0.02, 0, 0, 20, 5))
                    .with(HyperParameters.Phase.ENERGY, new TrainingSchedule(2, 8, 1e-3, 0, 0, 2, 5)));

    @ParameterizedTest
    @ValueSource(strings = {"so-ebm", "spo-plus"})
    void learningRunsFromWeeksToFiguresAndNothingBeatsForesight(String name) {
        Metrics run = SeedRuns.run(
                        BRIEF,
                        name.equals("so-ebm") ? new SoEbm() : new SpoPlus(),
                        null,
                        new long[] {0},
                        ExperimentListener.NONE)
                .get(0);

        assertThat(run.setting().solver()).isEqualTo("timefold");
        assertThat(run.effort().epochs()).isEqualTo(2);
        double foresight = run.perfectForesight().mean();
        assertThat(run.test().taskLoss().mean()).isBetween(foresight, 2 * foresight);
        assertThat(run.validation().taskLoss())
                .isLessThanOrEqualTo(run.validation().twoStageTaskLoss());
    }

    /** Gaussians are refused for linear costs; what is chosen instead is the pool. */
    @Test
    void candidatesAreFeasibleSchedules() {
        HyperParameters usual = BRIEF.hyperParameters();
        HyperParameters gaussians = usual.withCandidates(usual.candidates().withSource(CandidateSource.GAUSSIANS));

        Support refused = new SoEbm().support(StochasticProblem.of(BRIEF, gaussians), gaussians, 22, BRIEF.network());

        assertThat(refused.supported()).isFalse();
        assertThat(refused.reason()).contains("linear").contains("pool");
        assertThat(new SoEbm()
                        .support(StochasticProblem.of(BRIEF, usual), usual, 22, BRIEF.network())
                        .supported())
                .isTrue();
    }
}
