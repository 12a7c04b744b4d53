package org.soebm.runtime.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.linear.SparseVector;
import org.soebm.api.task.DataException;

class LocalMovesProposalTest {
    private static final int BATCH = 48; // chains, all with the same a*
    private static final int SAMPLES = 1500;

    /** A feasible set small enough to be listed, with an a* in it. */
    private record Small(ConstraintSet set, int[] optimum, List<int[]> known, double beta) {
        int decisions() {
            return optimum.length;
        }

        List<int[]> listed() {
            List<int[]> feasible = new ArrayList<>();
            list(new int[decisions()], 0, feasible);
            assertThat(feasible).hasSizeBetween(6, 4096);
            return feasible;
        }

        private void list(int[] values, int at, List<int[]> feasible) {
            if (at == values.length) {
                if (set.isFeasible(Arrays.stream(values).asDoubleStream().toArray(), 1e-9)) {
                    feasible.add(values.clone());
                }
                return;
            }
            for (int value = (int) set.lower(at); value <= set.upper(at); value++) {
                values[at] = value;
                list(values, at + 1, feasible);
            }
        }

        /** π of each feasible decision. */
        double[] stationary(List<int[]> feasible) {
            return normalised(feasible.stream()
                    .mapToDouble(a -> -beta * distance(a, optimum))
                    .toArray());
        }

        Draws draw(NDManager scope, SplittableRandom random) {
            float[] centres = new float[BATCH * decisions()];
            for (int i = 0; i < centres.length; i++) {
                centres[i] = optimum[i % decisions()];
            }
            LocalMoves moves = new LocalMoves(beta, 50 * decisions(), 3 * decisions());
            return new LocalMovesProposal(set, all(decisions()), known, moves, random)
                    .draw(scope.create(centres, new Shape(BATCH, decisions())), SAMPLES, scope);
        }
    }

    private static int distance(int[] a, int[] b) {
        return IntStream.range(0, a.length).map(j -> Math.abs(a[j] - b[j])).sum();
    }

    private static double[] normalised(double[] logs) {
        double largest = Arrays.stream(logs).max().orElseThrow();
        double sum = Arrays.stream(logs).map(log -> Math.exp(log - largest)).sum();
        return Arrays.stream(logs).map(log -> Math.exp(log - largest) / sum).toArray();
    }

    private static int[] all(int n) {
        return IntStream.range(0, n).toArray();
    }

    private static Small knapsack() {
        int[] weights = {7, 3, 9, 4, 6, 2, 8, 5, 3, 10};
        SparseVector row =
                SparseVector.of(all(10), Arrays.stream(weights).asDoubleStream().toArray());
        ConstraintSet set = ConstraintSet.builder(10)
                .box(0, 1)
                .allInteger()
                .row("capacity", row, Double.NEGATIVE_INFINITY, 27)
                .build();
        return new Small(set, new int[] {1, 1, 0, 1, 0, 1, 0, 1, 1, 0}, List.of(), 0.7);
    }

    /** Four people with one of three shifts each, no shift for more than two. */
    private static Small assignment() {
        ConstraintSet.Builder builder = ConstraintSet.builder(12).box(0, 1).allInteger();
        for (int i = 0; i < 4; i++) {
            builder.row(
                    "person " + i,
                    SparseVector.of(new int[] {3 * i, 3 * i + 1, 3 * i + 2}, new double[] {1, 1, 1}),
                    1,
                    1);
        }
        for (int s = 0; s < 3; s++) {
            builder.row(
                    "shift " + s, SparseVector.of(new int[] {s, s + 3, s + 6, s + 9}, new double[] {1, 1, 1, 1}), 0, 2);
        }
        return new Small(builder.build(), new int[] {1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1}, List.of(), 0.5);
    }

    private static Small integerBox() {
        ConstraintSet set = ConstraintSet.builder(3)
                .box(0, 5)
                .allInteger()
                .row("most", SparseVector.of(all(3), new double[] {1, 2, 1}), Double.NEGATIVE_INFINITY, 9)
                .row("difference", SparseVector.of(new int[] {0, 2}, new double[] {1, -1}), -3, 2)
                .build();
        return new Small(set, new int[] {2, 3, 0}, List.of(), 0.6);
    }

    /** The six monotone paths on a grid of three by three nodes, whose flow only whole differences of paths keep. */
    private static Small paths() {
        ConstraintSet.Builder builder = ConstraintSet.builder(12).box(0, 1).allInteger(); // 6 to the right, then 6 down
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++) {
                SparseVector flow = SparseVector.zero();
                flow = c < 2 ? flow.plus(SparseVector.unit(2 * r + c, 1)) : flow;
                flow = c > 0 ? flow.plus(SparseVector.unit(2 * r + c - 1, -1)) : flow;
                flow = r < 2 ? flow.plus(SparseVector.unit(6 + 3 * r + c, 1)) : flow;
                flow = r > 0 ? flow.plus(SparseVector.unit(6 + 3 * (r - 1) + c, -1)) : flow;
                double net = r + c == 0 ? 1 : r + c == 4 ? -1 : 0;
                builder.row("node " + r + "," + c, flow, net, net);
            }
        }
        Small unknown = new Small(builder.build(), new int[] {1, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1}, List.of(), 0.4);
        return new Small(unknown.set(), unknown.optimum(), unknown.listed(), 0.4);
    }

    private static void visitsMatch(Small small) {
        List<int[]> feasible = small.listed();
        double[] expected = small.stationary(feasible);
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < feasible.size(); i++) {
            numbers.put(Arrays.toString(feasible.get(i)), i);
        }
        double[] visited = new double[feasible.size()];
        try (NDManager scope = NDManager.newBaseManager()) {
            Draws draws = small.draw(scope, new SplittableRandom(5));
            float[] a = draws.candidates().toFloatArray();
            float[] log = draws.logDensity().toFloatArray();
            float[] expectedLog = new float[log.length];
            for (int m = 0; m < log.length; m++) {
                int[] values = new int[small.decisions()];
                for (int j = 0; j < values.length; j++) {
                    values[j] = (int) a[m * values.length + j];
                }
                Integer number = numbers.get(Arrays.toString(values));
                if (number == null) {
                    throw new AssertionError(Arrays.toString(values) + " is not feasible");
                }
                visited[number] += 1.0 / log.length;
                expectedLog[m] = (float) (-small.beta() * distance(values, small.optimum()));
            }
            assertThat(log).isEqualTo(expectedLog);
        }
        double[] uniform = new double[feasible.size()];
        Arrays.fill(uniform, 1.0 / uniform.length);
        // Of n independent draws from K equally likely decisions it would be about √(K / (2π n)).
        double noise = 2 * Math.sqrt(feasible.size() / (2 * Math.PI * BATCH * SAMPLES));
        assertThat(totalVariation(visited, expected)).isLessThan(Math.max(noise, 0.01));
        assertThat(totalVariation(visited, uniform)).isGreaterThan(5 * Math.max(noise, 0.01));
    }

    private static double totalVariation(double[] p, double[] q) {
        return IntStream.range(0, p.length)
                .mapToDouble(i -> Math.abs(p[i] - q[i]) / 2)
                .sum();
    }

    @Test
    void knapsacksAreVisitedAsOftenAsTheyShould() {
        visitsMatch(knapsack());
    }

    @Test
    void assignmentsAreVisitedAsOftenAsTheyShould() {
        visitsMatch(assignment());
    }

    @Test
    void wholeNumbersAreVisitedAsOftenAsTheyShould() {
        visitsMatch(integerBox());
    }

    @Test
    void pathsAreVisitedAsOftenAsTheyShould() {
        visitsMatch(paths());
    }

    /** By how many standard errors the estimate of E_q[a] is off at most, with the weights and with log π left out of them. */
    private static double[] errors(Small small) {
        int d = small.decisions();
        double[] cost = new Random(3).doubles(d, -1.5, 1.5).toArray();
        List<int[]> feasible = small.listed();
        double[] q = normalised(feasible.stream()
                .mapToDouble(a ->
                        -IntStream.range(0, d).mapToDouble(j -> cost[j] * a[j]).sum())
                .toArray());
        double[] exact = new double[d];
        for (int i = 0; i < q.length; i++) {
            for (int j = 0; j < d; j++) {
                exact[j] += q[i] * feasible.get(i)[j];
            }
        }
        try (NDManager scope = NDManager.newBaseManager()) {
            Draws draws = small.draw(scope, new SplittableRandom(11));
            NDArray a = draws.candidates();
            float[] floats = new float[d];
            for (int j = 0; j < d; j++) {
                floats[j] = (float) -cost[j];
            }
            NDArray logTarget = a.mul(scope.create(floats)).sum(new int[] {2}, true);
            return new double[] {
                worst(a, ImportanceWeights.of(logTarget, draws.logDensity()), exact),
                worst(a, ImportanceWeights.of(logTarget, draws.logDensity().zerosLike()), exact)
            };
        }
    }

    private static double worst(NDArray a, ImportanceWeights weights, double[] exact) {
        float[] means = a.mul(weights.weights()).sum(new int[] {1}).toFloatArray(); // (B, d), independent rows
        double worst = 0;
        for (int j = 0; j < exact.length; j++) {
            double sum = 0;
            double squares = 0;
            for (int b = 0; b < BATCH; b++) {
                double value = means[b * exact.length + j];
                sum += value;
                squares += value * value;
            }
            double mean = sum / BATCH;
            double error = Math.sqrt((squares / BATCH - mean * mean) / (BATCH - 1));
            worst = Math.max(worst, Math.abs(mean - exact[j]) / Math.max(error, 1e-5));
        }
        return worst;
    }

    @Test
    void weightsMakeExpectationsExactAndAreNeededForIt() {
        for (Small small : List.of(knapsack(), assignment(), integerBox(), paths())) {
            double[] errors = errors(small);
            assertThat(errors[0]).isLessThan(3);
            assertThat(errors[1]).isGreaterThan(3);
        }
    }

    @Test
    void theEngineSeedsTheChainsOtherwise() {
        float[][] draws = new float[3][];
        try (NDManager scope = NDManager.newBaseManager()) {
            for (int i = 0; i < draws.length; i++) {
                Engine.getInstance().setRandomSeed(i == 2 ? 8 : 7);
                draws[i] = knapsack().draw(scope, null).candidates().toFloatArray();
            }
        }
        assertThat(draws[1]).isEqualTo(draws[0]);
        assertThat(draws[2]).isNotEqualTo(draws[0]);
    }

    @Test
    void whatMovesCannotKnowIsRefused() {
        ConstraintSet.Builder builder =
                ConstraintSet.builder(3).box(0, 1).integer(0).integer(1);
        ConstraintSet set = builder.row("pair", SparseVector.of(all(3), new double[] {1, 1, 1}), 0, 2)
                .build();
        assertThat(LocalMovesProposal.support(set, all(3)).reason()).contains("decision 2 is continuous");
        assertThat(LocalMovesProposal.support(set, all(2)).reason())
                .contains("row pair connects the decisions to variable 2");
    }

    @Test
    void startsThatAreNotFeasibleAreReported() {
        ConstraintSet set = knapsack().set();
        LocalMoves moves = LocalMoves.of(10);
        LocalMovesProposal proposal = new LocalMovesProposal(set, all(10), List.of(), moves);
        try (NDManager scope = NDManager.newBaseManager()) {
            NDArray everything = scope.ones(new Shape(1, 10));
            assertThatThrownBy(() -> proposal.draw(everything, 2, scope))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("row 0 of a step is not feasible");
            assertThatThrownBy(() -> proposal.draw(everything.mul(0.5), 2, scope))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("no integer");
        }
        int[] ones = new int[10];
        Arrays.fill(ones, 1);
        assertThatThrownBy(() -> new LocalMovesProposal(set, all(10), List.of(ones), moves))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Known decision 0");
    }

    @Test
    void defaultsAreInTheirRanges() {
        for (int d : new int[] {1, 2, 400}) {
            assertThat(LocalMoves.of(d).beta()).isGreaterThanOrEqualTo(0.5);
        }
        assertThatThrownBy(() -> new LocalMoves(0, 0, 1)).hasMessageContaining("positive β");
    }
}
