package org.soebm.runtime.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import org.junit.jupiter.api.Test;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;
import org.soebm.runtime.data.Split;
import org.soebm.runtime.fixture.CoordinateSolverProvider;
import org.soebm.runtime.fixture.HingesOnlySolverProvider;
import org.soebm.runtime.fixture.NewsvendorTaskProvider;
import org.soebm.runtime.learning.PolicyNet;
import org.soebm.runtime.learning.TwoStage;
import org.soebm.runtime.learning.UnsupportedMethodException;

class ExperimentTest {
    private static final Task TASK = new NewsvendorTaskProvider().create();

    @Test
    void aMethodWhoseDecisionsTheSolverCannotTakeIsRefusedBeforeAnythingIsSolved() {
        HingesOnlySolverProvider provider = new HingesOnlySolverProvider();
        TaskData data = TASK.data(null, 1);
        ExperimentPlan plan = new ExperimentPlan(TASK, data, Split.random(data, 1), TASK.hyperParameters(), 1, false);
        try (ArgminSolver solver = provider.create(SolverOptions.DEFAULT)) {
            Experiment experiment = new Experiment(plan, provider, solver, null, Device.cpu());

            assertThat(experiment.support(new TwoStage()).supported()).isTrue();
            assertThatThrownBy(() -> experiment
                            .run(new PolicyNet(), ExperimentListener.NONE, Cancellation.NEVER)
                            .close())
                    .isInstanceOf(UnsupportedMethodException.class)
                    .hasMessage("The method policy-net cannot learn newsvendor: it decides by the nearest decision in"
                            + " the feasible set, a problem that solver choosy does not take: it takes hinges only."
                            + " Choose another solver or another method.");
            assertThat(provider.coordinate.solves).hasValue(0);
        }
    }

    @Test
    void aMethodWhoseDecisionsTheSolverTakesIsNot() {
        CoordinateSolverProvider provider = new CoordinateSolverProvider();
        TaskData data = TASK.data(null, 1);
        ExperimentPlan plan = new ExperimentPlan(TASK, data, Split.random(data, 1), TASK.hyperParameters(), 1, false);
        try (ArgminSolver solver = provider.create(SolverOptions.DEFAULT)) {
            assertThat(new Experiment(plan, provider, solver, null, Device.cpu())
                            .support(new PolicyNet())
                            .supported())
                    .isTrue();
        }
    }
}
