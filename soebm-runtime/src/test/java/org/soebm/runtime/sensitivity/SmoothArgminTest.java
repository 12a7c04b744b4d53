package org.soebm.runtime.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.SmoothObjective;
import org.soebm.api.linear.SparseVector;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.runtime.fixture.ProjectedGradientSolver;
import org.soebm.runtime.fixture.WavyCost;

/** The adjoint of a stationary point against central differences of the point itself, on random small problems. */
class SmoothArgminTest {
    private static final double STEP = 1e-4;

    /** min f(y, a) over a box and rows, of which the first is a budget. */
    private record Problem(WavyCost cost, double[] y, double budget, double[] normal, double box, double[] loss) {
        static Problem random(long seed, double wave) {
            Random random = new Random(seed);
            int decisions = 2 + random.nextInt(4);
            return new Problem(
                    WavyCost.random(random, 2, decisions, wave, random.nextBoolean()),
                    random.doubles(2, -1, 1).toArray(),
                    0.1 + random.nextDouble(),
                    random.doubles(decisions, 0.5, 2).toArray(),
                    0.2 + random.nextDouble(),
                    random.doubles(decisions, -1, 1).toArray());
        }

        ConstraintSet set(double tighter) {
            return builder(tighter).build();
        }

        private ConstraintSet.Builder builder(double tighter) {
            int[] all = IntStream.range(0, normal.length).toArray();
            return ConstraintSet.builder(normal.length)
                    .box(-box, box)
                    .row("budget", SparseVector.of(all, normal), Double.NEGATIVE_INFINITY, budget - tighter)
                    .row("first two", SparseVector.of(new int[] {0, 1}, new double[] {1, -1}), -0.3, 0.3);
        }

        /** The problem in which only a block moves. */
        ConstraintSet setOfBlock(int[] block, double[] others) {
            ConstraintSet.Builder builder = builder(0);
            for (int i = 0; i < others.length; i++) {
                int decision = i;
                if (IntStream.of(block).noneMatch(b -> b == decision)) {
                    builder.bounds(i, others[i], others[i]);
                }
            }
            return builder.build();
        }

        double[] argmin(ConstraintSet set, double[] parameters, double[] start) {
            return new ProjectedGradientSolver()
                    .solve(new ArgminProblem(cost.at(parameters), set, start))
                    .values();
        }

        SmoothArgmin conditions(double[] decisions) {
            return SmoothArgmin.at(cost.at(y), set(0), decisions, !cost.isDefinedBeyondBounds());
        }

        double[] moved(int i, double by) {
            double[] moved = y.clone();
            moved[i] += by;
            return moved;
        }

        double loss(double[] decisions) {
            double sum = 0;
            for (int i = 0; i < decisions.length; i++) {
                sum += loss[i] * decisions[i];
            }
            return sum;
        }

        /** −vᵀ∂²E/∂a∂y_i. */
        double derivative(double[] decisions, double[] v, int i) {
            double h = 1e-5;
            double[] up = new double[v.length];
            double[] down = new double[v.length];
            cost.at(moved(i, h)).valueAndGradient(decisions, up);
            cost.at(moved(i, -h)).valueAndGradient(decisions, down);
            double sum = 0;
            for (int j = 0; j < v.length; j++) {
                sum -= v[j] * (up[j] - down[j]) / (2 * h);
            }
            return sum;
        }
    }

    @Property(tries = 200)
    void theGradientIsThatOfTheArgmin(@ForAll @LongRange(min = 0, max = 100_000_000) long seed) {
        Problem problem = Problem.random(seed, seed % 2 == 0 ? 0 : 0.15);
        double[] here = problem.argmin(problem.set(0), problem.y(), null);
        double[] v = problem.conditions(here).adjoint(problem.loss()).v();
        for (int i = 0; i < 2; i++) {
            int parameter = i;
            compare(
                    by -> problem.loss(problem.argmin(problem.set(0), problem.moved(parameter, by), here)),
                    problem.derivative(here, v, i));
        }
    }

    @Property(tries = 100)
    void aBlockMovesAsIfTheOtherDecisionsWereConstants(@ForAll @LongRange(min = 0, max = 100_000_000) long seed) {
        Problem problem = Problem.random(seed, 0);
        int[] block = IntStream.range(0, 1 + new Random(seed).nextInt(problem.loss().length))
                .toArray();
        double[] here = problem.argmin(problem.set(0), problem.y(), null);
        ConstraintSet others = problem.setOfBlock(block, here);
        double[] v = problem.conditions(here).adjoint(problem.loss(), block).v();
        for (int i = 0; i < 2; i++) {
            int parameter = i;
            compare(
                    by -> problem.loss(problem.argmin(others, problem.moved(parameter, by), here)),
                    problem.derivative(here, v, i));
        }
    }

    @Property(tries = 100)
    void aRowsAdjointIsTheGradientWithRespectToItsSide(@ForAll @LongRange(min = 0, max = 100_000_000) long seed) {
        Problem problem = Problem.random(seed, 0);
        double[] here = problem.argmin(problem.set(0), problem.y(), null);
        SmoothArgmin.Adjoint adjoint = problem.conditions(here).adjoint(problem.loss());
        compare(by -> problem.loss(problem.argmin(problem.set(-by), problem.y(), here)), adjoint.rowAdjoints()[0]);
        compare(
                by -> problem.cost().at(problem.y()).value(problem.argmin(problem.set(-by), problem.y(), here)),
                -adjoint.multipliers()[0]);
    }

    /** Where the differences to both sides agree, the derivative is theirs; else it lies between them or is one's. */
    private static void compare(ToDoubleFunction<Double> lossWhenMovedBy, double derivative) {
        double here = lossWhenMovedBy.applyAsDouble(0.0);
        double up = lossWhenMovedBy.applyAsDouble(STEP);
        double down = lossWhenMovedBy.applyAsDouble(-STEP);
        double right = (up - here) / STEP;
        double left = (here - down) / STEP;
        double tolerance = 2e-3 * (1 + Math.abs(left) + Math.abs(right));
        if (Math.abs(left - right) < tolerance) {
            assertThat(derivative).isCloseTo((up - down) / (2 * STEP), within(tolerance));
        } else {
            assertThat(derivative).isBetween(Math.min(left, right) - tolerance, Math.max(left, right) + tolerance);
        }
    }

    /** ½aᵀHa − yᵀa for H = diag(h). */
    private static SmoothObjective quadratic(double[] h, double[] y) {
        return new SmoothObjective() {
            @Override
            public int dimension() {
                return h.length;
            }

            @Override
            public double value(double[] a) {
                return valueAndGradient(a, new double[a.length]);
            }

            @Override
            public double valueAndGradient(double[] a, double[] gradient) {
                double value = 0;
                for (int i = 0; i < a.length; i++) {
                    value += 0.5 * h[i] * a[i] * a[i] - y[i] * a[i];
                    gradient[i] = h[i] * a[i] - y[i];
                }
                return value;
            }
        };
    }

    @Example
    void alongDirectionsWithoutPositiveCurvatureNothingMoves() {
        SmoothArgmin saddle = SmoothArgmin.at(
                quadratic(new double[] {2, 0, -1}, new double[] {2, 0, -3}),
                ConstraintSet.unconstrained(3),
                new double[] {1, 7, 3},
                false);
        assertThat(saddle.adjoint(new double[] {1, 1, 1}).v()).containsExactly(new double[] {0.5, 0, 0}, within(1e-8));
    }

    @Example
    void aBoundThatTheDecisionTouchesHoldsItOnlyWhereTheObjectiveEndsThere() {
        SmoothObjective touching = quadratic(new double[] {1}, new double[] {2});
        ConstraintSet upToTwo = ConstraintSet.builder(1).box(0, 2).build();
        assertThat(SmoothArgmin.at(touching, upToTwo, new double[] {2}, false)
                        .adjoint(new double[] {1})
                        .v())
                .containsExactly(new double[] {1}, within(1e-8));
        assertThat(SmoothArgmin.at(touching, upToTwo, new double[] {2}, true)
                        .adjoint(new double[] {1})
                        .v())
                .containsExactly(0);
    }

    @Example
    void rowsThatSayTheSameTwiceDoNotMatterAndAVertexStandsStill() {
        SparseVector sum = SparseVector.of(new int[] {0, 1}, new double[] {1, 1});
        ConstraintSet twice = ConstraintSet.builder(2)
                .row("budget", sum, Double.NEGATIVE_INFINITY, 1)
                .row("again", sum.times(2), Double.NEGATIVE_INFINITY, 2)
                .build();
        SmoothObjective objective = quadratic(new double[] {1, 1}, new double[] {3, 1});
        assertThat(SmoothArgmin.at(objective, twice, new double[] {1.5, -0.5}, false)
                        .adjoint(new double[] {1, 0})
                        .v())
                .containsExactly(new double[] {0.5, -0.5}, within(1e-8));

        ConstraintSet box = ConstraintSet.builder(2).box(0, 0.5).build();
        SmoothArgmin.Adjoint vertex =
                SmoothArgmin.at(objective, box, new double[] {0.5, 0.5}, false).adjoint(new double[] {1, 1});
        assertThat(vertex.v()).containsExactly(0, 0);
    }

    @Example
    void auxiliaryVariablesGiveWay() { // |a − u| ≤ 0 and u ≤ 1: a ≤ 1 by way of u
        ConstraintSet.Builder builder = ConstraintSet.builder(2);
        int u = builder.auxiliary(Double.NEGATIVE_INFINITY, 1);
        builder.row("equal", SparseVector.of(new int[] {0, u}, new double[] {1, -1}), 0, 0);
        SmoothObjective free = quadratic(new double[] {1, 1}, new double[] {0.5, 0.25});
        assertThat(SmoothArgmin.at(free, builder.build(), new double[] {0.5, 0.25, 0.5}, false)
                        .adjoint(new double[] {1, 1})
                        .v())
                .containsExactly(new double[] {1, 1}, within(1e-8));
        SmoothObjective held = quadratic(new double[] {1, 1}, new double[] {3, 0.25});
        assertThat(SmoothArgmin.at(held, builder.build(), new double[] {1, 0.25, 1}, false)
                        .adjoint(new double[] {1, 1})
                        .v())
                .containsExactly(new double[] {0, 1}, within(1e-8));
    }
}
