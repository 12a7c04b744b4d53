package org.soebm.runtime.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.soebm.api.cost.AffineResidual.decision;
import static org.soebm.api.cost.AffineResidual.parameter;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.task.DataException;
import org.soebm.api.task.EnergySettings;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.MultilayerPerceptronSpec;
import org.soebm.api.task.Simulator;
import org.soebm.api.task.Table;
import org.soebm.api.task.TrainingSchedule;
import org.soebm.runtime.fixture.CoordinateSolverProvider;
import org.soebm.runtime.fixture.TableRows;
import org.soebm.runtime.objective.StochasticProblem;

/** Learning from rows that are not in memory. */
class StreamedRowsTest {
    private static final int ROWS = 150;

    /** Decision 0 has nothing to do with y. */
    private static final PenaltyCost COST = PenaltyCost.builder(1, 2)
            .square(1, decision(0))
            .hinge(9, parameter(0).minus(decision(1)))
            .hinge(1, decision(1).minus(parameter(0)))
            .build();

    /** y = 2z + x₀. */
    private static final Simulator FROM_FIRST_FEATURE = new Simulator() {
        @Override
        public int latentCount() {
            return 1;
        }

        @Override
        public int parameterCount() {
            return 1;
        }

        @Override
        public NDArray simulate(NDArray features, NDArray latents) {
            return latents.add(latents).add(features.get(":, 0:1").expandDims(1));
        }

        @Override
        public String fingerprint() {
            return "2z + x0";
        }
    };

    @AfterEach
    void restoreSettings() {
        System.clearProperty(Table.MEMORY_PROPERTY);
        System.clearProperty(TrainingRows.MEMORY_PROPERTY);
    }

    private static LearningProblem problem(ArgminSolver solver, boolean isSimulated) {
        Random random = new Random(2);
        double[][] x = new double[ROWS][3];
        double[][] y = new double[ROWS][1];
        double[][] hindsight = new double[100][];
        for (int row = 0; row < ROWS; row++) {
            for (int c = 0; c < 3; c++) {
                x[row][c] = 10 * c + random.nextGaussian();
            }
            y[row][0] = 3 + x[row][0] + 0.5 * random.nextGaussian();
            if (row < hindsight.length) {
                hindsight[row] = new double[] {0, y[row][0]};
            }
        }
        Table features = Table.of(List.of("x0", "x1", "x2"), x);
        Table parameters = Table.of(List.of("y"), y);
        int[] train = IntStream.range(0, 100).toArray();
        int[] validate = IntStream.range(100, ROWS).toArray();
        TrainingSchedule schedule = new TrainingSchedule(4, 16, 0.02, 0.01, 0.9, 2, 100);
        return new LearningProblem(
                new StochasticProblem(
                        COST,
                        ConstraintSet.builder(2).box(-50, 50).build(),
                        isSimulated ? FROM_FIRST_FEATURE : null,
                        null,
                        8),
                new MultilayerPerceptronSpec(List.of(8), true, 0.2),
                new HyperParameters(schedule, schedule, new EnergySettings(32, 2, 1, List.of(2.0, 0.3)), 8),
                new LearningProblem.Rows(features.select(train), parameters.select(train)),
                TableRows.decisions(hindsight),
                new LearningProblem.Rows(features.select(validate), parameters.select(validate)),
                solver,
                Device.cpu(),
                3);
    }

    private static List<float[]> weights(boolean isSimulated) {
        try (ArgminSolver solver = new CoordinateSolverProvider().create(SolverOptions.DEFAULT.withThreads(2));
                Learned learned = new SoEbm().learn(problem(solver, isSimulated), TrainingListener.NONE)) {
            return learned.predictor().weights().arrays();
        }
    }

    @Test
    void theWeightsAreThoseOfLearningInMemoryToTheLastBit() {
        for (boolean isSimulated : new boolean[] {false, true}) {
            restoreSettings();
            List<float[]> inMemory = weights(isSimulated);
            System.setProperty(Table.MEMORY_PROPERTY, "0");
            System.setProperty(TrainingRows.MEMORY_PROPERTY, "0");
            List<float[]> streamed = weights(isSimulated);
            assertThat(streamed).hasSameSizeAs(inMemory);
            for (int i = 0; i < streamed.size(); i++) {
                assertThat(streamed.get(i)).containsExactly(inMemory.get(i));
            }
        }
    }

    @Test
    void aLimitThatIsNoNumberIsRefused() {
        System.setProperty(TrainingRows.MEMORY_PROPERTY, "much");
        assertThatThrownBy(() -> weights(false))
                .isInstanceOf(DataException.class)
                .hasMessage("The system property soebm.training.mebibytes is 'much', but must be a number of MiB"
                        + " from 0 to 8191.");
    }
}
