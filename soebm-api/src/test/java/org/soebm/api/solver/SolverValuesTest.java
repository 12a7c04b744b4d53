package org.soebm.api.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyObjective;

/** Options, problems and decisions as values. */
class SolverValuesTest {
    private static final PenaltyObjective OBJECTIVE = new PenaltyObjective(2, List.of(), new double[2], 0);

    @Test
    void eachOptionChangesAlone() {
        SolverOptions options = SolverOptions.DEFAULT
                .withTimeLimit(Duration.ofMillis(5))
                .withTolerance(0.25)
                .withThreads(3)
                .withSeed(9);
        assertThat(options).isEqualTo(new SolverOptions(Duration.ofMillis(5), 0.25, 3, 9));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1, 2, Double.NaN})
    void toleranceOutsideZeroAndOneIsRefused(double tolerance) {
        assertThatThrownBy(() -> SolverOptions.DEFAULT.withTolerance(tolerance))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The tolerance is " + tolerance + ", but must lie between 0 and 1.");
    }

    @Test
    void optionsOutOfRangeAreNamed() {
        assertThatThrownBy(() -> SolverOptions.DEFAULT.withTimeLimit(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("time limit");
        assertThatThrownBy(() -> SolverOptions.DEFAULT.withTimeLimit(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SolverOptions.DEFAULT.withThreads(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("number of threads is 0");
    }

    @Test
    void problemsWhosePartsDoNotFitAreNamed() {
        assertThatThrownBy(() -> new ArgminProblem(OBJECTIVE, ConstraintSet.unconstrained(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The objective has 2 decisions, but the feasible set has 3.");
        ConstraintSet free = ConstraintSet.unconstrained(2);
        assertThatThrownBy(() -> new ArgminProblem(OBJECTIVE, free, new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("start has 3 decisions");
        assertThatThrownBy(() -> new ArgminProblem(OBJECTIVE, free, new double[] {0, Double.NaN}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Decision 1 of the start is NaN");
        assertThat(new ArgminProblem(OBJECTIVE, free).start()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void onlyAStatusWithoutADecisionComesWithNone(SolveStatus status) {
        if (status.hasDecision()) {
            assertThatThrownBy(() -> Decision.none(status, Duration.ZERO, ""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(status.name());
        } else {
            Decision none = Decision.none(status, Duration.ZERO, "why");
            assertThat(none.values()).isEmpty();
            assertThat(none.cost()).isNaN();
        }
    }

    @Test
    void variablesAreDecisionsFollowedByAuxiliaries() {
        Decision decision =
                new Decision(new double[] {1, 2}, new double[] {3}, 0, SolveStatus.FEASIBLE, Duration.ZERO, "");
        assertThat(decision.variables()).containsExactly(1, 2, 3);
    }
}
