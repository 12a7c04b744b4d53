package org.soebm.runtime.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
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
import org.soebm.runtime.sensitivity.SmoothArgmin;

/** Decisions by patterns, and the gradient with respect to the patterns against central differences of the argmin. */
class DecisionPatternsTest {
    private static final double STEP = 1e-4;

    private record Problem(SmoothObjective energy, SmoothObjective loss, ConstraintSet set) {
        static Problem random(Random random, int decisions, boolean withBudget) {
            WavyCost cost = WavyCost.random(random, 2, decisions, 0.05, true);
            ConstraintSet.Builder set = ConstraintSet.builder(decisions);
            for (int i = 0; i < decisions; i++) {
                set.bounds(i, -0.3 * random.nextDouble(), 0.3 + random.nextDouble());
            }
            if (withBudget) {
                set.row(
                        "budget",
                        SparseVector.of(
                                IntStream.range(0, decisions).toArray(),
                                random.doubles(decisions, 0.5, 1).toArray()),
                        Double.NEGATIVE_INFINITY,
                        0.2 + 0.4 * random.nextDouble());
            }
            return new Problem(
                    cost.at(random.doubles(2, -1, 1).toArray()),
                    cost.at(random.doubles(2, -1, 1).toArray()),
                    set.build());
        }

        double[] argmin(DecisionPatterns patterns, double[] start) {
            return new ProjectedGradientSolver()
                    .solve(new ArgminProblem(
                            patterns.over(energy), patterns.coefficients().set(), start))
                    .values();
        }

        double loss(double[][] patterns, double[] start) {
            DecisionPatterns moved = new DecisionPatterns(set, true, patterns);
            return loss.value(moved.decisions(argmin(moved, start)));
        }
    }

    private static double[][] random(Random random, int count, int decisions) {
        return IntStream.range(0, count)
                .mapToObj(j -> random.doubles(decisions, 0.2, 1).toArray())
                .toArray(double[][]::new);
    }

    private static double[][] moved(double[][] patterns, int j, int i, double by) {
        double[][] moved = Arrays.stream(patterns).map(double[]::clone).toArray(double[][]::new);
        moved[j][i] += by;
        return moved;
    }

    @Property(tries = 100)
    void theGradientOfPatternsIsThatOfTheArgmin(@ForAll @LongRange(min = 0, max = 100_000_000) long seed) {
        Random random = new Random(seed);
        int decisions = 3 + random.nextInt(3);
        Problem problem = Problem.random(random, decisions, seed % 3 != 0);
        DecisionPatterns patterns =
                new DecisionPatterns(problem.set(), true, random(random, 1 + random.nextInt(3), decisions));
        DecisionPatterns.Coefficients coefficients = patterns.coefficients();
        double[] z = problem.argmin(patterns, null);
        double[] slope = new double[decisions];
        problem.loss().valueAndGradient(patterns.decisions(z), slope);
        SmoothArgmin.Adjoint adjoint = SmoothArgmin.at(patterns.over(problem.energy()), coefficients.set(), z, false)
                .adjoint(patterns.alongEach(slope));
        double[][] gradient = patterns.gradient(problem.energy(), slope, z, adjoint, coefficients.normals());

        double here = problem.loss(patterns.patterns(), z);
        for (int j = 0; j < patterns.count(); j++) {
            for (int i = 0; i < decisions; i++) {
                double room = problem.set().upper(i) - problem.set().lower(i) - patterns.patterns()[j][i];
                if (room < 2 * STEP) {
                    continue; // a pattern cannot be longer than the decision may be large
                }
                double right = (problem.loss(moved(patterns.patterns(), j, i, STEP), z) - here) / STEP;
                double left = (here - problem.loss(moved(patterns.patterns(), j, i, -STEP), z)) / STEP;
                double tolerance = 3e-3 * (1 + Math.abs(left) + Math.abs(right));
                if (Math.abs(left - right) < tolerance) {
                    assertThat(gradient[j][i]).isCloseTo(0.5 * (left + right), within(tolerance));
                } else {
                    assertThat(gradient[j][i])
                            .isBetween(Math.min(left, right) - tolerance, Math.max(left, right) + tolerance);
                }
            }
        }
    }

    @Property(tries = 100)
    void whatPatternsReachIsFeasible(
            @ForAll @LongRange(min = 0, max = 100_000_000) long seed, @ForAll boolean withBudget) {
        Random random = new Random(seed);
        Problem problem = Problem.random(random, 5, withBudget);
        DecisionPatterns patterns = new DecisionPatterns(problem.set(), true, random(random, 3, 5));
        ConstraintSet set = patterns.coefficients().set();
        assertThat(set.rows()).hasSize(withBudget ? 1 : 5);
        for (int draw = 0; draw < 50; draw++) {
            double[] weights = random.doubles(3, 0, 1).toArray();
            double[] farthest = weights;
            for (double t = 0.05; t < 20; t *= 1.05) {
                double factor = t;
                double[] z = Arrays.stream(weights).map(w -> factor * w).toArray();
                if (set.isFeasible(z, 0)) {
                    farthest = z;
                }
            }
            if (set.isFeasible(farthest, 0)) {
                assertThat(problem.set().violation(patterns.decisions(farthest)))
                        .isLessThan(1e-8);
            }
        }
    }

    @Example
    void patternsSpendTheBudgetUpToBoundsAndAreNeverNegative() {
        ConstraintSet set = ConstraintSet.builder(4).box(0, 1).budget(2).build();
        DecisionPatterns patterns = new DecisionPatterns(
                set, false, new double[][] {{3, 1, 1, -7}, {0.1, 0.1, 0, 0}, {0.5, 0.5, 0.5, 0.5}});
        assertThat(patterns.patterns()[0]).containsExactly(new double[] {1, 0.5, 0.5, 0}, within(1e-9));
        assertThat(patterns.patterns()[1]).containsExactly(new double[] {1, 1, 0, 0}, within(1e-9));

        patterns.replaceBy(new double[][] {{-1, -1, 0, -1}, {0, 0, 1, 1}, {0, 0, 2, 3}});
        assertThat(patterns.patterns()[0]).containsExactly(new double[] {1, 0.5, 0.5, 0}, within(1e-9));
        assertThat(patterns.patterns()[1]).containsExactly(new double[] {0, 0, 1, 1}, within(1e-9));
    }

    @Example
    void factorisationFindsThePatternsThatRowsAreMadeOf() {
        Random random = new Random(1);
        double[][] truth = {{1, 0, 0, 2, 0}, {0, 3, 1, 0, 0}};
        double[][] rows = new double[40][5];
        for (int row = 0; row < rows.length; row++) { // some of one pattern only, else there are several answers
            double first = row % 4 == 0 ? 0 : random.nextDouble();
            double second = row % 4 == 1 ? 0 : random.nextDouble();
            Arrays.setAll(rows[row], i -> first * truth[0][i] + second * truth[1][i]);
        }
        double[][] found = NonNegativeFactorisation.patterns(rows, 2, random);
        int holdsFirst = found[0][3] > found[0][1] ? 0 : 1;
        for (int k = 0; k < 2; k++) {
            double[] pattern = found[k == 0 ? holdsFirst : 1 - holdsFirst];
            double size = Arrays.stream(pattern).sum();
            double trueSize = Arrays.stream(truth[k]).sum();
            double[] expected = Arrays.stream(truth[k]).map(v -> v / trueSize).toArray();
            assertThat(Arrays.stream(pattern).map(v -> v / size).toArray()).containsExactly(expected, within(0.03));
        }
    }
}
