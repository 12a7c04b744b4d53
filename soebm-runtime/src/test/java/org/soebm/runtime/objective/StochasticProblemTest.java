package org.soebm.runtime.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.soebm.api.cost.AffineResidual.decision;
import static org.soebm.api.cost.AffineResidual.parameter;

import ai.djl.ndarray.NDArray;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.CostFunction;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.task.DataException;
import org.soebm.api.task.Simulator;

class StochasticProblemTest {
    private static final PenaltyCost PENALTIES = PenaltyCost.builder(1, 2)
            .square(1, parameter(0).minus(decision(1)))
            .square(1, decision(0).plus(-3))
            .build();

    private static final CostFunction TENSOR_CODE = new CostFunction() {
        @Override
        public int parameterCount() {
            return 1;
        }

        @Override
        public int decisionCount() {
            return 2;
        }

        @Override
        public NDArray cost(NDArray parameters, NDArray decisions) {
            return decisions.sum(new int[] {-1});
        }
    };

    private static Simulator simulator(int parameters) {
        return new Simulator() {
            @Override
            public int latentCount() {
                return 3;
            }

            @Override
            public int parameterCount() {
                return parameters;
            }

            @Override
            public NDArray simulate(NDArray features, NDArray latents) {
                return latents;
            }

            @Override
            public String fingerprint() {
                return "";
            }
        };
    }

    @Test
    void onlyPenaltiesUnderThePredictedGaussianHaveAClosedForm() {
        ConstraintSet set = ConstraintSet.unconstrained(2);
        assertThat(new StochasticProblem(PENALTIES, set).hasClosedForm()).isTrue();
        assertThat(new StochasticProblem(TENSOR_CODE, set).hasClosedForm()).isFalse();
        StochasticProblem simulated = new StochasticProblem(PENALTIES, set, simulator(1), null, 10);
        assertThat(simulated.hasClosedForm()).isFalse();
        assertThat(simulated.predictedCount()).isEqualTo(3);
        assertThat(simulated.uncertainDecisions()).containsExactly(1);
        assertThat(new StochasticProblem(TENSOR_CODE, set).uncertainDecisions()).containsExactly(0, 1);
    }

    @Test
    void oraclesAreSolvedManyRowsAtOnceWithAsMuchMoreTime() {
        SolverOptions options = SolverOptions.DEFAULT.withThreads(2).withTimeLimit(Duration.ofSeconds(3));
        ConstraintSet set = ConstraintSet.unconstrained(2);
        assertThat(new StochasticProblem(PENALTIES, set).solverOptions(options)).isEqualTo(options);
        assertThat(new StochasticProblem(TENSOR_CODE, set).solverOptions(options))
                .isEqualTo(options.withThreads(32).withTimeLimit(Duration.ofSeconds(48)));
    }

    @Test
    void partsThatDoNotFitAreNamed() {
        assertThatThrownBy(() -> new StochasticProblem(PENALTIES, ConstraintSet.unconstrained(3)))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("2 decisions", "has 3");
        assertThatThrownBy(
                        () -> new StochasticProblem(PENALTIES, ConstraintSet.unconstrained(2), simulator(4), null, 10))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("simulator makes 4", "cost has 1");
    }
}
