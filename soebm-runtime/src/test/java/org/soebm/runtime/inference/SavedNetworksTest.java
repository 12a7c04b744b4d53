package org.soebm.runtime.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.CostFunction;
import org.soebm.api.solver.ArgminSolvers;
import org.soebm.api.task.DataException;
import org.soebm.api.task.EnergySettings;
import org.soebm.api.task.GraphConvolutionSpec;
import org.soebm.api.task.GruSpec;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.LinearSpec;
import org.soebm.api.task.MultilayerPerceptronSpec;
import org.soebm.api.task.NetworkSpec;
import org.soebm.api.task.Simulator;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;
import org.soebm.api.task.TaskProvider;
import org.soebm.api.task.Tasks;
import org.soebm.api.task.TrainingSchedule;
import org.soebm.runtime.data.Standardizer;
import org.soebm.runtime.fixture.CoordinateSolverProvider;
import org.soebm.runtime.network.Architecture;
import org.soebm.runtime.network.GaussianPredictor;
import org.soebm.runtime.objective.DecisionRule;

/** Each kind of network, under a simulator and a cost that is tensor code, saved and loaded again. */
class SavedNetworksTest {
    private static final int WIDTH = 3;

    @TempDir
    Path folder;

    /** y = z·x, f(y, a) = Σ (a − y)². */
    private record ProductTask(NetworkSpec network, String costVersion, String simulatorVersion)
            implements Task, TaskProvider, CostFunction, Simulator {
        @Override
        public String name() {
            return "product";
        }

        @Override
        public String description() {
            return "for tests";
        }

        @Override
        public Task create() {
            return this;
        }

        @Override
        public CostFunction cost() {
            return new CostFunction() {
                @Override
                public int parameterCount() {
                    return WIDTH;
                }

                @Override
                public int decisionCount() {
                    return WIDTH;
                }

                @Override
                public NDArray cost(NDArray parameters, NDArray decisions) {
                    return decisions.sub(parameters).square().sum(new int[] {-1});
                }

                @Override
                public String fingerprint() {
                    return costVersion;
                }
            };
        }

        @Override
        public NDArray cost(NDArray parameters, NDArray decisions) {
            return cost().cost(parameters, decisions);
        }

        @Override
        public int decisionCount() {
            return WIDTH;
        }

        @Override
        public ConstraintSet constraints() {
            return ConstraintSet.builder(WIDTH).box(-50, 50).build();
        }

        @Override
        public Simulator simulator() {
            return this;
        }

        @Override
        public int latentCount() {
            return WIDTH;
        }

        @Override
        public int parameterCount() {
            return WIDTH;
        }

        @Override
        public NDArray simulate(NDArray features, NDArray latents) {
            return latents.mul(features.get(":, :3").expandDims(1));
        }

        @Override
        public String fingerprint() {
            return simulatorVersion;
        }

        @Override
        public TaskData data(@Nullable Path source, long seed) {
            throw new DataException("There is none.");
        }

        @Override
        public HyperParameters hyperParameters() {
            TrainingSchedule schedule = new TrainingSchedule(1, 2, 0.1, 0, 0, 1, 1);
            return new HyperParameters(schedule, schedule, new EnergySettings(2, 1, 1, List.of(1.0)), 7);
        }
    }

    static Stream<NetworkSpec> networks() {
        return Stream.of(
                new LinearSpec(),
                new MultilayerPerceptronSpec(List.of(4), true, 0.1),
                new GruSpec(2, 2, 4, 0.1),
                new GraphConvolutionSpec(
                        3,
                        List.of(new GraphConvolutionSpec.Edge(0, 1), new GraphConvolutionSpec.Edge(1, 2)),
                        List.of(5),
                        0.1));
    }

    private static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    private static Standardizer identity(int width) {
        double[] stds = new double[width];
        Arrays.fill(stds, 1);
        return Standardizer.of(new double[width], stds);
    }

    private GaussianPredictor save(ProductTask task) {
        GaussianPredictor predictor = new GaussianPredictor(
                new Architecture(6, WIDTH, task.network()), identity(6), identity(WIDTH), Device.cpu());
        DecisionModel.save(
                folder,
                task,
                new TrainingDescription(
                        "so-ebm",
                        DecisionRule.EXPECTED_COST,
                        7,
                        task.hyperParameters(),
                        names("x", 6),
                        names("z", WIDTH),
                        new TrainingData("nothing", 1, new double[6], new double[6])),
                predictor);
        return predictor;
    }

    private DecisionModel load(ProductTask task) {
        return DecisionModel.load(
                folder,
                Tasks.of(List.of(task)),
                ArgminSolvers.of(List.of(new CoordinateSolverProvider())),
                null,
                null,
                Device.cpu());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void aLoadedNetworkDecidesAsTheSavedOne(NetworkSpec network) throws Exception {
        ProductTask task = new ProductTask(network, "v1", "v1");
        double[] features = {1, -2, 3, 0.5, 0.25, -1};
        try (GaussianPredictor predictor = save(task);
                DecisionModel model = load(task)) {
            assertThat(model.description().network()).isEqualTo(network);
            assertThat(model.problem().scenarios()).isEqualTo(7);
            double[] mean;
            try (var scope = predictor.newScope()) {
                float[] floats = predictor
                        .predict(predictor.standardise(
                                org.soebm.api.task.Table.of(names("x", 6), new double[][] {features}), scope))
                        .mean()
                        .toFloatArray();
                mean = new double[] {floats[0], floats[1], floats[2]};
            }
            double[] decision = model.decide(features).values(); // the mean of y = z x, since the ε_s are balanced
            for (int i = 0; i < WIDTH; i++) {
                assertThat(decision[i]).isCloseTo(mean[i] * features[i], org.assertj.core.api.Assertions.within(1e-4));
            }
            assertThat(model.decide(features).values()).isEqualTo(decision);
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void anotherCostOrSimulatorIsNoticed(NetworkSpec network) {
        save(new ProductTask(network, "v1", "v1")).close();
        for (ProductTask other : List.of(new ProductTask(network, "v2", "v1"), new ProductTask(network, "v1", "v2"))) {
            assertThatThrownBy(() -> load(other).close())
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("another version of task product");
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void aDamagedNetworkIsNamed(NetworkSpec network) throws Exception {
        ProductTask task = new ProductTask(network, "v1", "v1");
        save(task).close();
        Path file = folder.resolve("model.json");
        String good = Files.readString(file);
        for (String[] damage : new String[][] {
            {"\"kind\": \"", "\"kind\": \"no-"},
            {"\"kind\"", "\"sort\""},
            {"\"dropout\": 0.1", "\"dropout\": 2"},
            {"\"dropout\"", "\"drop\""},
            {"\"hiddenSizes\": [", "\"hiddenSizes\": [ 9,"},
            {"\"stateSize\": 4", "\"stateSize\": 5"}
        }) {
            if (good.contains(damage[0])) {
                Files.writeString(file, good.replace(damage[0], damage[1]));
                assertThatThrownBy(() -> load(task).close())
                        .as(damage[1])
                        .isInstanceOf(ModelException.class)
                        .satisfies(e -> assertThat(e.getMessage())
                                .contains("model.json")
                                .doesNotContain("\n"));
            }
        }
    }
}
