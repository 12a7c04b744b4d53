package org.soebm.runtime.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.CostFunction;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.task.ObservationModel;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;
import org.soebm.runtime.data.Split;
import org.soebm.runtime.fixture.CoordinateSolverProvider;
import org.soebm.runtime.fixture.NewsvendorTaskProvider;
import org.soebm.runtime.fixture.WavyCost;
import org.soebm.runtime.objective.StochasticProblem;

class RunDigestTest {
    private static final Task TASK = new NewsvendorTaskProvider().create();
    private static final ConstraintSet BOX = ConstraintSet.builder(2).box(0, 10).build();
    private static final CostFunction WITHOUT_FINGERPRINT = WavyCost.random(new Random(1), 2, 2, 0, true);
    private static final ObservationModel OBSERVATIONS = new ObservationModel() {
        @Override
        public int observationCount() {
            return 1;
        }

        @Override
        public NDArray logLikelihood(NDArray latents, NDArray observations) {
            throw new UnsupportedOperationException();
        }
    };

    private static String digest(TaskCode code) {
        TaskData data = TASK.data(null, 1);
        ExperimentPlan plan = new ExperimentPlan(TASK, data, Split.random(data, 1), TASK.hyperParameters(), 1, false);
        return RunDigest.of(plan, code, new CoordinateSolverProvider(), SolverOptions.DEFAULT, Device.cpu())
                .of("two-stage");
    }

    private static TaskCode code(CostFunction cost, ConstraintSet constraints, ObservationModel observations) {
        return TaskCode.of(TASK, new StochasticProblem(cost, constraints, null, observations, 10));
    }

    @Test
    void otherCodeIsAnotherRun() {
        assertThat(digest(new TaskCode("1", null)))
                .isEqualTo(digest(new TaskCode("1", null)))
                .isNotEqualTo(digest(new TaskCode("2", null)));
    }

    @Test
    void theCodeCountsWhereAPartCannotTellItsChanges() {
        ConstraintSet told = ConstraintSet.builder(2)
                .box(0, 10)
                .nativeModel(Untold.model("v1"))
                .build();
        assertThat(code(TASK.cost(), BOX, null)).isEqualTo(new TaskCode("", null));
        assertThat(code(TASK.cost(), told, null)).isEqualTo(new TaskCode("", null));
        assertThat(code(WITHOUT_FINGERPRINT, BOX, null).digest()).hasSize(64);
        assertThat(code(TASK.cost(), BOX, OBSERVATIONS).digest())
                .as("has no fingerprint")
                .hasSize(64);
        ConstraintSet untold = ConstraintSet.builder(2)
                .box(0, 10)
                .nativeModel(Untold.model(""))
                .build();
        assertThat(code(TASK.cost(), untold, null).unreadable()).contains("nothing says where the class");
    }
}
