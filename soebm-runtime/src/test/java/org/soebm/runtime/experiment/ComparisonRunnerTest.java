package org.soebm.runtime.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;
import org.soebm.runtime.data.Split;
import org.soebm.runtime.fixture.NewsvendorTaskProvider;
import org.soebm.runtime.learning.Learned;
import org.soebm.runtime.learning.LearningMethod;
import org.soebm.runtime.learning.LearningProblem;
import org.soebm.runtime.learning.SoEbm;
import org.soebm.runtime.learning.TrainingControl;
import org.soebm.runtime.learning.TwoStage;
import org.soebm.runtime.learning.TwoStageTuned;
import org.soebm.runtime.report.Comparison;
import org.soebm.runtime.report.ComparisonFiles;
import org.soebm.runtime.report.RunFailure;
import org.soebm.runtime.report.RunFigures;
import org.soebm.runtime.report.RunKey;
import org.soebm.runtime.report.ValidationCurve;

class ComparisonRunnerTest {
    private static final Task TASK = new NewsvendorTaskProvider().create();
    private static final SeedRows ROWS = new SeedRows() {
        @Override
        public TaskData data(long seed) {
            return TASK.data(null, seed);
        }

        @Override
        public Split split(TaskData data, long seed) {
            return Split.random(data, seed);
        }
    };

    @TempDir
    Path folder;

    /** SO-EBM, until something happens in the n-th learning. */
    private static final class Interrupted implements LearningMethod {
        private final Consumer<Integer> happens;
        private int learnings;

        Interrupted(Consumer<Integer> happens) {
            this.happens = happens;
        }

        @Override
        public String name() {
            return "so-ebm";
        }

        @Override
        public String description() {
            return "";
        }

        @Override
        public Learned learn(LearningProblem problem, TrainingControl control) {
            happens.accept(++learnings);
            return new SoEbm().learn(problem, control);
        }
    }

    private static ComparisonPlan plan(LearningMethod second) {
        return plan(TASK, second);
    }

    private static ComparisonPlan plan(Task task, LearningMethod second) {
        HyperParameters brief = new HyperParameters(
                TASK.hyperParameters().likelihood().withEpochs(2),
                TASK.hyperParameters().energy().withEpochs(1),
                TASK.hyperParameters().settings());
        return new ComparisonPlan(
                task,
                List.of(new TwoStage(), second, new TwoStageTuned()),
                List.of(3L, 4L),
                List.of(0.5, 1.0),
                ROWS,
                brief,
                false);
    }

    private Comparison compare(String name, LearningMethod second, ComparisonListener listener) {
        return compare(name, second, listener, Cancellation.NEVER);
    }

    private Comparison compare(
            String name, LearningMethod second, ComparisonListener listener, Cancellation cancellation) {
        return compare(name, plan(second), listener, cancellation);
    }

    private Comparison compare(
            String name, ComparisonPlan plan, ComparisonListener listener, Cancellation cancellation) {
        return new ComparisonRunner(
                        plan,
                        null,
                        null,
                        Device.cpu(),
                        new RunFiles(folder.resolve(name), new RunKey("so-ebm", 1, 3)),
                        failure -> failure.getMessage())
                .run(listener, cancellation);
    }

    private JsonObject json(Comparison comparison) throws IOException {
        Path file = folder.resolve("comparison.json");
        ComparisonFiles.writeJson(file, comparison);
        JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        withoutTimes(json);
        json.getAsJsonArray("trainFractions").forEach(ComparisonRunnerTest::withoutTimes);
        return json;
    }

    private static void withoutTimes(JsonElement part) {
        for (JsonElement method : part.getAsJsonObject().getAsJsonArray("methods")) {
            List.of("secondsPerEpoch", "trainSeconds", "trainSecondsStd", "secondsToBest", "secondsToBestStd")
                    .forEach(method.getAsJsonObject()::remove);
        }
    }

    /** Which runs were found and which were begun. */
    private static final class Log implements ComparisonListener {
        private final List<RunKey> found = new ArrayList<>();
        private final List<RunKey> started = new ArrayList<>();
        private final List<Double> secondsLeft = new ArrayList<>();
        private final List<String> refusals = new ArrayList<>();

        @Override
        public void runsRefused(String reason) {
            refusals.add(reason);
        }

        @Override
        public void runStarted(RunKey key, int number, int runs, double left) {
            assertThat(number).isEqualTo(found.size() + started.size() + 1);
            assertThat(runs).isEqualTo(12);
            started.add(key);
            secondsLeft.add(left);
        }

        @Override
        public void runFound(RunFigures figures, int number, int runs) {
            found.add(figures.key());
        }
    }

    @Test
    void aComparisonThatWasKilledHalfwayGoesOnToTheSameResult() throws IOException {
        JsonObject whole = json(compare("whole", new SoEbm(), ComparisonListener.NONE));
        for (int kill = 1; kill <= 4; kill += 3) {
            String name = "killed-" + kill;
            int when = kill;
            assertThatThrownBy(() -> compare(
                            name,
                            new Interrupted(learning -> {
                                if (learning == when) {
                                    throw new OutOfMemoryError("killed");
                                }
                            }),
                            ComparisonListener.NONE))
                    .isInstanceOf(OutOfMemoryError.class);
            Log log = new Log();
            assertThat(json(compare(name, new SoEbm(), log))).isEqualTo(whole);
            assertThat(log.found).hasSize(3 * (kill - 1) + 1);
            assertThat(log.started).hasSize(12 - log.found.size());
        }
    }

    @Test
    void runsOfATaskThatCannotTellItsChangesAndWhoseCodeCannotBeReadAreNotTaken() {
        ComparisonPlan plan = plan(Untold.task(TASK, Untold.model("")), new SoEbm());
        Log first = new Log();
        compare("untold", plan, first, Cancellation.NEVER);
        assertThat(first.refusals).isEmpty();
        Log second = new Log();
        compare("untold", plan, second, Cancellation.NEVER);
        assertThat(second.found).isEmpty();
        assertThat(second.started).hasSize(12);
        assertThat(second.refusals)
                .singleElement()
                .satisfies(reason -> assertThat(reason)
                        .startsWith(
                                "task newsvendor does not tell whether it has changed since, and its code cannot be read:"
                                        + " nothing says where the class ")
                        .endsWith(" comes from"));

        plan = plan(Untold.task(TASK, Untold.model("v1")), new SoEbm());
        compare("told", plan, ComparisonListener.NONE, Cancellation.NEVER);
        Log third = new Log();
        compare("told", plan, third, Cancellation.NEVER);
        assertThat(third.found).hasSize(12);
    }

    @Test
    void aStartThatFindsAllRunsHasTheSameFiguresAndCurves() {
        Comparison whole = compare("whole", new SoEbm(), ComparisonListener.NONE);
        Log log = new Log();
        assertThat(compare("whole", new SoEbm(), log)).isEqualTo(whole);
        assertThat(log.found).hasSize(12);
        assertThat(whole.runs()).allSatisfy(run -> {
            boolean isTwoStage = run.key().method().equals("two-stage");
            assertThat(run.validation().points())
                    .extracting(ValidationCurve.Point::epoch)
                    .containsExactly(isTwoStage ? new Integer[] {0, 2} : new Integer[] {0, 1});
            assertThat(run.validation().points())
                    .allMatch(point -> point.loss() > run.validation().foresight());
            assertThat(run.validation().foresight())
                    .as("demand is known and can be met")
                    .isBetween(0.0, 1e-4);
            assertThat(run.validation().secondsToBest()).isPositive();
        });
    }

    @Test
    void aFailureIsRecordedTheOthersGoOnAndTheNextStartTriesAgain() throws IOException {
        JsonObject whole = json(compare("whole", new SoEbm(), ComparisonListener.NONE));
        Comparison failed = compare(
                "failed",
                new Interrupted(learning -> {
                    if (learning == 2 || learning == 3) {
                        throw new IllegalStateException("It diverged in learning " + learning + ".");
                    }
                }),
                ComparisonListener.NONE);
        assertThat(failed.failures())
                .containsExactly(
                        new RunFailure(new RunKey("so-ebm", 0.5, 4), "It diverged in learning 3."),
                        new RunFailure(new RunKey("so-ebm", 1, 3), "It diverged in learning 2."));
        assertThat(failed.runs()).hasSize(10);
        assertThat(failed.figures(1).get(1).failures()).hasSize(1);
        assertThat(failed.figures(1).get(1).runs()).isEqualTo(1);

        Log log = new Log();
        assertThat(json(compare("failed", new SoEbm(), log))).isEqualTo(whole);
        assertThat(log.started).containsExactly(new RunKey("so-ebm", 1, 3), new RunKey("so-ebm", 0.5, 4));
    }

    @Test
    void whenEveryRunFailsTheFirstReasonIsNamed() {
        Comparison comparison = new Comparison(
                "t",
                "s",
                "cpu",
                List.of("two-stage"),
                List.of(1.0),
                List.of(0L, 1L),
                List.of(),
                List.of(
                        new RunFailure(new RunKey("two-stage", 1, 0), "It diverged."),
                        new RunFailure(new RunKey("two-stage", 1, 1), "It did, too.")));
        assertThat(new NoRunFinishedException(comparison))
                .hasMessage("All 2 runs failed, the first (two-stage, seed 0): It diverged.");
    }

    @Test
    void cancellationStopsAndIsNoFailure() {
        boolean[] cancelled = {false};
        assertThatThrownBy(() -> compare(
                        "cancelled",
                        new Interrupted(learning -> cancelled[0] = true),
                        ComparisonListener.NONE,
                        () -> cancelled[0]))
                .isInstanceOf(CancellationException.class);
        assertThat(folder.resolve("cancelled/runs/fraction-0.5/seed-3/two-stage.json"))
                .exists();
        assertThat(folder.resolve("cancelled/runs/fraction-0.5/seed-3/so-ebm.json"))
                .doesNotExist();
    }

    @Test
    void theTimeLeftIsKnownOnceEveryMethodWasRun() {
        Log log = new Log();
        compare("whole", new SoEbm(), log);
        assertThat(log.secondsLeft.subList(0, 3)).containsOnly(Double.NaN);
        assertThat(log.secondsLeft.subList(3, 12)).allMatch(left -> left > 0).doesNotContain(Double.NaN);
    }

    @Test
    void timesGoByTheShareOfTheRows() {
        TimeLeft left = new TimeLeft();
        left.ended(new RunKey("a", 0.25, 0), 5);
        left.ended(new RunKey("a", 0.75, 0), 15);
        left.ended(new RunKey("b", 1, 0), 100);
        assertThat(left.of(List.of(new RunKey("a", 0.5, 1), new RunKey("b", 0.25, 1))))
                .isEqualTo(10 + 25);
        assertThat(left.of(List.of(new RunKey("c", 1, 1)))).isNaN();
    }
}
