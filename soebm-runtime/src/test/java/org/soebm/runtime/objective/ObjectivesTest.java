package org.soebm.runtime.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.soebm.api.cost.AffineResidual.decision;
import static org.soebm.api.cost.AffineResidual.parameter;

import org.junit.jupiter.api.Test;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.NativeModel;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.solver.ArgminProblem;

class ObjectivesTest {
    private static final PenaltyCost COST = PenaltyCost.builder(1, 1)
            .hinge(9, parameter(0).minus(decision(0)))
            .hinge(1, decision(0).minus(parameter(0)))
            .build();
    private static final ConstraintSet PLAIN =
            ConstraintSet.builder(1).box(0, 9).build();

    private static ConstraintSet withModelThatWants(int scenarios) {
        return ConstraintSet.builder(1)
                .nativeModel(new NativeModel() {
                    @Override
                    public String solver() {
                        return "rosters";
                    }

                    @Override
                    public String description() {
                        return "a roster";
                    }

                    @Override
                    public String fingerprint() {
                        return "1";
                    }

                    @Override
                    public int scenarioCount() {
                        return scenarios;
                    }
                })
                .build();
    }

    @Test
    void expectationIsClosedWhereNoModelAsksForScenarios() {
        for (ConstraintSet set : new ConstraintSet[] {PLAIN, withModelThatWants(0)}) {
            ArgminProblem problem = Objectives.expected(COST, set, new double[] {4}, new double[] {1});
            assertThat(problem.scenarios()).isNull();
            assertThat(((PenaltyObjective) problem.objective()).isKnown()).isFalse();
            assertThat(Objectives.hindsight(COST, set, new double[] {4}).scenarios())
                    .isNull();
        }
    }

    @Test
    void objectiveIsTheAverageOverTheScenariosThatAModelIsGiven() {
        ArgminProblem problem = Objectives.expected(COST, withModelThatWants(20), new double[] {4}, new double[] {1});
        assertThat(problem.scenarios().count()).isEqualTo(20);
        double[] a = {4.5};
        double average = 0;
        for (double[] y : problem.scenarios().parameters()) {
            average += COST.cost(y, a) / 20;
        }
        assertThat(problem.objective().value(a)).isCloseTo(average, within(1e-12));
    }

    @Test
    void hindsightIsTheOneScenarioThatCame() {
        ArgminProblem problem = Objectives.hindsight(COST, withModelThatWants(20), new double[] {4});
        assertThat(problem.scenarios().parameters()).isDeepEqualTo(new double[][] {{4}});
        assertThat(problem.objective().value(new double[] {3})).isEqualTo(9);
    }
}
