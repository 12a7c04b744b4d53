package org.soebm.api.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.soebm.api.cost.AffineResidual.decision;
import static org.soebm.api.cost.AffineResidual.parameter;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class UncertainDecisionsTest {
    /** y₀ meets a₁, which is tied to a₃; y₁ meets a₄ in the bilinear term; a₀ and a₂ are tied to each other alone. */
    private static final PenaltyCost COST = PenaltyCost.builder(2, 6)
            .hinge(5, parameter(0).minus(decision(1)))
            .hinge(1, decision(1).minus(parameter(0)))
            .square(2, decision(1).minus(decision(3)).plus(1))
            .square(3, decision(0).plus(decision(2)))
            .hinge(7, parameter(0).plus(parameter(1)))
            .identity(-4, decision(5))
            .bilinear(1, 4, 2)
            .build();

    @Test
    void decisionsAreUncertainWhereYReachesThem() {
        assertThat(COST.uncertainDecisions()).containsExactly(1, 3, 4);
        assertThat(PenaltyCost.builder(1, 2).identity(1, decision(0)).build().uncertainDecisions())
                .isEmpty();
    }

    @Property(tries = 200)
    void whatIsLeftOutDoesNotDependOnTheUncertainDecisions(@ForAll long seed) {
        double[] points = new Random(seed).doubles(12, -5, 5).toArray();
        int[] uncertain = COST.uncertainDecisions();
        PenaltyCost restricted = COST.restrictedTo(uncertain);
        double[] y = {points[0], points[1]};
        double[] a = new double[6];
        System.arraycopy(points, 2, a, 0, 6);
        double[] other = a.clone();
        for (int k = 0; k < uncertain.length; k++) {
            other[uncertain[k]] = points[8 + k];
        }
        double restFirst = COST.cost(y, a) - restricted.cost(y, select(a, uncertain));
        double restOther = COST.cost(y, other) - restricted.cost(y, select(other, uncertain));
        assertThat(restOther).isCloseTo(restFirst, within(1e-10));
    }

    @Test
    void aRestrictionMustNotCutAResidual() {
        assertThatThrownBy(() -> COST.restrictedTo(new int[] {1, 4})).hasMessageContaining("ties decisions");
    }

    private static double[] select(double[] values, int[] indices) {
        double[] selected = new double[indices.length];
        for (int k = 0; k < indices.length; k++) {
            selected[k] = values[indices[k]];
        }
        return selected;
    }
}
