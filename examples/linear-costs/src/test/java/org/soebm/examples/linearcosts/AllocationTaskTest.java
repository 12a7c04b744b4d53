package org.soebm.examples.linearcosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.soebm.api.task.TaskData;
import org.soebm.api.task.Tasks;

class AllocationTaskTest {
    private final AllocationTask task = new AllocationTask(AllocationTask.PROJECTS, 4);

    /** With −yᵀa + |a|² = |a − y/2|² − |y/2|², the best shares are the nearest to y/2: max(y_i/2 − τ, 0), by bisection on τ. */
    private static double[] nearest(double[] yields) {
        double low = -1 + Arrays.stream(yields).min().orElseThrow() / 2;
        double high = Arrays.stream(yields).max().orElseThrow() / 2;
        for (int i = 0; i < 200; i++) {
            double threshold = 0.5 * (low + high);
            double sum = Arrays.stream(yields)
                    .map(y -> Math.max(y / 2 - threshold, 0))
                    .sum();
            if (sum > 1) {
                low = threshold;
            } else {
                high = threshold;
            }
        }
        double threshold = high;
        return Arrays.stream(yields).map(y -> Math.max(y / 2 - threshold, 0)).toArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ortools", "timefold"})
    void sharesAreThoseNearestToHalfTheYields(String solver) {
        Random random = new Random(4);
        AllocationTask small = new AllocationTask(6, 4);
        try (Solving solving = new Solving(solver, small.cost(), small.constraints())) {
            for (int row = 0; row < 5; row++) {
                double[] yields = random.doubles(6, 0, 2).toArray();
                double cost = small.cost().cost(yields, nearest(yields));
                assertThat(solving.best(yields).cost()).isCloseTo(cost, within(1e-5));
            }
        }
    }

    @Test
    void isFoundByItsNameAndMakesItsRows() {
        assertThat(Tasks.load().named("allocation").create()).isInstanceOf(AllocationTask.class);
        TaskData data = task.data(null, 1);
        assertThat(data.rows()).isEqualTo(2000);
        assertThat(data.parameters().width()).isEqualTo(50);
        assertThat(task.data(null, 1).parameters().row(7))
                .isEqualTo(data.parameters().row(7));
    }
}
