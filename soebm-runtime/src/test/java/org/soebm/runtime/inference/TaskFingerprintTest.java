package org.soebm.runtime.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.soebm.api.cost.AffineResidual.constant;
import static org.soebm.api.cost.AffineResidual.decision;
import static org.soebm.api.cost.AffineResidual.parameter;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.NativeModel;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.runtime.objective.StochasticProblem;

class TaskFingerprintTest {
    private static final ConstraintSet UNIT = ConstraintSet.builder(1).box(0, 1).build();

    private record Tour(String fingerprint) implements NativeModel {
        @Override
        public String solver() {
            return "tours";
        }

        @Override
        public String description() {
            return "a tour";
        }
    }

    private static String fingerprint(
            double weight, double parameterFactor, double decisionFactor, double offset, double bilinear) {
        PenaltyCost cost = PenaltyCost.builder(2, 1)
                .hinge(
                        weight,
                        parameter(1)
                                .times(parameterFactor)
                                .minus(decision(0).times(decisionFactor))
                                .plus(constant(offset)))
                .bilinear(0, 0, bilinear)
                .build();
        return TaskFingerprint.of(new StochasticProblem(cost, UNIT));
    }

    @Test
    void theSameTaskHasTheSameFingerprint() {
        assertThat(fingerprint(1, 2, 3, 4, 5))
                .isEqualTo(fingerprint(1, 2, 3, 4, 5))
                .hasSize(64);
    }

    @Test
    void everyNumberOfTheCostCounts() {
        assertThat(Stream.of(
                        fingerprint(1, 2, 3, 4, 5),
                        fingerprint(1.5, 2, 3, 4, 5),
                        fingerprint(1, 2.5, 3, 4, 5),
                        fingerprint(1, 2, 3.5, 4, 5),
                        fingerprint(1, 2, 3, 4.5, 5),
                        fingerprint(1, 2, 3, 4, 5.5)))
                .doesNotHaveDuplicates();
    }

    @Test
    void everyNumberOfTheFeasibleSetCounts() {
        PenaltyCost cost = PenaltyCost.builder(1, 1)
                .square(1, parameter(0).minus(decision(0)))
                .build();
        assertThat(Stream.of(
                                ConstraintSet.builder(1).box(0, 1),
                                ConstraintSet.builder(1).box(0, Math.nextUp(1.0)),
                                ConstraintSet.builder(1).box(0, 1).allInteger(),
                                ConstraintSet.builder(1).box(0, 1).budget(0.5),
                                ConstraintSet.builder(1).box(0, 1).budget(0.75),
                                ConstraintSet.builder(1).box(0, 1).nativeModel(new Tour("v1")),
                                ConstraintSet.builder(1).box(0, 1).nativeModel(new Tour("v2")))
                        .map(set -> TaskFingerprint.of(new StochasticProblem(cost, set.build()))))
                .doesNotHaveDuplicates();
    }
}
