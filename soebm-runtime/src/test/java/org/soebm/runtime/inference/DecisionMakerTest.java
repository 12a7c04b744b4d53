package org.soebm.runtime.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.task.Table;
import org.soebm.api.task.Task;
import org.soebm.runtime.data.Standardizer;
import org.soebm.runtime.fixture.CoordinateSolverProvider;
import org.soebm.runtime.fixture.NewsvendorTaskProvider;
import org.soebm.runtime.network.Architecture;
import org.soebm.runtime.network.GaussianPredictor;
import org.soebm.runtime.objective.StochasticProblem;

/** Decisions for more rows than are decided at a time. */
class DecisionMakerTest {
    private static final int ROWS = 20_000;

    /** Gives nothing but decisions that begin with a known value. */
    private record PickySolver(ArgminSolver solver, double usual) implements ArgminSolver {
        @Override
        public Decision solve(ArgminProblem problem, Cancellation cancellation) {
            Decision decision = solver.solve(problem, cancellation);
            return Math.abs(decision.values()[0] - usual) < 1e-4
                    ? decision
                    : Decision.none(SolveStatus.INFEASIBLE, Duration.ZERO, "unusual");
        }

        @Override
        public SolverOptions options() {
            return solver.options();
        }

        @Override
        public void close() {
            solver.close();
        }
    }

    private final Task task = new NewsvendorTaskProvider().create();
    private final StochasticProblem problem = StochasticProblem.of(task, task.hyperParameters());
    private final ArgminSolver solver = new CoordinateSolverProvider().create(SolverOptions.DEFAULT);
    private final DecisionMaker maker = new DecisionMaker(problem, solver);

    private GaussianPredictor predictor;

    @BeforeEach
    void drawANetwork() {
        Engine.getInstance().setRandomSeed(1);
        predictor = new GaussianPredictor(
                new Architecture(2, 2, task.network()),
                Standardizer.of(new double[] {0, 0}, new double[] {1, 1}),
                Standardizer.of(new double[] {5, 5}, new double[] {1, 1}),
                Device.cpu());
    }

    @AfterEach
    void close() {
        predictor.close();
        solver.close();
    }

    private static Table features(int rows) {
        double[][] features = new double[rows][];
        for (int row = 0; row < rows; row++) {
            features[row] = new double[] {Math.sin(row), Math.cos(0.7 * row)};
        }
        return Table.of(List.of("x0", "x1"), features);
    }

    @Test
    void everyRowIsDecidedOnceAsIfItWereAlone() {
        Table features = features(ROWS);
        List<Decision> decisions = new ArrayList<>();
        List<Integer> firstRows = new ArrayList<>();
        boolean[] heard = new boolean[ROWS];
        maker.decide(
                predictor,
                features,
                (first, some) -> {
                    assertThat(first).isEqualTo(decisions.size());
                    firstRows.add(first);
                    decisions.addAll(some);
                },
                (row, decision) -> {
                    assertThat(heard[row]).isFalse();
                    heard[row] = true;
                },
                Cancellation.NEVER);
        assertThat(heard).doesNotContain(false);
        assertThat(decisions).hasSize(ROWS);
        assertThat(firstRows).hasSizeGreaterThan(1);
        for (int first : firstRows) {
            assertDecidedAlike(features, decisions, first);
            assertDecidedAlike(features, decisions, Math.max(0, first - 1));
        }
        assertDecidedAlike(features, decisions, ROWS - 1);
    }

    private void assertDecidedAlike(Table features, List<Decision> decisions, int row) {
        assertThat(decisions.get(row).values())
                .as("row %d", row)
                .containsExactly(
                        maker.decide(predictor, features.select(row, row + 1))
                                .get(0)
                                .values(),
                        within(1e-4));
    }

    @Test
    void aRowWithoutADecisionIsNamedByItsNumber() {
        double[][] rows = new double[ROWS][];
        for (int row = 0; row < ROWS; row++) {
            rows[row] = new double[] {row == 12_345 ? 5 : 0, 0};
        }
        Table features = Table.of(List.of("x0", "x1"), rows);
        double[] usual = maker.decide(predictor, features.select(0, 1)).get(0).values();
        DecisionMaker picky = new DecisionMaker(problem, new PickySolver(solver, usual[0]));
        assertThatThrownBy(() -> picky.decide(predictor, features))
                .isInstanceOf(UndecidedRowException.class)
                .hasMessageContaining("12345")
                .hasMessageContaining("unusual");
    }
}
