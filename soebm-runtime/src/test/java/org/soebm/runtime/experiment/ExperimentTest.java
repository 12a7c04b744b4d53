package org.soebm.runtime.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.task.Table;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;
import org.soebm.runtime.data.Split;
import org.soebm.runtime.fixture.CoordinateSolverProvider;
import org.soebm.runtime.fixture.HingesOnlySolverProvider;
import org.soebm.runtime.fixture.NewsvendorTaskProvider;
import org.soebm.runtime.fixture.UnboundedPriceTaskProvider;
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

    private static double validationForesight(Task task, TaskData data, Split split) {
        CoordinateSolverProvider provider = new CoordinateSolverProvider();
        ExperimentPlan plan = new ExperimentPlan(task, data, split, task.hyperParameters(), 1, false);
        try (ArgminSolver solver = provider.create(SolverOptions.DEFAULT)) {
            return new Experiment(plan, provider, solver, null, Device.cpu())
                    .validationForesight(ExperimentListener.NONE, Cancellation.NEVER);
        }
    }

    /** Orders are at most 10, so demands of 12 and 14 are short of by 2 and 4: at least 10 (2 + 4) + (2² + 4²) / 2 a good. */
    @Test
    void foresightIsWhatOptimalDecisionsForTheValidationRowsCost() {
        double[][] y = {{3, 4}, {5, 6}, {12, 14}, {7, 8}, {100, 100}};
        TaskData data = new TaskData(Table.of(List.of("x0", "x1"), y), Table.of(List.of("y0", "y1"), y), 4, "by hand");
        Split split = new Split(new int[] {0, 1}, new int[] {2, 3}, new int[] {4});
        assertThat(validationForesight(TASK, data, split)).isCloseTo((60 + 10) / 2.0, within(1e-4));
    }

    @Test
    void foresightIsNotKnownWhereAValidationRowHasNoOptimum() {
        Task task = new UnboundedPriceTaskProvider().create();
        TaskData data = task.data(null, 1);
        Split split = new Split(new int[] {0, 1}, new int[] {2, 3}, new int[] {4});
        assertThat(validationForesight(task, data, split))
                .as("row 3 has a negative price")
                .isNaN();
    }
}
