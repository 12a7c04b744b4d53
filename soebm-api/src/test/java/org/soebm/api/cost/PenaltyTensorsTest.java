package org.soebm.api.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.soebm.api.cost.AffineResidual.decision;
import static org.soebm.api.cost.AffineResidual.parameter;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PenaltyTensorsTest {
    private static final int ROWS = 4;
    private static final int CANDIDATES = 5;

    private final Random random = new Random(1);
    private NDManager manager;

    @BeforeEach
    void openManager() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    static Stream<Arguments> structuresAndTypes() {
        return Arrays.stream(CostStructure.values())
                .flatMap(structure ->
                        Stream.of(DataType.FLOAT32, DataType.FLOAT64).map(type -> Arguments.of(structure, type)));
    }

    /** Of the natural scale: some roundings; in single precision Φ by erf is good to 1e-7 and multiplies |r|. */
    private static double tolerance(DataType type) {
        return type == DataType.FLOAT64 ? 1e-13 : 1e-6;
    }

    /** Rows of y, or of mean and std, with candidates for each. */
    private final class Batch {
        final PenaltyCost cost;
        final DataType type;
        final double[][] mean = new double[ROWS][];
        final double[][] std = new double[ROWS][];
        final double[][][] decisions = new double[ROWS][CANDIDATES][];

        Batch(PenaltyCost cost, DataType type) {
            this.cost = cost;
            this.type = type;
            for (int b = 0; b < ROWS; b++) {
                mean[b] = CostStructure.randomNumbers(random, cost.parameterCount());
                std[b] = CostStructure.randomStds(random, cost.parameterCount());
                for (int m = 0; m < CANDIDATES; m++) {
                    decisions[b][m] = CostStructure.randomNumbers(random, cost.decisionCount());
                }
            }
        }

        NDArray mean(NDManager owner) { // (B, 1, dy)
            return tensor(owner, mean).expandDims(1);
        }

        NDArray std(NDManager owner) { // (B, 1, dy)
            return tensor(owner, std).expandDims(1);
        }

        NDArray decisions(NDManager owner) { // (B, M, da)
            double[] flat = Arrays.stream(decisions)
                    .flatMap(Arrays::stream)
                    .flatMapToDouble(Arrays::stream)
                    .toArray();
            return owner.create(flat, new Shape(ROWS, CANDIDATES, cost.decisionCount()))
                    .toType(type, true);
        }

        private NDArray tensor(NDManager owner, double[][] rows) {
            double[] flat = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
            return owner.create(flat, new Shape(rows.length, rows[0].length)).toType(type, true);
        }
    }

    private static double[] doubles(NDArray array) {
        return array.toType(DataType.FLOAT64, true).toDoubleArray();
    }

    @ParameterizedTest
    @MethodSource("structuresAndTypes")
    void costOfTensorsIsTheCostOfDoubles(CostStructure structure, DataType type) {
        Batch batch = new Batch(structure.cost(), type);
        PenaltyCost cost = batch.cost;
        NDArray value;
        try (PenaltyTensors tensors = cost.bind(manager, type)) {
            value = tensors.cost(batch.mean(manager), batch.decisions(manager));
        }
        assertThat(value.getShape()).isEqualTo(new Shape(ROWS, CANDIDATES));
        assertThat(value.getDataType()).isEqualTo(type);
        double[] unbound = doubles(cost.cost(batch.mean(manager), batch.decisions(manager)));
        assertThat(unbound).isEqualTo(doubles(value));
        double[] none = new double[cost.parameterCount()];
        for (int b = 0; b < ROWS; b++) {
            for (int m = 0; m < CANDIDATES; m++) {
                double[] y = batch.mean[b];
                double[] a = batch.decisions[b][m];
                assertThat(unbound[b * CANDIDATES + m])
                        .isCloseTo(
                                cost.cost(y, a), within(tolerance(type) * CostStructure.valueScale(cost, y, none, a)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("structuresAndTypes")
    void expectedCostOfTensorsIsThatOfDoubles(CostStructure structure, DataType type) {
        Batch batch = new Batch(structure.cost(), type);
        try (PenaltyTensors tensors = batch.cost.bind(manager, type)) {
            NDArray value = tensors.expectedCost(batch.mean(manager), batch.std(manager), batch.decisions(manager))
                    .value();
            assertThat(value.getShape()).isEqualTo(new Shape(ROWS, CANDIDATES));
            assertThat(value.getDataType()).isEqualTo(type);
            double[] actual = doubles(value);
            for (int b = 0; b < ROWS; b++) {
                for (int m = 0; m < CANDIDATES; m++) {
                    double[] mean = batch.mean[b];
                    double[] std = batch.std[b];
                    double[] a = batch.decisions[b][m];
                    assertThat(actual[b * CANDIDATES + m])
                            .isCloseTo(
                                    batch.cost.expectedCost(mean, std, a).value(),
                                    within(tolerance(type) * CostStructure.valueScale(batch.cost, mean, std, a)));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("structuresAndTypes")
    void parameterGradientIsThatOfAutogradAndOfDoubles(CostStructure structure, DataType type) {
        Batch batch = new Batch(structure.cost(), type);
        PenaltyCost cost = batch.cost;
        double[] w = CostStructure.randomNumbers(random, ROWS * CANDIDATES);
        NDArray weights = manager.create(w, new Shape(ROWS, CANDIDATES)).toType(type, true);
        NDArray mean = batch.mean(manager);
        NDArray std = batch.std(manager);
        NDArray decisions = batch.decisions(manager);
        mean.setRequiresGradient(true);
        std.setRequiresGradient(true);
        decisions.setRequiresGradient(true);
        try (PenaltyTensors tensors = cost.bind(manager, type)) {
            ExpectedCost.ParameterGradient fast = tensors.expectedCost(
                            batch.mean(manager), batch.std(manager), batch.decisions(manager))
                    .parameterGradient(weights);
            assertThat(fast.mean().getShape()).isEqualTo(new Shape(ROWS, cost.parameterCount()));
            assertThat(fast.std().getShape()).isEqualTo(new Shape(ROWS, cost.parameterCount()));
            boolean differentiable = cost.residualCount() > 0 || cost.hasBilinear(); // else no graph leads back
            if (differentiable) {
                try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                    NDArray value = tensors.expectedCost(mean, std, decisions).value();
                    collector.backward(value.mul(weights).sum());
                }
            }
            double[] byMean = doubles(fast.mean());
            double[] byStd = doubles(fast.std());
            double[] autogradByMean = differentiable ? doubles(mean.getGradient()) : byMean;
            double[] autogradByStd = differentiable ? doubles(std.getGradient()) : byStd;
            double[] autogradByDecisions = differentiable
                    ? doubles(decisions.getGradient())
                    : new double[ROWS * CANDIDATES * cost.decisionCount()];
            int dy = cost.parameterCount();
            for (int b = 0; b < ROWS; b++) {
                double[] expectedByMean = new double[dy];
                double[] expectedByStd = new double[dy];
                double scale = 0;
                for (int m = 0; m < CANDIDATES; m++) {
                    double[] a = batch.decisions[b][m];
                    double weight = w[b * CANDIDATES + m];
                    ExpectedCostDerivatives exact = cost.expectedCost(batch.mean[b], batch.std[b], a);
                    double ownScale = Math.abs(weight) * CostStructure.slopeScale(cost, batch.mean[b], batch.std[b], a);
                    scale += ownScale;
                    for (int i = 0; i < dy; i++) {
                        expectedByMean[i] += weight * exact.mean()[i];
                        expectedByStd[i] += weight * exact.std()[i];
                    }
                    for (int j = 0; j < cost.decisionCount(); j++) {
                        assertThat(autogradByDecisions[(b * CANDIDATES + m) * cost.decisionCount() + j])
                                .isCloseTo(weight * exact.decisions()[j], within(gradientTolerance(type) * ownScale));
                    }
                }
                for (int i = 0; i < dy; i++) {
                    double tolerance = gradientTolerance(type) * scale;
                    assertThat(byMean[b * dy + i]).isCloseTo(expectedByMean[i], within(tolerance));
                    assertThat(byStd[b * dy + i]).isCloseTo(expectedByStd[i], within(tolerance));
                    assertThat(autogradByMean[b * dy + i]).isCloseTo(expectedByMean[i], within(tolerance));
                    assertThat(autogradByStd[b * dy + i]).isCloseTo(expectedByStd[i], within(tolerance));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("structuresAndTypes")
    void decisionGradientIsThatOfDoubles(CostStructure structure, DataType type) {
        Batch batch = new Batch(structure.cost(), type);
        PenaltyCost cost = batch.cost;
        try (PenaltyTensors tensors = cost.bind(manager, type)) {
            NDArray gradient = tensors.expectedCost(batch.mean(manager), batch.std(manager), batch.decisions(manager))
                    .decisionGradient();
            assertThat(gradient.getShape()).isEqualTo(new Shape(ROWS, CANDIDATES, cost.decisionCount()));
            double[] actual = doubles(gradient);
            for (int b = 0; b < ROWS; b++) {
                for (int m = 0; m < CANDIDATES; m++) {
                    double[] a = batch.decisions[b][m];
                    double[] exact =
                            cost.expectedCost(batch.mean[b], batch.std[b], a).decisions();
                    double scale = CostStructure.slopeScale(cost, batch.mean[b], batch.std[b], a);
                    for (int j = 0; j < exact.length; j++) {
                        assertThat(actual[(b * CANDIDATES + m) * exact.length + j])
                                .isCloseTo(exact[j], within(gradientTolerance(type) * scale));
                    }
                }
            }
        }
    }

    /** As for values, but m/s enlarges the rounding of m, here by up to 1 / 0.1. */
    private static double gradientTolerance(DataType type) {
        return 10 * tolerance(type);
    }

    @ParameterizedTest
    @MethodSource("structuresAndTypes")
    void valueAndGradientsStayFiniteAndExactFarFromTheKink(CostStructure structure, DataType type) {
        PenaltyCost cost = structure.cost();
        int dy = cost.parameterCount();
        double[] a = new double[cost.decisionCount()];
        try (PenaltyTensors tensors = cost.bind(manager, type)) {
            for (double spread : new double[] {1e-6, 1e-3, 1, 1e3}) {
                for (double ratio : new double[] {-1e9, -1e4, -100, 0, 100, 1e4, 1e9}) {
                    double[] mean = new double[dy];
                    double[] std = new double[dy];
                    for (int i = 0; i < dy; i++) {
                        std[i] = (float) (spread * (1 + 0.25 * i));
                        mean[i] = (float) (ratio * spread * (1 + i));
                    }
                    NDArray means = manager.create(mean, new Shape(1, 1, dy)).toType(type, true);
                    NDArray stds = manager.create(std, new Shape(1, 1, dy)).toType(type, true);
                    NDArray decisions =
                            manager.create(a, new Shape(1, 1, a.length)).toType(type, true);
                    means.setRequiresGradient(true);
                    stds.setRequiresGradient(true);
                    ExpectedCost expected;
                    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                        expected = tensors.expectedCost(means, stds, decisions);
                        if (cost.residualCount() > 0 || cost.hasBilinear()) {
                            collector.backward(expected.value().sum());
                        }
                    }
                    ExpectedCostDerivatives exact = cost.expectedCost(mean, std, a);
                    double valueScale = CostStructure.valueScale(cost, mean, std, a);
                    double slopeScale = CostStructure.slopeScale(cost, mean, std, a);
                    assertThat(doubles(expected.value())[0])
                            .isCloseTo(exact.value(), within(tolerance(type) * valueScale));
                    ExpectedCost.ParameterGradient fast =
                            expected.parameterGradient(manager.ones(new Shape(1, 1), type));
                    double[] byMean = doubles(fast.mean());
                    double[] byStd = doubles(fast.std());
                    for (int i = 0; i < dy; i++) {
                        double slack = gradientTolerance(type) * slopeScale;
                        assertThat(byMean[i]).isCloseTo(exact.mean()[i], within(slack));
                        assertThat(byStd[i]).isCloseTo(exact.std()[i], within(slack));
                    }
                    if (cost.residualCount() > 0 || cost.hasBilinear()) {
                        assertThat(Arrays.stream(doubles(means.getGradient()))).allMatch(Double::isFinite);
                        assertThat(Arrays.stream(doubles(stds.getGradient()))).allMatch(Double::isFinite);
                    }
                }
            }
        }
    }

    @Test
    void aParameterThatIsKnownForCertainMayHaveNoSpread() {
        PenaltyCost cost = CostStructure.SEVERAL_PARAMETERS_A_RESIDUAL.cost();
        double[] y = {0.5, -1, 2};
        NDArray mean = manager.create(y, new Shape(1, 1, 3)).toType(DataType.FLOAT32, true);
        NDArray std = manager.zeros(new Shape(1, 1, 3));
        NDArray a = manager.create(new float[] {0.25f, 1}, new Shape(1, 1, 2));
        try (PenaltyTensors tensors = cost.bind(manager, DataType.FLOAT32)) {
            ExpectedCost expected = tensors.expectedCost(mean, std, a);
            assertThat(doubles(expected.value())[0]).isCloseTo(cost.cost(y, new double[] {0.25, 1}), within(1e-5));
            ExpectedCost.ParameterGradient gradient = expected.parameterGradient(manager.ones(new Shape(1, 1)));
            assertThat(Arrays.stream(doubles(gradient.mean()))).allMatch(Double::isFinite);
            assertThat(Arrays.stream(doubles(gradient.std()))).allMatch(Double::isFinite);
        }
    }

    @ParameterizedTest
    @EnumSource
    void leadingAxesBroadcast(CostStructure structure) {
        PenaltyCost cost = structure.cost();
        int dy = cost.parameterCount();
        int da = cost.decisionCount();
        int scenarios = 3;
        NDArray y = manager.randomNormal(new Shape(ROWS, scenarios, 1, dy));
        NDArray s = manager.randomUniform(0.1f, 2, new Shape(ROWS, scenarios, 1, dy));
        NDArray a = manager.randomNormal(new Shape(ROWS, 1, CANDIDATES, da));
        try (PenaltyTensors tensors = cost.bind(manager, DataType.FLOAT32)) {
            NDArray all = tensors.cost(y, a);
            NDArray allExpected = tensors.expectedCost(y, s, a).value();
            assertThat(all.getShape()).isEqualTo(new Shape(ROWS, scenarios, CANDIDATES));
            assertThat(allExpected.getShape()).isEqualTo(new Shape(ROWS, scenarios, CANDIDATES));
            for (int k = 0; k < scenarios; k++) {
                NDArray yk = y.get(":, " + k); // (B, 1, dy)
                NDArray sk = s.get(":, " + k);
                NDArray candidates = a.squeeze(1); // (B, M, da)
                assertClose(tensors.cost(yk, candidates), all.get(":, " + k), new Shape(ROWS, CANDIDATES));
                assertClose(
                        tensors.expectedCost(yk, sk, candidates).value(),
                        allExpected.get(":, " + k),
                        new Shape(ROWS, CANDIDATES));
                NDArray first = candidates.get(":, 0"); // (B, da)
                assertClose(tensors.cost(yk.squeeze(1), first), all.get(":, " + k + ", 0"), new Shape(ROWS));
                assertClose(
                        tensors.expectedCost(yk.squeeze(1), sk.squeeze(1), first)
                                .value(),
                        allExpected.get(":, " + k + ", 0"),
                        new Shape(ROWS));
            }
        }
    }

    private static void assertClose(NDArray actual, NDArray expected, Shape shape) {
        assertThat(actual.getShape()).isEqualTo(shape);
        assertThat(doubles(actual)).containsExactly(doubles(expected), within(1e-4));
    }

    @ParameterizedTest
    @EnumSource
    void onlyResultsStayBehindAndTheyBelongToTheDecisionsManager(CostStructure structure) {
        Batch batch = new Batch(structure.cost(), DataType.FLOAT32);
        try (NDManager coefficients = manager.newSubManager();
                NDManager rows = manager.newSubManager();
                PenaltyTensors tensors = batch.cost.bind(coefficients, DataType.FLOAT32)) {
            NDArray mean = batch.mean(rows); // longer-lived than the step
            NDArray std = batch.std(rows);
            int coefficientCount = coefficients.getManagedArrays().size();
            int rowCount = rows.getManagedArrays().size();
            try (NDManager step = manager.newSubManager()) {
                NDArray decisions = batch.decisions(step);
                NDArray weights = step.ones(new Shape(ROWS, CANDIDATES));
                int before = step.getManagedArrays().size();

                NDArray cost = tensors.cost(mean, decisions);
                assertThat(cost.getManager()).isSameAs(step);
                assertThat(step.getManagedArrays().size()).isEqualTo(before + 1);
                cost.close();

                NDArray unbound = batch.cost.cost(mean, decisions);
                assertThat(unbound.getManager()).isSameAs(step);
                assertThat(step.getManagedArrays().size()).isEqualTo(before + 1);
                unbound.close();

                ExpectedCost expected = tensors.expectedCost(mean, std, decisions);
                assertThat(expected.value().getManager()).isSameAs(step);
                int withExpectation = step.getManagedArrays().size();
                assertThat(withExpectation).isLessThanOrEqualTo(before + 6); // value, m, s, Φ, φ, E[r₊]

                ExpectedCost.ParameterGradient gradient = expected.parameterGradient(weights);
                assertThat(gradient.mean().getManager()).isSameAs(step);
                assertThat(gradient.std().getManager()).isSameAs(step);
                assertThat(step.getManagedArrays().size()).isEqualTo(withExpectation + 2);

                assertThat(expected.decisionGradient().getManager()).isSameAs(step);
                assertThat(step.getManagedArrays().size()).isEqualTo(withExpectation + 3);

                assertThat(rows.getManagedArrays().size()).isEqualTo(rowCount);
                assertThat(coefficients.getManagedArrays().size()).isEqualTo(coefficientCount);
            }
            assertThat(mean.sum().toType(DataType.FLOAT64, true).toDoubleArray())
                    .hasSize(1); // still open
        }
    }

    @Test
    void anNdScopeOfTheCallerStillClosesTheResults() {
        PenaltyCost cost = CostStructure.DIAGONAL.cost();
        NDArray y = manager.ones(new Shape(1, 3));
        try (PenaltyTensors tensors = cost.bind(manager, DataType.FLOAT32)) {
            int before = manager.getManagedArrays().size();
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                tensors.cost(y, y);
                tensors.expectedCost(y.expandDims(1), y.expandDims(1), y.expandDims(1))
                        .parameterGradient(manager.ones(new Shape(1, 1)));
            }
            assertThat(manager.getManagedArrays().size()).isEqualTo(before);
        }
    }

    @Test
    void closingFreesTheCoefficients() {
        int before = manager.getManagedArrays().size();
        PenaltyTensors tensors = CostStructure.BILINEAR.cost().bind(manager, DataType.FLOAT64);
        assertThat(manager.getManagedArrays().size()).isGreaterThan(before);
        tensors.close();
        assertThat(manager.getManagedArrays().size()).isEqualTo(before);
    }

    @Test
    void costsAreNotComputedInIntegersOrHalfPrecision() {
        assertThatThrownBy(() -> CostStructure.DIAGONAL.cost().bind(manager, DataType.FLOAT16))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("FLOAT32 or FLOAT64")
                .hasMessageContaining("float16");
        assertThat(manager.getManagedArrays().size()).isZero();
    }

    @Test
    void coefficientsOutliveTheArraysTheyAreMadeFrom() throws InterruptedException {
        int many = 1024; // large enough for freed memory to be handed out again soon
        PenaltyCost.Builder builder = PenaltyCost.builder(1, many);
        for (int i = 0; i < many; i++) {
            builder.bilinear(0, i, 1);
        }
        PenaltyCost cost = builder.build();
        NDArray y = manager.ones(new Shape(1, 1), DataType.FLOAT64);
        NDArray a = manager.ones(new Shape(1, many), DataType.FLOAT64);
        for (int round = 0; round < 5; round++) {
            try (PenaltyTensors tensors = cost.bind(manager, DataType.FLOAT64)) {
                System.gc(); // frees Java's side of those arrays
                Thread.sleep(10);
                double[] other = new double[many];
                Arrays.fill(other, 7);
                try (NDManager takers = manager.newSubManager()) {
                    for (int k = 0; k < 50; k++) {
                        takers.create(other);
                    }
                    assertThat(tensors.cost(y, a).toDoubleArray()).containsExactly(many);
                }
            }
        }
    }

    @Test
    void coefficientsKeepTheirDigitsInDoublePrecision() {
        PenaltyCost cost = PenaltyCost.builder(1, 1)
                .hinge(1.0 / 3, parameter(0).times(1.0 / 7).minus(decision(0)).plus(1e-9))
                .build();
        NDArray y = manager.create(new double[] {7}, new Shape(1, 1));
        NDArray a = manager.create(new double[] {1 - 1e-9}, new Shape(1, 1));
        assertThat(cost.cost(y, a).toDoubleArray()[0])
                .isCloseTo(cost.cost(new double[] {7}, new double[] {1 - 1e-9}), within(1e-16));
    }
}
