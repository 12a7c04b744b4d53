package org.soebm.runtime.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.soebm.api.solver.ArgminSolvers;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.task.DataException;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.Table;
import org.soebm.api.task.Task;
import org.soebm.api.task.Tasks;
import org.soebm.api.task.TrainingSchedule;
import org.soebm.runtime.data.Standardizer;
import org.soebm.runtime.fixture.CoordinateSolverProvider;
import org.soebm.runtime.fixture.NewsvendorTaskProvider;
import org.soebm.runtime.network.Architecture;
import org.soebm.runtime.network.GaussianPredictor;
import org.soebm.runtime.objective.DecisionRule;
import org.soebm.runtime.objective.StochasticProblem;

class DecisionModelTest {
    private static final TrainingData RANGES =
            new TrainingData("nothing at all", 3, new double[] {-1, 4}, new double[] {1, 4});

    private static final double[][] FEATURES = {{0.3, -1}, {2, 0.5}};

    /** Each schedule another, so that none is taken for another. */
    private static final HyperParameters HYPER_PARAMETERS = new NewsvendorTaskProvider()
            .create()
            .hyperParameters()
            .with(HyperParameters.Phase.POLICY, new TrainingSchedule(77, 31, 0.3, 0.2, 0.1, 9, 8));

    @TempDir
    Path folder;

    private double[][] decisions;

    @BeforeEach
    void saveAModel() {
        Task task = new NewsvendorTaskProvider().create();
        Engine.getInstance().setRandomSeed(1);
        try (GaussianPredictor predictor = new GaussianPredictor(
                new Architecture(2, 2, task.network()),
                Standardizer.of(new double[] {0.5, 0}, new double[] {1, 2}),
                Standardizer.of(new double[] {5, 5}, new double[] {1, 1}),
                Device.cpu())) {
            DecisionModel.save(
                    folder,
                    task,
                    new TrainingDescription(
                            "so-ebm",
                            DecisionRule.EXPECTED_COST,
                            7,
                            HYPER_PARAMETERS,
                            List.of("x0", "x1"),
                            List.of("y0", "y1"),
                            RANGES),
                    predictor);
            DecisionMaker maker = new DecisionMaker(
                    StochasticProblem.of(task, task.hyperParameters()),
                    new CoordinateSolverProvider().create(SolverOptions.DEFAULT));
            decisions = maker.decide(predictor, Table.of(List.of("x0", "x1"), FEATURES)).stream()
                    .map(Decision::values)
                    .toArray(double[][]::new);
        }
    }

    private DecisionModel load() {
        return DecisionModel.load(
                folder,
                Tasks.of(List.of(new NewsvendorTaskProvider())),
                ArgminSolvers.of(List.of(new CoordinateSolverProvider())),
                null,
                SolverOptions.DEFAULT,
                Device.cpu());
    }

    /** Edits the description as somebody would who knows of its digest. */
    private void edit(UnaryOperator<String> change) throws IOException {
        Path file = folder.resolve("model.json");
        String text = Files.readString(file);
        String unsealed = text.substring(0, text.indexOf(",\n  \"sha256\"")) + "\n}";
        Files.writeString(file, ModelFolder.sealed(change.apply(unsealed)), StandardCharsets.UTF_8);
    }

    private void replace(String old, String by) throws IOException {
        edit(text -> {
            assertThat(text).contains(old);
            return text.replace(old, by);
        });
    }

    private void assertRefused(String... parts) {
        assertThatThrownBy(() -> load().close())
                .isInstanceOf(ModelException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(parts).doesNotContain("\n"));
    }

    @Test
    void aLoadedModelDecidesAsTheSavedOne() {
        try (DecisionModel model = load()) {
            assertThat(model.decide(FEATURES[0]).values()).isEqualTo(decisions[0]);
            assertThat(model.decide(FEATURES[1]).values()).isEqualTo(decisions[1]);
            assertThat(decisions[0]).isNotEqualTo(decisions[1]);
            assertThat(model.description().seed()).isEqualTo(7);
            assertThat(model.description().hyperParameters()).isEqualTo(HYPER_PARAMETERS);
            assertThat(model.description().trainedOn())
                    .usingRecursiveComparison()
                    .isEqualTo(RANGES);
        }
    }

    /** The newsvendor's cost by its definition, integrated over the predicted Gaussian. */
    @Test
    void aDecisionComesWithItsExpectedCostAndTheQuantilesOfItsCost() {
        try (DecisionModel model = load()) {
            DecisionForecast forecast = model.decideWithCosts(FEATURES[0]);
            assertThat(forecast.decision().values()).isEqualTo(decisions[0]);
            CostForecast costs = forecast.costs();
            assertThat(costs.expected()).isCloseTo(forecast.decision().cost(), within(1e-9));
            double mean = Arrays.stream(costs.samples()).average().getAsDouble();
            assertThat(mean).isCloseTo(costs.expected(), within(0.02 * costs.expected()));
            assertThat(costs.quantile(0)).isNotNegative().isLessThan(costs.quantile(0.05));
            assertThat(costs.quantile(0.5)).isBetween(costs.quantile(0.25), costs.quantile(0.75));

            CostForecast far = model.costs(FEATURES[0], new double[] {0, 0});
            assertThat(far.expected()).isGreaterThan(costs.expected());
            // Nothing is ordered, so the cost is the price of a shortage times a Gaussian, whose median is its mean.
            assertThat(far.quantile(0.5)).isCloseTo(far.expected(), within(0.02 * far.expected()));
            assertThatThrownBy(() -> model.costs(FEATURES[0], new double[3]))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("There are 3 decisions, but task newsvendor has 2");
        }
    }

    @Test
    void drawsOfDecisionsAreFeasibleTheSameInEachCallAndScatterAboutTheOptimum() {
        try (DecisionModel model = load()) {
            double[][] draws = model.sampleDecisions(FEATURES[0], 2000);
            assertThat(draws).isDeepEqualTo(model.sampleDecisions(FEATURES[0], 2000));
            assertThat(draws[0]).isNotEqualTo(model.sampleDecisions(FEATURES[0], 1, 9)[0]);
            assertThat(Arrays.stream(draws))
                    .allMatch(a -> model.problem().constraints().isFeasible(a, 1e-9));
            // E_q E - E* = T d/2 for a quadratic energy; this one is near to that.
            double optimum = model.decideWithCosts(FEATURES[0]).costs().expected();
            double excess = Arrays.stream(draws)
                            .mapToDouble(a -> model.costs(FEATURES[0], a).expected())
                            .average()
                            .getAsDouble()
                    - optimum;
            double temperature =
                    model.description().hyperParameters().settings().temperature();
            assertThat(excess / temperature).isBetween(0.5, 2.0);
        }
    }

    @Test
    void aFeatureIsFarWhereItIsFartherBeyondTheRangeThanThatIsWide() {
        assertThat(RANGES.farFeature(new double[] {2.9, 4})).isEqualTo(-1);
        assertThat(RANGES.farFeature(new double[] {3.1, 4})).isZero();
        assertThat(RANGES.farFeature(new double[] {-3.1, 4})).isZero();
        assertThat(RANGES.farFeature(new double[] {0, 4.1})).isOne();
        TrainingData measured = TrainingData.of("rows", Table.of(List.of("p", "q"), new double[][] {{1, 7}, {-2, 5}}));
        assertThat(measured)
                .usingRecursiveComparison()
                .isEqualTo(new TrainingData("rows", 2, new double[] {-2, 5}, new double[] {1, 7}));
    }

    @Test
    void featuresThatAreNoRowAreRefused() {
        try (DecisionModel model = load()) {
            assertThatThrownBy(() -> model.decide(new double[1]))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("There are 1 features, but the model was trained on 2");
            assertThatThrownBy(() -> model.decide(new double[] {0, Double.NaN}))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("The feature x1 is NaN");
        }
    }

    /** How many are decided says the system property soebm.test.decisions; by default few. */
    @Test
    void decisionsOfManyThreadsAreThoseOfOne() throws Exception {
        int calls = Integer.getInteger("soebm.test.decisions", 4_000);
        int threads = 8;
        double[][] features = new Random(5)
                .doubles(2 * 64, -2, 2)
                .boxed()
                .collect(Collectors.collectingAndThen(Collectors.toList(), all -> {
                    double[][] rows = new double[64][2];
                    for (int i = 0; i < all.size(); i++) {
                        rows[i / 2][i % 2] = all.get(i);
                    }
                    return rows;
                }));
        try (DecisionModel model = load()) {
            double[][] alone =
                    Arrays.stream(features).map(x -> model.decide(x).values()).toArray(double[][]::new);
            AtomicInteger wrong = new AtomicInteger();
            AtomicInteger next = new AtomicInteger();
            long start = System.nanoTime();
            AtomicReference<Footprint> afterTenth = new AtomicReference<>();
            inThreads(threads, () -> {
                for (int i = next.getAndIncrement(); i < calls; i = next.getAndIncrement()) {
                    if (i == calls / 10) {
                        afterTenth.set(Footprint.now());
                    }
                    int row = i % features.length;
                    if (!Arrays.equals(model.decide(features[row]).values(), alone[row])) {
                        wrong.incrementAndGet();
                    }
                }
            });
            assertThat(wrong).hasValue(0);
            assertThat(next.get()).isGreaterThanOrEqualTo(calls);
            Footprint before = afterTenth.get();
            Footprint after = Footprint.now();
            System.out.printf(
                    Locale.ROOT,
                    "%d decisions in %d threads: %.0f s; after a tenth of them %s, at the end %s%n",
                    calls,
                    threads,
                    (System.nanoTime() - start) * 1e-9,
                    before,
                    after);
            assertThat(after.files()).as("open files").isLessThanOrEqualTo(before.files() + 5);
            assertThat(after.threads()).as("threads").isLessThanOrEqualTo(before.threads() + 5);
            assertThat(after.residentMebibytes()).as("memory").isLessThan(before.residentMebibytes() + 300);
        }
    }

    /** What the process holds; zeros where the system does not tell as Linux does. */
    private record Footprint(int files, int threads, long residentMebibytes) {
        static Footprint now() {
            Path self = Path.of("/proc/self");
            if (!Files.isDirectory(self.resolve("fd"))) {
                return new Footprint(0, 0, 0);
            }
            try (Stream<Path> files = Files.list(self.resolve("fd"));
                    Stream<Path> threads = Files.list(self.resolve("task"));
                    Stream<String> status = Files.lines(self.resolve("status"))) {
                long resident = status.filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                        .sum();
                return new Footprint((int) files.count(), (int) threads.count(), resident);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void sixteenThreadsDecideWhileTheModelIsReloadedAndClosed() throws Exception {
        ReloadableModel model = ReloadableModel.of(this::load);
        AtomicInteger decided = new AtomicInteger();
        AtomicBoolean closed = new AtomicBoolean();
        Thread reloading = new Thread(() -> {
            for (int i = 0; i < 15; i++) {
                model.reload();
            }
            closed.set(true);
            model.close();
        });
        reloading.start();
        inThreads(16, () -> {
            try {
                while (true) {
                    double[] values =
                            model.ask(current -> current.decide(FEATURES[0])).values();
                    assertThat(values).isEqualTo(decisions[0]);
                    decided.incrementAndGet();
                }
            } catch (ClosedModelException e) {
                assertThat(closed).isTrue();
            }
        });
        reloading.join();
        assertThat(decided.get()).isPositive();
    }

    @Test
    void aModelThatCannotBeReloadedLeavesTheOldOne() throws IOException {
        try (ReloadableModel model = ReloadableModel.of(this::load)) {
            Files.delete(folder.resolve("parameters.bin"));
            assertThatThrownBy(model::reload).isInstanceOf(ModelException.class);
            assertThat(model.ask(current -> current.decide(FEATURES[0])).values())
                    .isEqualTo(decisions[0]);
        }
    }

    /** Runs the same in many threads, and fails as any of them does. */
    private static void inThreads(int count, Runnable work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(count);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                running.add(executor.submit(work));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            executor.shutdownNow();
        }
    }

    /** The task has as many decisions as parameters, so the same network passes for one that predicts decisions. */
    @Test
    void aModelThatPredictsDecisionsDecidesTheNearestFeasibleOnes() throws IOException {
        replace("\"EXPECTED_COST\"", "\"PROJECTION\"");
        replace("5.0,\n      5.0", "50.0,\n      5.0");
        try (DecisionModel model = load()) {
            double[] decision = model.decide(FEATURES[0]).values();
            assertThat(decision[0]).isCloseTo(10, within(1e-6)); // of [0, 10]
            assertThat(decision[1]).isBetween(3.0, 7.0);
            assertThat(decision[1]).isNotCloseTo(decisions[0][1], within(1e-3));
        }
    }

    @Test
    void aModelThatPredictsTooManyQuantitiesForItsTaskIsRefused() {
        Task task = new NewsvendorTaskProvider().create();
        try (GaussianPredictor wide = new GaussianPredictor(
                new Architecture(2, 3, task.network()),
                Standardizer.of(new double[2], new double[] {1, 1}),
                Standardizer.of(new double[3], new double[] {1, 1, 1}),
                Device.cpu())) {
            for (DecisionRule rule : DecisionRule.values()) {
                DecisionModel.save(
                        folder,
                        task,
                        new TrainingDescription(
                                "other",
                                rule,
                                7,
                                task.hyperParameters(),
                                List.of("x0", "x1"),
                                List.of("u", "v", "w"),
                                RANGES),
                        wide);
                assertRefused("predicts 3 quantities", "newsvendor is decided from 2");
            }
        }
    }

    @Test
    void anEditedNumberIsNoticed() throws IOException {
        Path file = folder.resolve("model.json");
        String text = Files.readString(file);
        assertThat(text).contains("5.0,\n      5.0");
        Files.writeString(file, text.replace("5.0,\n      5.0", "5.0,\n      6.0"));
        assertRefused("model.json is not as it was written");
    }

    @Test
    void filesThatLinkOutOfTheFolderAreNeitherReadNorWritten(@TempDir Path elsewhere) throws IOException {
        for (String name : List.of("model.json", "parameters.bin")) {
            Path file = folder.resolve(name);
            Path outside = Files.copy(file, elsewhere.resolve(name));
            byte[] content = Files.readAllBytes(outside);
            Files.delete(file);
            Files.createSymbolicLink(file, outside);
            assertRefused(name + " is a link that leads out of the folder");
            assertThatThrownBy(this::saveAModel)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(name + " is a link that leads out of the folder");
            assertThat(outside).hasBinaryContent(content);
            Files.delete(file);
            Files.createSymbolicLink(file, elsewhere.resolve("nowhere"));
            assertThatThrownBy(this::saveAModel)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("or nowhere");
            assertThat(elsewhere.resolve("nowhere")).doesNotExist();
            Files.delete(file);
            Files.write(file, content);
        }
        // As volumes of some container platforms do: links that stay within.
        Files.move(folder.resolve("model.json"), folder.resolve("data.json"));
        Files.createSymbolicLink(folder.resolve("model.json"), folder.resolve("data.json"));
        load().close();
    }

    @Test
    void aFolderWithoutAModelIsNamed() throws IOException {
        Files.delete(folder.resolve("model.json"));
        assertRefused("holds no model", folder.toString());
    }

    @Test
    void truncatedWeightsAreNoticed() throws IOException {
        Path weights = folder.resolve("parameters.bin");
        byte[] bytes = Files.readAllBytes(weights);
        Files.write(weights, java.util.Arrays.copyOf(bytes, bytes.length - 4));
        assertRefused("parameters.bin", "truncated");
    }

    @Test
    void aFlippedBitOfTheWeightsIsNoticed() throws IOException {
        Path weights = folder.resolve("parameters.bin");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[17] ^= 4;
        Files.write(weights, bytes);
        assertRefused("parameters.bin", "digest differs");
    }

    @Test
    void aNewerFormatIsRefused() throws IOException {
        replace("\"formatVersion\": 4", "\"formatVersion\": 5");
        assertRefused("format version 5", "another version");
    }

    @Test
    void brokenJsonIsRefused() throws IOException {
        Files.writeString(folder.resolve("model.json"), "{\"formatVersion\": 4, \"task\": ");
        assertRefused("model.json is damaged");
    }

    @Test
    void aMissingPartIsNamed() throws IOException {
        replace("\"weightsSha256\"", "\"somethingElse\"");
        assertRefused("lacks \"weightsSha256\"");
    }

    @Test
    void anotherNetworkThanTheWeightsOnesIsRefused() throws IOException {
        replace("\"hiddenSizes\": [\n      8\n    ]", "\"hiddenSizes\": [\n      9\n    ]");
        assertRefused("not the shapes");
    }

    /** What is done to model.json, and what must be said of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"dropout\": 0.0'|'\"dropout\": 2'|The dropout is 2.0",
                "'\"dropout\": 0.0'|'\"dropout\": null'|'lacks \"network.dropout\"'",
                "'\"dropout\": 0.0'|'\"dropout\": \"much\"'|much",
                "'\"policy\"'|'\"politics\"'|'lacks \"hyperParameters.policy\"'",
                "'\"epochs\": 77'|'\"epochs\": -77'|number of epochs is -77",
                "'\"temperature\": 5.0'|'\"temperature\": -1'|temperature is -1.0",
                "'\"hiddenSizes\"'|'\"sizes\"'|'lacks \"network.hiddenSizes\"'",
                "'\"hiddenSizes\": [\n      8'|'\"hiddenSizes\": [\n      null'|'lacks \"network.hiddenSizes[0]\"'",
                "'\"hiddenSizes\": [\n      8'|'\"hiddenSizes\": [\n      0'|width 0",
                "'\"hiddenSizes\": [\n      8'|'\"hiddenSizes\": [\n      30000000, 30000000'|not the shapes",
                "'\"hiddenSizes\": [\n      8'|'\"hiddenSizes\": [\n      2147483647'|not the shapes",
                "'\"means\": [\n      0.5'|'\"means\": [\n      null'|'lacks \"features.means[0]\"'",
                "'\"means\": [\n      0.5'|'\"means\": [\n      NaN'|mean NaN",
                "'\"means\": [\n      0.5,'|'\"means\": ['|2 names of features",
                "'\"least\": [\n      -1.0'|'\"least\": [\n      9.0'|ranges of its training data",
                "'\"stds\": [\n      1.0'|'\"stds\": [\n      -1.0'|std -1.0",
                "'\"weights\": ['|'\"weights\": [null,'|'lacks \"weights[0]\"'",
                "'\"weights\": ['|'\"weights\": 7, \"others\": ['|is damaged",
                "'\"seed\": 7'|'\"seed\": \"seven\"'|seven",
                "'{\n  \"formatVersion\"'|'[{\n  \"formatVersion\"'|is damaged",
                "'\"EXPECTED_COST\"'|'\"GUESS\"'|'decision rule is \"GUESS\", but must be one of [EXPECTED_COST, PROJECTION]'",
                "'\"EXPECTED_COST\"'|'7'|decision rule is 7",
                "'\"decisionRule\"'|'\"rule\"'|'lacks \"decisionRule\"'",
                "'\"formatVersion\": 4'|'\"formatVersion\": \"one\"'|one"
            })
    void anEditedDescriptionIsRefusedWithTheReason(String old, String by, String reason) throws IOException {
        replace(old, by);
        assertRefused(folder.resolve("model.json").toString(), reason);
    }

    @Test
    void shapesBeyondAnyMemoryAreRefused() throws IOException {
        replace("\"hiddenSizes\": [\n      8", "\"hiddenSizes\": [\n      16777216");
        edit(text -> text.replace("        8,\n        2\n", "        16777216,\n        2\n")
                .replace("        8\n", "        16777216\n")
                .replace("        4,\n        8\n", "        4,\n        16777216\n"));
        assertRefused(folder.toString(), "parameters.bin has ");
        edit(text -> text.replace("        16777216,\n", "        16777216, 16777216, 16777216, 16777216,\n"));
        assertRefused(folder.toString(), "not the shapes");
    }

    @Test
    void aChangedTaskIsRefused() throws IOException {
        String fingerprint = DecisionModel.describe(folder).taskFingerprint();
        replace(fingerprint, fingerprint.substring(1) + "0");
        assertRefused("another version of task newsvendor");
    }

    @Test
    void anUnknownTaskIsNamed() throws IOException {
        replace("\"task\": \"newsvendor\"", "\"task\": \"florist\"");
        assertThatThrownBy(() -> load().close())
                .hasMessageContaining("no task named florist")
                .hasMessageContaining("newsvendor");
    }
}
