package org.soebm.ortools.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverStatus;
import com.google.ortools.sat.IntVar;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;
import org.soebm.ortools.OrToolsArgminSolverProvider;

class CpImportTest {
    private static final ArgminSolver SOLVER =
            new OrToolsArgminSolverProvider().create(SolverOptions.DEFAULT.withThreads(1));

    @Property(tries = 200)
    void linearAndBooleanModelHasTheOriginalsOptimum(@ForAll @LongRange(min = 0, max = 100_000) long seed) {
        CpModel original = RandomCpModel.of(seed);
        byte[] before = original.model().toByteArray();
        OrToolsModel model = OrToolsModel.of(original);
        assertThat(model.linear().cpSat()).isNull();
        OrToolsDecisions decisions = model.decisions(decisions(model, new Random(seed)));
        assertSameAnswer(original, decisions);
        assertThat(original.model().toByteArray()).isEqualTo(before);
    }

    /** The same model once more, with a constraint that always holds and that rows cannot express. */
    @Property(tries = 200)
    void modelThatStaysInCpSatHasTheOriginalsOptimum(@ForAll @LongRange(min = 0, max = 100_000) long seed) {
        CpModel original = RandomCpModel.of(seed);
        original.addAllDifferent(new IntVar[] {original.newIntVar(0, 1, "some"), original.newIntVar(2, 3, "other")});
        OrToolsModel model = OrToolsModel.of(original);
        assertThat(model.linear().cpSat()).isNotNull();
        assertSameAnswer(original, model.decisions(decisions(model, new Random(seed))));
    }

    private static List<String> decisions(OrToolsModel model, Random random) {
        return model.linear().variables().stream()
                .filter(variable -> !variable.name().isEmpty())
                .filter(variable -> variable.cost() != 0
                        || random.nextInt(3) > 0
                        || variable.name().equals("n0"))
                .map(LinearModel.Variable::name)
                .toList();
    }

    private static void assertSameAnswer(CpModel original, OrToolsDecisions decisions) {
        CpSolver reference = new CpSolver();
        reference.getParameters().setNumWorkers(1);
        CpSolverStatus status = reference.solve(original);
        Decision answer = SOLVER.solve(
                new ArgminProblem(decisions.cost(0).build().objective(new double[0]), decisions.constraints()));
        if (status == CpSolverStatus.INFEASIBLE) {
            assertThat(answer.status()).isEqualTo(SolveStatus.INFEASIBLE);
        } else {
            assertThat(status).isEqualTo(CpSolverStatus.OPTIMAL);
            assertThat(answer.status()).as(answer.message()).isEqualTo(SolveStatus.OPTIMAL);
            boolean maximised = original.model().getObjective().getScalingFactor() < 0
                    || original.model().getFloatingPointObjective().getMaximize();
            double sign = maximised ? -1 : 1;
            assertThat(answer.cost()).isCloseTo(sign * reference.objectiveValue(), within(1e-6));
        }
    }
}
