package org.soebm.ortools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.ortools.linearsolver.MPModelProto;
import com.google.ortools.linearsolver.MPModelRequest;
import com.google.ortools.linearsolver.MPModelRequest.SolverType;
import com.google.ortools.linearsolver.MPSolver;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.SolverOptions;
import org.soebm.ortools.library.NativeLibrary;

class BackEndTest {
    private static final SolverOptions OPTIONS = SolverOptions.DEFAULT;

    @BeforeAll
    static void load() {
        NativeLibrary.load();
    }

    /** (a − 1.2)² over [−5, 5]. */
    private static MPModelProto parabola(boolean integer) {
        ConstraintSet.Builder set = ConstraintSet.builder(1).box(-5, 5);
        LinearQuadraticModel model =
                LinearQuadraticModel.over(integer ? set.integer(0).build() : set.build());
        model.addSquare(0, 1);
        model.addCost(0, -2.4);
        model.addConstant(1.44);
        return model.build();
    }

    private static MPModelProto integerLine() {
        LinearQuadraticModel model = LinearQuadraticModel.over(
                ConstraintSet.builder(1).box(-5, 4.5).integer(0).build());
        model.addCost(0, -1);
        return model.build();
    }

    private static double answerOf(SolverType type, MPModelProto model) {
        return MPSolver.solveWithProto(MPModelRequest.newBuilder()
                        .setModel(model)
                        .setSolverType(type)
                        .build())
                .getVariableValue(0);
    }

    private static SolveBudget budget() {
        return new SolveBudget(Duration.ofSeconds(10), Cancellation.NEVER);
    }

    /** Why the guard below exists; where a later release reports an error instead, it can go. */
    @Test
    void someBackEndsDropPartsOfAModelWithoutAWord() {
        assertThat(answerOf(SolverType.GLOP_LINEAR_PROGRAMMING, parabola(false)))
                .isEqualTo(5);
        assertThat(answerOf(SolverType.PDLP_LINEAR_PROGRAMMING, integerLine())).isGreaterThan(4.4);
        assertThat(answerOf(SolverType.GLOP_LINEAR_PROGRAMMING, integerLine())).isEqualTo(4.5);
    }

    @Test
    void backEndRefusesWhatItWouldDrop() {
        for (BackEnd backEnd : new BackEnd[] {BackEnd.GLOP, BackEnd.SCIP}) {
            assertThatThrownBy(() -> backEnd.solve(parabola(false), OPTIONS, budget()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("quadratic");
        }
        for (BackEnd backEnd : new BackEnd[] {BackEnd.GLOP, BackEnd.PDLP}) {
            assertThatThrownBy(() -> backEnd.solve(integerLine(), OPTIONS, budget()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("integrality");
        }
        assertThatThrownBy(() -> BackEnd.of(parabola(true))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void everyModelGoesToABackEndThatTakesIt() {
        assertThat(BackEnd.of(parabola(false))).isEqualTo(BackEnd.PDLP);
        assertThat(BackEnd.of(integerLine())).isEqualTo(BackEnd.SCIP);
        assertThat(BackEnd.solveWithAny(parabola(false), OPTIONS, budget()).values()[0])
                .isBetween(1.2 - 1e-6, 1.2 + 1e-6);
        assertThat(BackEnd.solveWithAny(integerLine(), OPTIONS, budget()).values()[0])
                .isEqualTo(4);
    }

    @Test
    void parametersOfScipAreValid() {
        MPSolver solver = MPSolver.createSolver("SCIP");
        try {
            assertThat(solver.setSolverSpecificParametersAsString(BackEnd.scipParameters(OPTIONS.withSeed(-7))))
                    .isTrue();
        } finally {
            solver.delete();
        }
    }

    @Test
    void spentBudgetIsNotASolve() {
        SolveBudget spent = new SolveBudget(Duration.ofNanos(1), Cancellation.NEVER);
        assertThat(BackEnd.PDLP.solve(parabola(false), OPTIONS, spent).kind()).isEqualTo(BackEndAnswer.Kind.LIMIT);
    }

    @Test
    void reasonsSayWhatToDo() {
        BackEndAnswer answer =
                new BackEndAnswer(BackEndAnswer.Kind.FAILED, new double[0], 0, "GLOP MPSOLVER_ABNORMAL ");
        assertThat(answer.reason(budget()))
                .isEqualTo("The back end gave up (GLOP MPSOLVER_ABNORMAL)."
                        + " Maybe scale the problem, or allow a larger tolerance?");
        assertThat(answer.reason(new SolveBudget(Duration.ofNanos(1), Cancellation.NEVER)))
                .isEqualTo("The time limit was reached (GLOP MPSOLVER_ABNORMAL).");
    }

    @Test
    void spentBudgetIsNotAnUnlimitedNativeSolve() {
        SolveBudget spent = new SolveBudget(Duration.ofNanos(1), Cancellation.NEVER);
        assertThat(spent.remainingSeconds()).isZero();
        assertThat(spent.nativeLimitSeconds()).isEqualTo(1e-3);
    }
}
