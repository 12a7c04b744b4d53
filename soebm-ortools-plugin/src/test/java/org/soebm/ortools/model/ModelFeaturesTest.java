package org.soebm.ortools.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.soebm.api.cost.AffineResidual.parameter;

import com.google.ortools.linearsolver.MPConstraintProto;
import com.google.ortools.linearsolver.MPGeneralConstraintProto;
import com.google.ortools.linearsolver.MPModelProto;
import com.google.ortools.linearsolver.MPVariableProto;
import com.google.ortools.linearsolver.PartialVariableAssignment;
import com.google.ortools.modelbuilder.LinearExpr;
import com.google.ortools.modelbuilder.ModelBuilder;
import com.google.ortools.modelbuilder.Variable;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.IntVar;
import com.google.protobuf.TextFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.linear.SparseVector;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolveListener;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;
import org.soebm.ortools.OrToolsArgminSolverProvider;
import org.soebm.ortools.library.NativeLibrary;

class ModelFeaturesTest {
    private static final ArgminSolver SOLVER =
            new OrToolsArgminSolverProvider().create(SolverOptions.DEFAULT.withThreads(1));

    private static MPModelProto proto(String text) {
        try {
            return TextFormat.parse(text, MPModelProto.class);
        } catch (TextFormat.ParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static OrToolsModel model(String text) {
        return OrToolsModel.of(proto(text));
    }

    private static Decision solve(OrToolsDecisions decisions, double... parameters) {
        return SOLVER.solve(new ArgminProblem(
                decisions.cost(parameters.length).build().objective(parameters), decisions.constraints()));
    }

    private static final String TWO_UNITS = """
            name: "plant"
            variable { name: "p" lower_bound: 0 upper_bound: 10 objective_coefficient: 2 }
            variable { name: "q" lower_bound: 0 upper_bound: 10 objective_coefficient: 3 }
            variable { name: "on" lower_bound: 0 upper_bound: 1 is_integer: true objective_coefficient: 5 }
            constraint { name: "balance" var_index: [0, 1] coefficient: [1, 1] lower_bound: 12 upper_bound: 12 }
            constraint { name: "needs on" var_index: [0, 2] coefficient: [1, -8] upper_bound: 0 }
            objective_offset: 100
            """;

    @Test
    void decisionsComeFirstAndAllOthersAreAuxiliary() {
        OrToolsDecisions decisions = model(TWO_UNITS).decisions(List.of("q", "p"));
        ConstraintSet set = decisions.constraints();
        assertThat(set.decisionCount()).isEqualTo(2);
        assertThat(set.auxiliaryCount()).isEqualTo(1);
        assertThat(List.of(decisions.name(0), decisions.name(1), decisions.name(2)))
                .containsExactly("q", "p", "on");
        assertThat(decisions.index("p")).isEqualTo(1);
        assertThat(set.isInteger(2)).isTrue();
    }

    @Test
    void costOfVariablesThatAreNoDecisionsIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model(TWO_UNITS).decisions(List.of("p", "q")).cost(0))
                .withMessageContaining("model plant")
                .withMessageContaining("on, which are no decisions")
                .withMessageContaining("withRemainingCost");
    }

    @Test
    void remainingCostIsOneDecision() {
        OrToolsDecisions decisions = model(TWO_UNITS).decisions(List.of("p")).withRemainingCost("other cost");
        Decision answer = solve(decisions);
        assertThat(answer.cost()).isCloseTo(100 + 5 + 16 + 12, within(1e-6));
        assertThat(decisions.value(answer, "other cost")).isCloseTo(17, within(1e-6));
        assertThat(decisions.value(answer, "on")).isEqualTo(1);
        assertThat(decisions.value(answer, "q")).isCloseTo(4, within(1e-6));
    }

    @Test
    void expressionThatIsProportionalToTheCostCoversIt() {
        OrToolsDecisions decisions = model(TWO_UNITS)
                .decisions(List.of("on"))
                .withExpression("fuel", Map.of("p", 4.0, "q", 6.0))
                .withSum("generation", List.of("p", "q"));
        Decision answer = solve(decisions);
        assertThat(answer.cost()).isCloseTo(133, within(1e-6));
        assertThat(decisions.value(answer, "generation")).isCloseTo(12, within(1e-6));
        ConstraintSet set = decisions.constraints();
        assertThat(set.upper(1)).isEqualTo(100);
        assertThat(set.isInteger(1)).isFalse();
    }

    /** p + q for a demand of 5: q alone is cheaper than switching on, and too much costs as much as too little. */
    @Test
    void rowIsReplacedByPenaltiesWithY() {
        OrToolsModel original = model(TWO_UNITS);
        OrToolsDecisions decisions = original.withoutRows(List.of("balance"))
                .decisions(List.of("p", "q"))
                .withRemainingCost("commitment")
                .withSum("generation", List.of("p", "q"));
        PenaltyCost cost = decisions
                .cost(1)
                .hinge(50, parameter(0).minus(decisions.residual("generation")))
                .build();
        Decision answer = SOLVER.solve(new ArgminProblem(cost.objective(new double[] {4}), decisions.constraints()));
        assertThat(answer.cost()).isCloseTo(100 + 12, within(1e-6));
        assertThat(original.rowNames()).contains("balance");
    }

    @Test
    void unknownCoefficientsAreYInTheSenseOfTheOriginal() {
        OrToolsModel knapsack = model("""
                maximize: true
                variable { name: "a" lower_bound: 0 upper_bound: 1 is_integer: true objective_coefficient: 9 }
                variable { name: "b" lower_bound: 0 upper_bound: 1 is_integer: true objective_coefficient: 9 }
                variable { name: "c" lower_bound: 0 upper_bound: 1 is_integer: true objective_coefficient: 4 }
                constraint { name: "weight" var_index: [0, 1, 2] coefficient: [1, 1, 1] upper_bound: 1 }
                """);
        OrToolsDecisions decisions = knapsack.decisions(List.of("a", "b", "c"));
        PenaltyCost cost = decisions.linearCost(List.of("b", "a")).build();
        ArgminProblem problem = new ArgminProblem(cost.objective(new double[] {5, 3}), decisions.constraints());
        Decision answer = SOLVER.solve(problem);
        assertThat(answer.cost()).isCloseTo(-5, within(1e-9)); // b gains 5, a 3, c still 4
        assertThat(decisions.value(answer, "b")).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> decisions.linearCost(List.of("a", "a")));
        assertThatIllegalArgumentException().isThrownBy(() -> decisions.cost(1, List.of("a", "b")));
    }

    @Test
    void severalCoefficientsDependOnTheSameUnknowns() {
        OrToolsModel knapsack = model("""
                maximize: true
                objective_offset: 2
                variable { name: "a" lower_bound: 0 upper_bound: 1 is_integer: true objective_coefficient: 9 }
                variable { name: "b" lower_bound: 0 upper_bound: 1 is_integer: true objective_coefficient: 9 }
                variable { name: "c" lower_bound: 0 upper_bound: 1 is_integer: true objective_coefficient: 4 }
                """);
        OrToolsDecisions decisions = knapsack.decisions(List.of("c", "b", "a"));
        PenaltyCost cost = decisions
                .linearCost(
                        2,
                        Map.of(
                                "a", SparseVector.of(new int[] {0, 1}, new double[] {2, -1}),
                                "b", SparseVector.unit(1, 3)))
                .build();
        assertThat(cost.isLinear()).isTrue();
        // a gains 2·5 − 7, b 3·7, c still 4
        assertThat(cost.cost(new double[] {5, 7}, new double[] {0, 0, 1})).isCloseTo(-2 - 3, within(1e-9));
        assertThat(cost.cost(new double[] {5, 7}, new double[] {0, 1, 0})).isCloseTo(-2 - 21, within(1e-9));
        assertThat(cost.cost(new double[] {5, 7}, new double[] {1, 0, 0})).isCloseTo(-2 - 4, within(1e-9));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> decisions.linearCost(2, Map.of("d", SparseVector.unit(0, 1))))
                .withMessageContaining("d");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> decisions.linearCost(2, Map.of("a", SparseVector.unit(2, 1))))
                .withMessageContaining("2");
    }

    /** q has its own price as a decision; the sum of both takes over p's price from it. */
    @Test
    void expressionOverDecisionsAndOthersSharesTheCost() {
        OrToolsDecisions decisions =
                model(TWO_UNITS).decisions(List.of("on", "q")).withSum("generation", List.of("p", "q"));
        PenaltyCost cost = decisions.cost(0).build();
        assertThat(cost.cost(new double[0], new double[] {1, 4, 12})).isCloseTo(133, within(1e-9));
        assertThat(solve(decisions).cost()).isCloseTo(133, within(1e-6));
    }

    @Test
    void squaresOfDecisionsStaySquares() {
        String text = """
                variable { name: "x" lower_bound: -5 upper_bound: 5 objective_coefficient: -3 }
                quadratic_objective { qvar1_index: 0 qvar2_index: 0 coefficient: 1 }
                """;
        assertThat(solve(model(text).decisions(List.of("x"))).cost()).isCloseTo(-2.25, within(1e-6));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model(text + " variable { name: \"z\" }")
                        .decisions(List.of("z"))
                        .cost(0))
                .withMessageContaining("squares of x");
        assertThatThrownBy(() -> model("maximize: true " + text)).hasMessageContaining("variable x");
        assertThatThrownBy(() -> model(text.replace("qvar2_index: 0", "qvar2_index: 1") + " variable { name: \"z\" }"))
                .hasMessageContaining("product of variable x and variable z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sos_constraint { var_index: [0, 1] } | special ordered set",
                "quadratic_constraint { qvar1_index: 0 qvar2_index: 0 qcoefficient: 1 } | quadratic constraint",
                "abs_constraint { var_index: 0 resultant_var_index: 1 } | absolute value",
                "and_constraint { var_index: 0 resultant_var_index: 1 } | and constraint",
                "or_constraint { var_index: 0 resultant_var_index: 1 } | or constraint",
                "min_constraint { var_index: 0 resultant_var_index: 1 } | minimum",
                "max_constraint { var_index: 0 resultant_var_index: 1 } | maximum",
                "indicator_constraint { var_index: 0 var_value: 1 constraint { var_index: 1 coefficient: 1 upper_bound: 3 } }"
                        + " | not a variable of 0 and 1",
                "indicator_constraint { var_index: 2 var_value: 1 constraint { var_index: 1 coefficient: 1 upper_bound: 3 } }"
                        + " | Maybe bounds are missing",
            })
    void unsupportedConstraintIsNamed(String constraint, String feature) {
        assertThatThrownBy(() -> model("variable { name: \"x\" } variable { name: \"z\" }"
                        + " variable { name: \"b\" lower_bound: 0 upper_bound: 1 is_integer: true }"
                        + " general_constraint { name: \"special\" " + constraint + " }"))
                .isInstanceOf(ModelImportException.class)
                .hasMessageContaining("special")
                .hasMessageContaining(feature);
    }

    @ParameterizedTest
    @CsvSource({"true, 3, 0", "true, 9, 1", "false, 3, 1", "false, 9, 0"})
    void enforcedRowHoldsWhenItsBinarySays(boolean enforcedAtOne, double least, double binary) {
        NativeLibrary.load();
        ModelBuilder builder = new ModelBuilder();
        Variable x = builder.newNumVar(least, 10, "x");
        Variable b = builder.newBoolVar("b");
        builder.addEnforcedLessOrEqual(x, 5, b, enforcedAtOne).withName("cap");
        // Cost: b has the value that enforces when that is cheap, unless x cannot be at most 5.
        builder.minimize(LinearExpr.newBuilder().addTerm(x, -1).addTerm(b, enforcedAtOne ? -100 : 100));
        Decision answer = solve(OrToolsModel.of(builder).decisions(List.of("x", "b")));
        boolean mayEnforce = least <= 5;
        assertThat(answer.values()[1]).isEqualTo(mayEnforce == enforcedAtOne ? 1 : 0);
        assertThat(answer.values()[0]).isCloseTo(mayEnforce ? 5 : 10, within(1e-6));
        assertThat(binary).isIn(0.0, 1.0);
    }

    /** x in [0, inf) with x >= 5 enforced, or x in (-inf, 0] with x <= -5: the other side has no bound and needs none. */
    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void enforcedRowOverAHalfOpenVariable(boolean rises, boolean enforcedAtOne) {
        NativeLibrary.load();
        ModelBuilder builder = new ModelBuilder();
        double open = rises ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        Variable x = builder.newNumVar(Math.min(0, open), Math.max(0, open), "x");
        Variable b = builder.newBoolVar("b");
        if (rises) {
            builder.addEnforcedGreaterOrEqual(x, 5, b, enforcedAtOne);
        } else {
            builder.addEnforcedLessOrEqual(x, -5, b, enforcedAtOne);
        }
        for (double reward : new double[] {3, 100}) { // for the value that enforces, against 5 for x
            builder.minimize(
                    LinearExpr.newBuilder().addTerm(x, rises ? 1 : -1).addTerm(b, enforcedAtOne ? -reward : reward));
            Decision answer = solve(OrToolsModel.of(builder).decisions(List.of("x", "b")));
            assertThat(answer.values()[1] == 1).isEqualTo(reward > 5 == enforcedAtOne);
            assertThat(Math.abs(answer.values()[0])).isCloseTo(reward > 5 ? 5 : 0, within(1e-6));
        }
    }

    @Test
    void messagesNumberGeneralConstraintsAsWithoutRowsDoes() {
        MPModelProto proto = proto("variable { name: \"x\" } constraint { var_index: 0 coefficient: 1 upper_bound: 3 }"
                + " general_constraint { sos_constraint { var_index: [0] } }");
        assertThatThrownBy(() -> OrToolsModel.of(proto)).hasMessageContaining("#1");
    }

    @Test
    void decisionOfAVariableTwiceIsRefused() {
        OrToolsDecisions decisions = model(TWO_UNITS).decisions(List.of("p"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> decisions.withSum("generation", List.of("q", "#1")))
                .withMessageContaining("Variable q is listed twice in the decision generation");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> decisions.withExpression("generation", Map.of("q", 1.0, "#1", 2.0)))
                .withMessageContaining("Variable q is listed twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#1", "#"})
    void decisionsAreNotNamedLikeNumbers(String name) {
        OrToolsDecisions decisions = model(TWO_UNITS).decisions(List.of("p"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> decisions.withSum(name, List.of("q")))
                .withMessageContaining("cannot be named \"" + name + "\"");
        assertThatIllegalArgumentException().isThrownBy(() -> decisions.withRemainingCost(name));
    }

    @Test
    void answerWithoutAuxiliaryVariablesIsNamed() {
        OrToolsDecisions decisions = model(TWO_UNITS).decisions(List.of("p"));
        Decision answer =
                new Decision(new double[] {3}, new double[0], 0, SolveStatus.FEASIBLE, Duration.ZERO, "by hand");
        assertThat(decisions.value(answer, "p")).isEqualTo(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> decisions.value(answer, "on"))
                .withMessageContaining("no value of on")
                .withMessageContaining("0 auxiliary variables of 2");
    }

    @Test
    @SuppressWarnings("NullAway")
    void nullIsNamed() {
        OrToolsModel model = model(TWO_UNITS);
        OrToolsDecisions decisions = model.decisions(List.of("p"));
        Stream.<ThrowingCallable>of(
                        () -> OrToolsModel.of((MPModelProto) null),
                        () -> OrToolsModel.of((ModelBuilder) null),
                        () -> OrToolsModel.of((CpModel) null),
                        () -> OrToolsModel.readMps(null),
                        () -> model.withoutRows(null),
                        () -> model.decisions(null),
                        () -> decisions.withSum(null, List.of("q")),
                        () -> decisions.withSum("sum", null),
                        () -> decisions.withExpression("sum", null),
                        () -> decisions.linearCost(null),
                        () -> decisions.linearCost(1, null),
                        () -> decisions.index(null))
                .forEach(call -> assertThatNullPointerException()
                        .isThrownBy(call)
                        .withMessageStartingWith("The ")
                        .withMessageEndingWith(" null."));
    }

    @Test
    void rowsKeepTheirNumbersWhenOthersAreTakenAway() {
        String x = "variable { name: \"x\" lower_bound: 0 upper_bound: 9 objective_coefficient: -1 }"
                + " variable { name: \"b\" lower_bound: 0 upper_bound: 1 is_integer: true }";
        String row = " constraint { var_index: 0 coefficient: 1 upper_bound: ";
        OrToolsModel mp = OrToolsModel.of(proto(x + row + "1 }" + row + "2 }" + row + "3 }"));
        CpModel cp = new CpModel();
        IntVar v = cp.newIntVar(0, 9, "x");
        for (int most = 1; most <= 3; most++) {
            cp.addLessOrEqual(v, most);
        }
        cp.maximize(v);
        for (OrToolsModel model : List.of(mp, OrToolsModel.of(cp))) {
            OrToolsModel rest = model.withoutRows(List.of("#0")).withoutRows(List.of("#1"));
            assertThat(rest.rowNames()).hasSize(3);
            assertThat(solve(rest.decisions(List.of("x"))).cost()).isCloseTo(-3, within(1e-6));
        }
        assertThat(mp.withoutRows(List.of("#2")).rowNames()).hasSize(3);
        MPModelProto withSpecial = proto(x + row + "1 }"
                + " general_constraint { name: \"special\" indicator_constraint { var_index: 1 var_value: 1"
                + " constraint { var_index: 0 coefficient: 1 upper_bound: 0 } } }");
        OrToolsModel without = OrToolsModel.of(withSpecial).withoutRows(List.of("special"));
        assertThat(without.linear().rows()).hasSize(1);
        assertThatIllegalArgumentException().isThrownBy(() -> without.withoutRows(List.of("special")));
    }

    @Test
    void contradictionsAreInfeasibleByName() {
        String x = "variable { name: \"x\" lower_bound: 0 upper_bound: 4 }";
        assertInfeasible(x + " constraint { name: \"empty\" lower_bound: 1 }", "row empty");
        assertInfeasible(
                x + " constraint { name: \"swapped\" var_index: 0 coefficient: 1 lower_bound: 3 upper_bound: 1 }",
                "row swapped");
        assertInfeasible("variable { name: \"v\" lower_bound: 3 upper_bound: 1 }", "bounds of variable v");
        assertInfeasible(
                x + " constraint { name: \"demand\" var_index: 0 coefficient: 1 lower_bound: 30 }", "row demand by 26");
        assertInfeasible(
                "variable { name: \"x\" lower_bound: 0 upper_bound: 4 is_integer: true }"
                        + " constraint { name: \"half\" var_index: 0 coefficient: 2 lower_bound: 1 upper_bound: 1 }",
                "row half by 1");
        assertThat(model(x + " constraint { name: \"empty\" lower_bound: -1 }")
                        .decisions(List.of("x"))
                        .constraints()
                        .rows())
                .isEmpty();
    }

    private static void assertInfeasible(String text, String named) {
        OrToolsModel model = model(text);
        Decision answer = solve(model.decisions(model.variableNames()));
        assertThat(answer.status()).isEqualTo(SolveStatus.INFEASIBLE);
        assertThat(answer.message()).contains(named);
    }

    @Test
    void unboundedModelNamesADecision() {
        Decision answer = solve(model("variable { name: \"x\" lower_bound: 0 upper_bound: 4 objective_coefficient: -1 }"
                        + " variable { name: \"z\" lower_bound: 0 objective_coefficient: -1 }")
                .decisions(List.of("x", "z")));
        assertThat(answer.status()).isEqualTo(SolveStatus.UNBOUNDED);
        assertThat(answer.message()).contains("decision 1 rises");
    }

    @Test
    void unknownNamesAreListedWithNearOnes() {
        OrToolsModel model = model(TWO_UNITS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.decisions(List.of("om")))
                .withMessage("The model has no variable named om. Maybe on?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.decisions(List.of("om", "turbine", "p")))
                .withMessageContaining("om (Maybe on?)")
                .withMessageContaining("turbine");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.withoutRows(List.of("balanc")))
                .withMessage("The model has no row named balanc. Maybe balance?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.decisions(List.of("p", "p")))
                .withMessageContaining("listed twice");
    }

    @Test
    void duplicateAndMissingNamesAreCalledByNumber() {
        OrToolsModel model = model("variable { name: \"x\" } variable { name: \"x\" } variable { }");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.decisions(List.of("x")))
                .withMessageContaining("Maybe call them #0 and #1?");
        assertThat(model.decisions(List.of("#2", "#1")).names()).containsExactly("#2", "#1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.decisions(List.of("#3")))
                .withMessageContaining("has 3 of them");
    }

    @Test
    void brokenMessagesAreRefusedInOneLine() {
        MPVariableProto x = MPVariableProto.newBuilder().setName("x").build();
        Stream.of(
                        MPModelProto.newBuilder()
                                .addVariable(x)
                                .addConstraint(MPConstraintProto.newBuilder()
                                        .addVarIndex(7)
                                        .addCoefficient(1)),
                        MPModelProto.newBuilder()
                                .addVariable(x)
                                .addConstraint(MPConstraintProto.newBuilder().addVarIndex(0)),
                        MPModelProto.newBuilder()
                                .addVariable(x)
                                .addConstraint(MPConstraintProto.newBuilder()
                                        .addVarIndex(0)
                                        .addCoefficient(Double.NaN)),
                        MPModelProto.newBuilder().addVariable(x.toBuilder().setLowerBound(Double.NaN)),
                        MPModelProto.newBuilder().addVariable(x.toBuilder().setObjectiveCoefficient(Double.NaN)),
                        MPModelProto.newBuilder().addVariable(x.toBuilder().setLowerBound(Double.POSITIVE_INFINITY)),
                        MPModelProto.newBuilder()
                                .addVariable(x)
                                .addGeneralConstraint(MPGeneralConstraintProto.getDefaultInstance()))
                .forEach(broken -> assertThatThrownBy(() -> OrToolsModel.of(broken.build()))
                        .isInstanceOf(ModelImportException.class)
                        .message()
                        .doesNotContain("\n"));
    }

    @Test
    void hintIsLeftAlone() {
        MPModelProto original = proto(TWO_UNITS).toBuilder()
                .setSolutionHint(
                        PartialVariableAssignment.newBuilder().addVarIndex(0).addVarValue(99))
                .build();
        OrToolsModel model = OrToolsModel.of(original);
        assertThat(solve(model.decisions(List.of("p", "q", "on"))).cost()).isCloseTo(133, within(1e-6));
        assertThat(original.getSolutionHint().getVarValue(0)).isEqualTo(99);
    }

    @Test
    void eightThreadsImportAndSolveLikeOne() {
        List<OrToolsDecisions> decisions = new ArrayList<>();
        for (int seed = 0; seed < 60; seed++) {
            MPModelProto original = RandomModel.of(seed);
            decisions.add(OrToolsModel.of(original).decisions(RandomModel.decisions(original, new Random(seed))));
        }
        try (ArgminSolver eight = new OrToolsArgminSolverProvider().create(SolverOptions.DEFAULT.withThreads(8))) {
            List<Decision> together = eight.solveAll(
                    decisions.size(),
                    i -> new ArgminProblem(
                            OrToolsModel.of(OrToolsModelTest.modelBuilder(RandomModel.of(i)))
                                    .decisions(decisions.get(i).names())
                                    .cost(0)
                                    .build()
                                    .objective(new double[0]),
                            decisions.get(i).constraints()),
                    SolveListener.NONE,
                    () -> false);
            for (int i = 0; i < decisions.size(); i++) {
                Decision alone = solve(decisions.get(i));
                assertThat(together.get(i).status()).isEqualTo(alone.status());
                assertThat(together.get(i).values()).isEqualTo(alone.values());
            }
        }
    }

    @Test
    void constraintsOfCpSatThatRowsCannotExpressAreDescribed() {
        CpModel model = new CpModel();
        IntVar[] x = {model.newIntVar(0, 5, "x"), model.newIntVar(0, 5, "y"), model.newIntVar(0, 5, "z")};
        model.addAllDifferent(x).getBuilder().setName("distinct");
        model.addMultiplicationEquality(x[0], x[1], x[2]);
        model.addNoOverlap(List.of(
                model.newFixedSizeIntervalVar(x[0], 2, "first"), model.newFixedSizeIntervalVar(x[1], 2, "second")));
        OrToolsModel imported = OrToolsModel.of(model);
        ConstraintSet set = imported.decisions(List.of("y"))
                .withSum("total", List.of("x", "z"))
                .constraints();
        assertThat(set.nativeModel()).isNotNull();
        assertThat(set.nativeModel().description())
                .isEqualTo("a CP-SAT model with 1 all-different, 2 interval, 1 no-overlap and 1 product constraints");
        assertThat(set.nativeModel().fingerprint())
                .hasSize(64)
                .isEqualTo(OrToolsModel.of(model)
                        .decisions(List.of("y"))
                        .withSum("total", List.of("x", "z"))
                        .constraints()
                        .nativeModel()
                        .fingerprint())
                .isNotEqualTo(imported.decisions(List.of("x"))
                        .constraints()
                        .nativeModel()
                        .fingerprint());
        assertThat(imported.withoutRows(List.of("distinct"))
                        .decisions(List.of("y"))
                        .constraints()
                        .nativeModel()
                        .description())
                .doesNotContain("all-different");
        assertThatThrownBy(() -> imported.decisions(List.of())
                        .withExpression("half", Map.of("x", 0.5))
                        .constraints())
                .isInstanceOf(ModelImportException.class)
                .hasMessageContaining("half");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> imported.decisions(Collections.emptyList()).constraints());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5000000 | 1 conditional linear (wider than 1e6) constraint",
                "4611686018427387903 | 1 unbounded conditional linear constraint",
            })
    void conditionThatIsTooWideIsDescribedByItsWidth(long most, String description) {
        CpModel model = new CpModel();
        IntVar x = model.newIntVar(0, most, "x");
        model.addLessOrEqual(x, 3).onlyEnforceIf(model.newBoolVar("b"));
        assertThat(OrToolsModel.of(model)
                        .decisions(List.of("x"))
                        .constraints()
                        .nativeModel()
                        .description())
                .isEqualTo("a CP-SAT model with " + description);
    }

    @Test
    void invalidCpModelIsRefused() {
        CpModel model = new CpModel();
        model.newIntVar(0, 5, "x");
        model.getBuilder().getVariablesBuilder(0).clearDomain();
        assertThatThrownBy(() -> OrToolsModel.of(model))
                .isInstanceOf(ModelImportException.class)
                .hasMessageContaining("invalid")
                .message()
                .doesNotContain("\n");
    }
}
