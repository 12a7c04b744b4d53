package org.soebm.examples.shiftstaffing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.task.EnergySettings;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.NetworkSpec;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;
import org.soebm.api.task.TrainingSchedule;

class CompareMethodsTest {

    /** The task with few weeks and little training. */
    private static final Task BRIEF = new Task() {
        private final ShiftStaffingTask whole = new ShiftStaffingTask(20);

        @Override
        public String name() {
            return whole.name();
        }

        @Override
        public PenaltyCost cost() {
            return whole.cost();
        }

        @Override
        public ConstraintSet constraints() {
            return whole.constraints();
        }

        @Override
        public TaskData data(@Nullable Path source, long seed) {
            return whole.data(source, seed);
        }

        @Override
        public NetworkSpec network() {
            return whole.network();
        }

        @Override
        public HyperParameters hyperParameters() {
            return new HyperParameters(
                    new TrainingSchedule(20, 8, 1e-2, 0, 0, 20, 5),
                    new TrainingSchedule(4, 8, 1e-3, 0, 0, 4, 5),
                    new EnergySettings(16, 300, 1000, 1, List.of(1.0)));
        }
    };

    @Test
    void everyMethodIsComparedAndNoneBeatsForesight() {
        Map<String, Double> costs = new CompareMethods(
                        BRIEF, new ModelSolverProvider(), new PrintStream(OutputStream.nullOutputStream()))
                .meanCosts(0, true);

        double foresight = costs.get(CompareMethods.FORESIGHT);
        assertThat(costs).hasSize(5);
        costs.forEach((method, cost) -> assertThat(cost).as(method).isBetween(foresight, 3 * foresight));
    }

    @Test
    void tableGivesMeansAndTheShareOfTheGap() {
        List<String> table =
                CompareMethods.table(List.of(costs(1000, 900, 890, 850, 500), costs(1200, 1000, 1010, 950, 700)));

        assertThat(table).anyMatch(line -> line.startsWith("point forecast") && line.contains("1100.0 ± 100.0"));
        assertThat(table)
                .anyMatch(line -> line.startsWith("SO-EBM  ")
                        && line.contains("900.0 ±  50.0")
                        && line.contains("-200.0 ±  50.0")
                        && line.contains("40.0 %"));
        assertThat(table).anyMatch(line -> line.startsWith("perfect foresight") && line.contains("100.0 %"));
        assertThat(table).contains("SO-EBM against two-stage: -50.0 ± 0.0");
    }

    @Test
    void missingMethodIsNamed() {
        assertThatThrownBy(() -> CompareMethods.table(List.of(Map.of(CompareMethods.SO_EBM, 1.0))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(CompareMethods.POINT_FORECAST);
    }

    private static Map<String, Double> costs(double point, double twoStage, double tuned, double soEbm, double best) {
        return Map.of(
                CompareMethods.POINT_FORECAST, point,
                CompareMethods.TWO_STAGE, twoStage,
                CompareMethods.TUNED, tuned,
                CompareMethods.SO_EBM, soEbm,
                CompareMethods.FORESIGHT, best);
    }
}
