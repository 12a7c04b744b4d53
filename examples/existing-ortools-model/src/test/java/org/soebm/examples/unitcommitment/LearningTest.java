package org.soebm.examples.unitcommitment;

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
import org.soebm.examples.unitcommitment.existing.UnitCommitment;
import org.soebm.runtime.experiment.ExperimentListener;
import org.soebm.runtime.experiment.SeedRuns;
import org.soebm.runtime.learning.LearningMethod;
import org.soebm.runtime.learning.SoEbm;
import org.soebm.runtime.learning.SpoPlus;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.report.Metrics;

/** Fuel prices with two stations, four hours, few days and little training. */
class LearningTest {
    private static final Task WHOLE = new FuelPricesTask(
            new UnitCommitment(UnitCommitment.THREE_UNITS.units().subList(0, 2), 4, 10),
            new double[] {70, 90, 110, 80},
            40);
    private static final Task BRIEF = new BriefTask(
            WHOLE,
            WHOLE.hyperParameters()
                    .with(HyperParameters.Phase.LIKELIHOOD, new TrainingSchedule(20, 64, 0.05, 1, 0, 20, 5))
                    .with(HyperParameters.Phase.ENERGY, new TrainingSchedule(2, 16, 1e-2, 0, 0, 2, 5)));

    @ParameterizedTest
    @ValueSource(strings = {"so-ebm", "spo-plus"})
    void learningRunsFromPricesToFigures(String name) {
        LearningMethod method = name.equals("so-ebm") ? new SoEbm() : new SpoPlus();

        Metrics run = SeedRuns.run(BRIEF, method, null, new long[] {3}, ExperimentListener.NONE)
                .get(0);

        assertThat(run.setting().solver()).isEqualTo("ortools");
        assertThat(run.effort().epochs()).isEqualTo(2);
        double foresight = run.perfectForesight().mean();
        assertThat(run.test().taskLoss().mean()).isBetween(foresight, 1.2 * foresight);
        // the weights of the best validation are kept, so those of two-stage at least
        assertThat(run.validation().taskLoss())
                .isLessThanOrEqualTo(run.validation().twoStageTaskLoss());
    }

    /** Gaussians are refused for linear costs; what is chosen instead is the pool. */
    @Test
    void candidatesAreFeasibleSchedules() {
        HyperParameters usual = BRIEF.hyperParameters();
        HyperParameters gaussians = usual.withCandidates(usual.candidates().withSource(CandidateSource.GAUSSIANS));

        Support refused = new SoEbm().support(StochasticProblem.of(BRIEF, gaussians), gaussians, 13, BRIEF.network());

        assertThat(refused.supported()).isFalse();
        assertThat(refused.reason()).contains("linear").contains("pool");
        assertThat(new SoEbm()
                        .support(StochasticProblem.of(BRIEF, usual), usual, 13, BRIEF.network())
                        .supported())
                .isTrue();
    }
}
