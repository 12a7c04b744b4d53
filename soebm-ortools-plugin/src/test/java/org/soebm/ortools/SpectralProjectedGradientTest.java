package org.soebm.ortools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.SmoothObjective;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SampleProblems;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;

class SpectralProjectedGradientTest {
    /** A value and gradient in one. */
    @FunctionalInterface
    private interface Oracle {
        double valueAndGradient(double[] decisions, double[] gradient);
    }

    private static Decision solve(int n, Oracle oracle, ConstraintSet set, double[] start) {
        SmoothObjective objective = new SmoothObjective() {
            @Override
            public int dimension() {
                return n;
            }

            @Override
            public double value(double[] decisions) {
                return oracle.valueAndGradient(decisions, new double[n]);
            }

            @Override
            public double valueAndGradient(double[] decisions, double[] gradient) {
                return oracle.valueAndGradient(decisions, gradient);
            }
        };
        try (ArgminSolver solver = new OrToolsArgminSolverProvider().create(SolverOptions.DEFAULT)) {
            return solver.solve(new ArgminProblem(objective, set, start));
        }
    }

    private static double rosenbrock(double[] a, double[] gradient) {
        double valley = a[1] - a[0] * a[0];
        gradient[0] = -2 * (1 - a[0]) - 400 * a[0] * valley;
        gradient[1] = 200 * valley;
        return (1 - a[0]) * (1 - a[0]) + 100 * valley * valley;
    }

    @Test
    void curvedValleyIsFollowedToItsEnd() {
        ConstraintSet box = ConstraintSet.builder(2).box(-2, 2).build();
        Decision decision = solve(2, SpectralProjectedGradientTest::rosenbrock, box, new double[] {-1.2, 1});
        assertThat(decision.status()).isEqualTo(SolveStatus.FEASIBLE);
        assertThat(decision.isConverged()).as(decision.message()).isTrue();
        assertThat(decision.cost()).isLessThan(1e-5);
    }

    @Test
    void curvedValleyEndsAtARow() {
        ConstraintSet line = ConstraintSet.builder(2).simplex(1).build();
        Decision decision = solve(2, SpectralProjectedGradientTest::rosenbrock, line, new double[] {0.9, 0.1});
        double best = Double.POSITIVE_INFINITY;
        for (double a = 0; a <= 1; a += 1e-5) {
            best = Math.min(best, rosenbrock(new double[] {a, 1 - a}, new double[2]));
        }
        assertThat(decision.cost()).isCloseTo(best, within(1e-5));
    }

    @Test
    void smoothOracleOfAPenaltyMeetsThePenaltyProgram() {
        ArgminProblem problem = SampleProblems.power(new double[] {1, 2, 1.5, 0.2}, new double[] {0.3, 0.2, 0.5, 0.1});
        Decision exact;
        try (ArgminSolver solver = new OrToolsArgminSolverProvider().create(SolverOptions.DEFAULT)) {
            exact = solver.solve(problem);
        }
        Decision decision =
                solve(4, problem.objective()::valueAndGradient, problem.constraints(), new double[] {5, -5, 5, -5});
        assertThat(decision.cost()).isCloseTo(exact.cost(), within(1e-5 * exact.cost()));
        assertThat(decision.values()).containsExactly(exact.values(), within(1e-3));
    }

    @Test
    void gradientThatLiesIsReportedAndTheBestPointReturned() {
        ConstraintSet box = ConstraintSet.builder(1).box(-1, 1).build();
        Decision decision = solve(
                1,
                (a, gradient) -> {
                    gradient[0] = -1;
                    return a[0] * a[0];
                },
                box,
                new double[] {0.5});
        assertThat(decision.status()).isEqualTo(SolveStatus.FEASIBLE);
        assertThat(decision.cost()).isLessThanOrEqualTo(0.25);
        assertThat(decision.message()).contains("gap");
    }

    @Test
    void objectiveThatFallsForEverIsUnbounded() {
        ConstraintSet[] sets = {
            ConstraintSet.unconstrained(2),
            ConstraintSet.builder(2).nonNegative().build(),
            ConstraintSet.builder(2).ramp(0.4).build()
        };
        Oracle line = (a, gradient) -> {
            gradient[0] = -3;
            gradient[1] = 0;
            return -3 * a[0];
        };
        Oracle logarithm = (a, gradient) -> {
            double sum = 2 + Math.max(-1, a[0] + a[1]);
            gradient[0] = -1 / sum;
            gradient[1] = -1 / sum;
            return -Math.log(sum);
        };
        for (ConstraintSet set : sets) {
            for (Oracle oracle : new Oracle[] {line, logarithm}) {
                Decision decision = solve(2, oracle, set, new double[2]);
                assertThat(decision.status())
                        .as("%s over %s", decision.message(), set)
                        .isEqualTo(SolveStatus.UNBOUNDED);
                assertThat(decision.message()).contains("Maybe a bound on a decision is missing?");
            }
        }
    }

    @Test
    void objectiveThatLevelsOffIsNotUnbounded() {
        ConstraintSet set = ConstraintSet.builder(1).nonNegative().build();
        Oracle decay = (a, gradient) -> {
            double value = Math.exp(-a[0] / 300);
            gradient[0] = -value / 300;
            return value;
        };
        Decision decision = solve(1, decay, set, new double[1]);
        assertThat(decision.status()).isEqualTo(SolveStatus.FEASIBLE);
        assertThat(decision.isConverged()).as(decision.message()).isTrue();
        assertThat(decision.values()[0]).as("beyond where it is looked into").isGreaterThan(1_000);
    }

    @Test
    void optimumFarAwayIsFound() {
        ConstraintSet set = ConstraintSet.builder(1).box(-1e12, 1e12).build();
        Oracle line = (a, gradient) -> {
            gradient[0] = -1;
            return -a[0];
        };
        Decision decision = solve(1, line, set, new double[1]);
        assertThat(decision.status()).isEqualTo(SolveStatus.FEASIBLE);
        assertThat(decision.values()).containsExactly(1e12);
    }
}
