package org.soebm.runtime.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.soebm.api.cost.AffineResidual.decision;
import static org.soebm.api.cost.AffineResidual.parameter;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.NativeModel;
import org.soebm.api.cost.CostFunction;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolveListener;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.task.DataException;
import org.soebm.api.task.Table;
import org.soebm.runtime.digest.Sha256;
import org.soebm.runtime.fixture.CoordinateSolverProvider;
import org.soebm.runtime.fixture.TableRows;

class HindsightDecisionsTest {
    /** f = (y₀ − a)² on a ∈ [0, 1]: a* is y₀, brought into the interval. */
    private static final PenaltyCost DISTANCE = distance(1);

    private static final ConstraintSet UNIT = ConstraintSet.builder(1).box(0, 1).build();

    /** f = y₀·a on a ≥ 0: no bound where y₀ is negative. */
    private static final PenaltyCost PRICE =
            PenaltyCost.builder(1, 1).bilinear(0, 0, 1).build();

    private static final ConstraintSet POSITIVE =
            ConstraintSet.builder(1).nonNegative().build();

    private final CoordinateSolverProvider provider = new CoordinateSolverProvider();

    @TempDir
    Path folder;

    private static PenaltyCost distance(double weight) {
        return PenaltyCost.builder(1, 1)
                .square(weight, parameter(0).minus(decision(0)))
                .build();
    }

    private static Table parameters(double... values) {
        double[][] rows = new double[values.length][];
        for (int i = 0; i < values.length; i++) {
            rows[i] = new double[] {values[i]};
        }
        return Table.of(List.of("y0"), rows);
    }

    private HindsightDecisions decisions(CostFunction cost, ConstraintSet constraints, SolverOptions options) {
        ArgminSolver solver = provider.create(options);
        return new HindsightDecisions(cost, constraints, provider, solver);
    }

    private Hindsight solveCached(
            PenaltyCost cost, ConstraintSet constraints, SolverOptions options, Table parameters) {
        return decisions(cost, constraints, options)
                .withCache(new DecisionCache(folder))
                .solve(parameters, SolveListener.NONE, Cancellation.NEVER);
    }

    @Test
    void everyAskedRowIsSolvedInTheOrderAskedFor() {
        AtomicInteger heard = new AtomicInteger();
        Hindsight hindsight = decisions(DISTANCE, UNIT, SolverOptions.DEFAULT)
                .solve(
                        parameters(0.25, 7, 0.75, -3),
                        new int[] {3, 2, 0},
                        (i, decision) -> heard.incrementAndGet(),
                        Cancellation.NEVER);
        assertThat(hindsight.rows()).containsExactly(3, 2, 0);
        assertThat(TableRows.of(hindsight.decisions())).hasDimensions(3, 1);
        assertThat(hindsight.decisions().get(0, 0)).isCloseTo(0, within(1e-9));
        assertThat(hindsight.decisions().get(1, 0)).isCloseTo(0.75, within(1e-9));
        assertThat(hindsight.decisions().get(2, 0)).isCloseTo(0.25, within(1e-9));
        assertThat(hindsight.skipped()).isEmpty();
        assertThat(heard).hasValue(3);
    }

    @Test
    void aRowWithoutADecisionStopsTheRunAndIsNamed() {
        HindsightDecisions decisions = decisions(PRICE, POSITIVE, SolverOptions.DEFAULT.withThreads(1));
        assertThatThrownBy(() -> decisions.solve(parameters(1, 2, -3, 4, 5), SolveListener.NONE, Cancellation.NEVER))
                .isInstanceOf(UnsolvedRowException.class)
                .hasMessage("Row 2 (counted from 0) has no optimal decision: the solver answers UNBOUNDED"
                        + " (decision 0 has no bound).")
                .extracting(failure -> ((UnsolvedRowException) failure).row())
                .isEqualTo(2);
        assertThat(provider.solves).as("rows after the bad one are not solved").hasValue(3);
    }

    @Test
    void rowsWithoutADecisionAreLeftOutOnRequestAndNotCached() {
        HindsightDecisions decisions = decisions(PRICE, POSITIVE, SolverOptions.DEFAULT)
                .withCache(new DecisionCache(folder))
                .skippingUnsolvable(true);
        Hindsight hindsight = decisions.solve(parameters(1, -2, 3, -4), SolveListener.NONE, Cancellation.NEVER);
        assertThat(hindsight.rows()).containsExactly(0, 2);
        assertThat(TableRows.of(hindsight.decisions())).hasDimensions(2, 1);
        assertThat(hindsight.skipped()).extracting(Hindsight.SkippedRow::row).containsExactly(1, 3);
        assertThat(hindsight.skipped().get(0).reason()).contains("UNBOUNDED");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theSameProblemsAreSolvedOnce() {
        Table parameters = parameters(0.1, 0.2, 0.3);
        Hindsight first = solveCached(DISTANCE, UNIT, SolverOptions.DEFAULT, parameters);
        Hindsight second = solveCached(DISTANCE, UNIT, SolverOptions.DEFAULT.withThreads(1), parameters);
        assertThat(first.cached()).isFalse();
        assertThat(second.cached()).isTrue();
        assertThat(TableRows.of(second.decisions())).isDeepEqualTo(TableRows.of(first.decisions()));
        assertThat(provider.solves).hasValue(3);
    }

    @Test
    void anyChangeOfTaskSolverOrDataIsSolvedAnew() {
        Table parameters = parameters(0.1, 0.2, 0.3);
        SolverOptions options = SolverOptions.DEFAULT;
        solveCached(DISTANCE, UNIT, options, parameters);
        ConstraintSet other = ConstraintSet.builder(1).box(0, Math.nextUp(1.0)).build();
        assertThat(Stream.of(
                        solveCached(distance(1.5), UNIT, options, parameters),
                        solveCached(DISTANCE, other, options, parameters),
                        solveCached(DISTANCE, UNIT, options.withTolerance(1e-7), parameters),
                        solveCached(DISTANCE, UNIT, options.withSeed(1), parameters),
                        solveCached(DISTANCE, UNIT, options, parameters(0.1, 0.2, Math.nextUp(0.3))),
                        solveCached(DISTANCE, UNIT, options, parameters(0.2, 0.1, 0.3)),
                        solveCached(DISTANCE, UNIT, options, parameters(0.1, 0.2))))
                .noneMatch(Hindsight::cached);
    }

    @Test
    void aDamagedCacheFileIsSolvedAnewAndReplaced() throws IOException {
        Table parameters = parameters(0.1, 0.2, 0.3);
        Hindsight first = solveCached(DISTANCE, UNIT, SolverOptions.DEFAULT, parameters);
        Path file;
        try (Stream<Path> files = Files.list(folder)) {
            file = files.findFirst().orElseThrow();
        }
        byte[] good = Files.readAllBytes(file);
        byte[] flipped = good.clone();
        flipped[good.length / 2] ^= 1;
        byte[] truncated = Arrays.copyOf(good, good.length - 1);
        for (byte[] bad : List.of(flipped, truncated, new byte[0], new byte[good.length])) {
            Files.write(file, bad);
            Hindsight again = solveCached(DISTANCE, UNIT, SolverOptions.DEFAULT, parameters);
            assertThat(again.cached()).isFalse();
            assertThat(TableRows.of(again.decisions())).isDeepEqualTo(TableRows.of(first.decisions()));
            assertThat(file).hasBinaryContent(good);
        }
    }

    @Test
    void decisionsThatALimitCutShortAreNotKept() {
        for (int run = 0; run < 2; run++) {
            assertThat(solveFeasible("out of time").cached()).isFalse();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void decisionsOfASearchThatEndedByItselfAreKept() {
        assertThat(solveFeasible("").cached()).isFalse();
        assertThat(solveFeasible("").cached()).isTrue();
    }

    @Test
    void decisionsOverAModelThatCannotTellItsChangesAreNotKept() {
        for (String fingerprint : new String[] {"", "v1"}) {
            ConstraintSet set = ConstraintSet.builder(1)
                    .box(0, 1)
                    .nativeModel(new Roster(fingerprint))
                    .build();
            for (int run = 0; run < 2; run++) {
                Hindsight hindsight = new HindsightDecisions(
                                DISTANCE, set, provider, provider.create(SolverOptions.DEFAULT))
                        .withCache(new DecisionCache(folder))
                        .solve(parameters(0.1, 0.2), SolveListener.NONE, Cancellation.NEVER);
                assertThat(hindsight.cached()).isEqualTo(run == 1 && !fingerprint.isEmpty());
            }
        }
    }

    private record Roster(String fingerprint) implements NativeModel {
        @Override
        public String solver() {
            return CoordinateSolverProvider.NAME;
        }

        @Override
        public String description() {
            return "a roster";
        }
    }

    private Hindsight solveFeasible(String message) {
        ArgminSolver search = answering(
                provider.create(SolverOptions.DEFAULT),
                decision -> new Decision(
                        decision.values(),
                        new double[0],
                        decision.cost(),
                        SolveStatus.FEASIBLE,
                        decision.solveTime(),
                        message));
        return new HindsightDecisions(DISTANCE, UNIT, provider, search)
                .withCache(new DecisionCache(folder))
                .solve(parameters(0.1, 0.2), SolveListener.NONE, Cancellation.NEVER);
    }

    @RepeatedTest(5)
    void theFirstUnsolvableRowIsNamedWhateverThreadIsFaster() {
        ArgminSolver slowAtFirst = answering(provider.create(SolverOptions.DEFAULT.withThreads(4)), decision -> {
            if (decision.message().isEmpty()) {
                return decision;
            }
            pause(ThreadLocalRandom.current().nextInt(20));
            return decision;
        });
        HindsightDecisions decisions = new HindsightDecisions(PRICE, POSITIVE, provider, slowAtFirst);
        assertThatThrownBy(
                        () -> decisions.solve(parameters(1, -2, -3, -4, -5, 6), SolveListener.NONE, Cancellation.NEVER))
                .isInstanceOf(UnsolvedRowException.class)
                .hasMessageStartingWith("Row 1 ");
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ArgminSolver answering(ArgminSolver solver, UnaryOperator<Decision> change) {
        return new ArgminSolver() {
            @Override
            public Decision solve(ArgminProblem problem, Cancellation cancellation) {
                return change.apply(solver.solve(problem, cancellation));
            }

            @Override
            public SolverOptions options() {
                return solver.options();
            }

            @Override
            public void close() {
                solver.close();
            }
        };
    }

    @Test
    void cachedValuesThatAreNotFeasibleAreNotBelieved() throws IOException {
        DecisionCache cache = new DecisionCache(folder);
        cache.write("k", TableRows.decisions(new double[][] {{0.5}, {1.5}}));
        assertThat(cache.read("k", 2, UNIT)).isNull();
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            writeCached(0.5, value);
            assertThat(cache.read("k", 2, POSITIVE)).isNull();
        }
        writeCached(0.5, 1);
        assertThat(cache.read("k", 2, UNIT)).isNotNull();
        cache.write("k", TableRows.decisions(new double[][] {{0.5}, {1}}));
        assertThat(TableRows.of(Objects.requireNonNull(cache.read("k", 2, UNIT))))
                .isDeepEqualTo(new double[][] {{0.5}, {1}});
    }

    /** A file of one variable a row whose digest is right, whatever the values. */
    private void writeCached(double... values) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(2 * Integer.BYTES + values.length * Double.BYTES);
        content.putInt(values.length).putInt(1);
        for (double value : values) {
            content.putDouble(value);
        }
        byte[] digest = Sha256.start().digest(content.array());
        Files.write(
                folder.resolve("hindsight-k.bin"),
                ByteBuffer.allocate(content.capacity() + digest.length)
                        .put(content.array())
                        .put(digest)
                        .array());
    }

    @Test
    void moreRowsThanAreSolvedAtATimeComeBackInOrderAndFromTheCacheWhereverTablesAre() {
        int rows = 20_000;
        double[] values = new Random(1).doubles(rows).toArray();
        Table expected = parameters(values);
        for (String mebibytes : List.of("64", "0.01")) {
            System.setProperty(Table.MEMORY_PROPERTY, mebibytes);
            try {
                BitSet heard = new BitSet();
                Hindsight solved = decisions(DISTANCE, UNIT, SolverOptions.DEFAULT)
                        .withCache(new DecisionCache(folder))
                        .solve(
                                parameters(values),
                                (row, decision) -> {
                                    synchronized (heard) {
                                        heard.set(row);
                                    }
                                },
                                Cancellation.NEVER);
                assertThat(solved.cached()).isEqualTo(mebibytes.equals("0.01"));
                assertThat(solved.cached() || heard.cardinality() == rows).isTrue();
                assertThat(solved.rows()).hasSize(rows);
                solved.decisions()
                        .forEachRow((row, a) -> assertThat(a[0]).isCloseTo(expected.get(row, 0), within(1e-9)));
            } finally {
                System.clearProperty(Table.MEMORY_PROPERTY);
            }
        }
    }

    @Test
    void theFirstRowWithoutADecisionIsNamedThoughItIsNotAmongTheFirstSolved() {
        double[] values = new double[20_000];
        Arrays.fill(values, 1);
        values[9_000] = -1;
        values[9_001] = -1;
        values[19_000] = -1;
        assertThatThrownBy(() -> decisions(PRICE, POSITIVE, SolverOptions.DEFAULT)
                        .solve(parameters(values), SolveListener.NONE, Cancellation.NEVER))
                .isInstanceOf(UnsolvedRowException.class)
                .hasMessageStartingWith("Row 9000 (counted from 0)");
        assertThat(provider.solves.get()).isLessThan(19_000);
    }

    @Test
    void aCacheFolderThatCannotBeWrittenToIsNoError() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        Hindsight hindsight = decisions(DISTANCE, UNIT, SolverOptions.DEFAULT)
                .withCache(new DecisionCache(file.resolve("cache")))
                .solve(parameters(0.5), SolveListener.NONE, Cancellation.NEVER);
        assertThat(TableRows.of(hindsight.decisions())).hasDimensions(1, 1);
    }

    @Test
    void cancellationEndsTheRun() {
        assertThatThrownBy(() -> decisions(DISTANCE, UNIT, SolverOptions.DEFAULT)
                        .solve(parameters(0.5), SolveListener.NONE, () -> true))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void otherWidthsAreRefused() {
        assertThatThrownBy(() -> decisions(DISTANCE, UNIT, SolverOptions.DEFAULT)
                        .solve(Table.of(List.of("a", "b"), new double[1][2]), SolveListener.NONE, Cancellation.NEVER))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("2 columns", "1 uncertain parameters");
    }

    @Test
    void numbersThatOverflowNameTheirRow() {
        assertThatThrownBy(() -> decisions(
                                PenaltyCost.builder(1, 1)
                                        .square(1, parameter(0).times(10).minus(decision(0)))
                                        .build(),
                                UNIT,
                                SolverOptions.DEFAULT)
                        .solve(parameters(0.5, 1e308), SolveListener.NONE, Cancellation.NEVER))
                .isInstanceOf(UnsolvedRowException.class)
                .hasMessageContaining("Row 1");
    }

    /** (a − y)² as tensor code, with or without a fingerprint. */
    private record TensorDistance(String fingerprint) implements CostFunction {
        @Override
        public int parameterCount() {
            return 1;
        }

        @Override
        public int decisionCount() {
            return 1;
        }

        @Override
        public NDArray cost(NDArray parameters, NDArray decisions) {
            return decisions.sub(parameters).square().sum(new int[] {-1});
        }
    }

    @Test
    void tensorCodeIsSolvedByItsGradients() {
        Hindsight hindsight = decisions(new TensorDistance(""), UNIT, SolverOptions.DEFAULT.withThreads(4))
                .solve(parameters(0.25, 7, 0.75, -3), SolveListener.NONE, Cancellation.NEVER);
        double[] expected = {0.25, 1, 0.75, 0};
        for (int row = 0; row < expected.length; row++) {
            assertThat(hindsight.decisions().get(row, 0)).isCloseTo(expected[row], within(1e-9));
        }
    }

    @Test
    void tensorCodeIsCachedOnlyIfItHasAFingerprint() {
        for (String fingerprint : List.of("", "v1", "v1", "v2")) {
            decisions(new TensorDistance(fingerprint), UNIT, SolverOptions.DEFAULT)
                    .withCache(new DecisionCache(folder))
                    .solve(parameters(0.5), SolveListener.NONE, Cancellation.NEVER);
        }
        assertThat(provider.solves).hasValue(3); // the second "v1" comes from the cache
    }
}
