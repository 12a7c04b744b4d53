package org.soebm.runtime.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.task.CandidateSettings;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.SoftConstraints;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;
import org.soebm.runtime.fixture.CoordinateSolverProvider;
import org.soebm.runtime.fixture.EnumeratingSolver;
import org.soebm.runtime.fixture.KilledTraining;
import org.soebm.runtime.fixture.NewsvendorTaskProvider;
import org.soebm.runtime.fixture.TableRows;
import org.soebm.runtime.objective.StochasticProblem;

/** Learning that is stopped, or not even begun. */
class InterruptedLearningTest {
    private static LearningProblem problem(ArgminSolver solver) {
        Task task = new NewsvendorTaskProvider().create();
        TaskData data = task.data(null, 1);
        LearningProblem.Rows rows = rows(data, 0, 96);
        double[][] hindsight = IntStream.range(0, 96)
                .mapToObj(row -> rows.parameters().row(row))
                .toArray(double[][]::new);
        return new LearningProblem(
                StochasticProblem.of(task, task.hyperParameters()),
                task.network(),
                task.hyperParameters(),
                rows,
                TableRows.decisions(hindsight),
                rows(data, 96, 120),
                solver,
                Device.cpu(),
                1);
    }

    private static LearningProblem.Rows rows(TaskData data, int from, int to) {
        int[] rows = IntStream.range(from, to).toArray();
        return new LearningProblem.Rows(
                data.features().select(rows), data.parameters().select(rows));
    }

    @ParameterizedTest
    @ValueSource(strings = {"two-stage", "so-ebm"})
    void cancellationStopsLearningAtTheNextStep(String method) {
        AtomicInteger epochs = new AtomicInteger();
        TrainingListener counter = new TrainingListener() {
            @Override
            public void epochEnded(EpochRecord epoch) {
                epochs.incrementAndGet();
            }
        };
        try (ArgminSolver solver = new CoordinateSolverProvider().create(SolverOptions.DEFAULT.withThreads(1))) {
            assertThatThrownBy(() -> LearningMethods.named(method)
                            .learn(problem(solver), counter, () -> epochs.get() == 2)
                            .close())
                    .isInstanceOf(CancellationException.class)
                    .hasMessageContaining("epoch 2 of two-stage");
            assertThat(epochs).hasValue(2); // the validation before the first step, and one epoch
        }
    }

    /** Both phases are killed: the first validations are two-stage training's. */
    @ParameterizedTest
    @ValueSource(strings = {"two-stage", "so-ebm", "so-ebm-langevin", "policy-net", "dfl-qpth"})
    void aKilledTrainingGoesOnToTheSameEnd(String name) {
        LearningMethod method = LearningMethods.named(name);
        try (ArgminSolver solver = new CoordinateSolverProvider().create(SolverOptions.DEFAULT.withThreads(1))) {
            LearningProblem problem = problem(solver);
            try (Learned whole = method.learn(problem, TrainingListener.NONE)) {
                int validations = KilledTraining.validations(whole);
                for (int kill : new int[] {validations / 3, validations - 1}) {
                    Checkpoint left = KilledTraining.after(kill, method, problem);
                    try (Learned resumed = KilledTraining.resumed(left, method, problem)) {
                        KilledTraining.requireSame(resumed, whole);
                    }
                }
            }
        }
    }

    /** Pools that learn while the network does, and multipliers, go on too. */
    @ParameterizedTest
    @ValueSource(strings = {"so-ebm", "spo-plus", "nce"})
    void aKilledTrainingWithAPoolGoesOnToTheSameEnd(String name) {
        LearningMethod method = LearningMethods.named(name);
        HyperParameters settings = LinearProblem.HYPER_PARAMETERS.withCandidates(CandidateSettings.DEFAULT
                .withPoolSize(20)
                .withPerturbedSolves(0)
                .withPoolSolveRate(0.2)
                .withSolveRatio(0.2)
                .withSoftConstraints(SoftConstraints.AUGMENTED_LAGRANGIAN));
        try (ArgminSolver solver = new EnumeratingSolver()) {
            LearningProblem problem = LinearProblem.of(solver, settings, 2);
            try (Learned whole = method.learn(problem, TrainingListener.NONE)) {
                int kill = KilledTraining.validations(whole) - 1;
                Checkpoint left = KilledTraining.after(kill, method, problem);
                try (Learned resumed = KilledTraining.resumed(left, method, problem)) {
                    KilledTraining.requireSame(resumed, whole);
                }
            }
        }
    }

    @Test
    void theBestModelOfAKilledTrainingIsThatOfItsCheckpoint() {
        for (String name : new String[] {"so-ebm", "policy-net"}) {
            LearningMethod method = LearningMethods.named(name);
            try (ArgminSolver solver = new CoordinateSolverProvider().create(SolverOptions.DEFAULT.withThreads(1))) {
                LearningProblem problem = problem(solver);
                int validations;
                try (Learned whole = method.learn(problem, TrainingListener.NONE)) {
                    validations = KilledTraining.validations(whole);
                }
                for (int kill : new int[] {2, validations}) {
                    Checkpoint left = KilledTraining.after(kill, method, problem);
                    try (Learned best = BestSoFar.of(problem, method, left)) {
                        double loss = new ValidationTaskLoss(problem, best.rule()).of(best.predictor(), () -> false);
                        assertThat(loss).isEqualTo(left.phase().bestEpoch().validationTaskLoss());
                        assertThat(best.history()).contains(left.phase().bestEpoch());
                    }
                }
            }
        }
    }

    @Test
    void aCheckpointOfAnotherMethodIsRefused() {
        try (ArgminSolver solver = new CoordinateSolverProvider().create(SolverOptions.DEFAULT.withThreads(1))) {
            LearningProblem problem = problem(solver);
            SoEbm method = new SoEbm();
            int validations;
            try (Learned whole = method.learn(problem, TrainingListener.NONE)) {
                validations = KilledTraining.validations(whole);
            }
            Checkpoint left = KilledTraining.after(validations, method, problem);
            assertThatThrownBy(() -> KilledTraining.resumed(left, new PolicyNet(), problem)
                            .close())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("of the phase so-ebm, but the training goes on with policy-net");
        }
    }

    @Test
    void cancellationStopsAValidation() {
        AtomicInteger asked = new AtomicInteger();
        CoordinateSolverProvider provider = new CoordinateSolverProvider();
        try (ArgminSolver solver = provider.create(SolverOptions.DEFAULT.withThreads(1))) {
            assertThatThrownBy(() -> new TwoStage()
                            .learn(problem(solver), TrainingListener.NONE, () -> asked.incrementAndGet() > 5)
                            .close())
                    .isInstanceOf(CancellationException.class);
        }
        assertThat(provider.solves.get()).isLessThan(5);
    }

    @Test
    void twoCannotLearnAtOnceButOneAfterTheOther() {
        try (ArgminSolver solver = new CoordinateSolverProvider().create(SolverOptions.DEFAULT.withThreads(1))) {
            LearningProblem problem = problem(solver);
            TrainingListener greedy = new TrainingListener() {
                @Override
                public void phaseStarted(String phase, int epochs) {
                    new TwoStage().learn(problem, TrainingListener.NONE).close();
                }
            };
            assertThatThrownBy(() -> new TwoStage().learn(problem, greedy).close())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Another method is learning");
            new TwoStage().learn(problem, TrainingListener.NONE).close();
        }
    }
}
