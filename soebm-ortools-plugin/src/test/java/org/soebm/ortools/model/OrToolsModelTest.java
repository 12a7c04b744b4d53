package org.soebm.ortools.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.ortools.linearsolver.MPConstraintProto;
import com.google.ortools.linearsolver.MPModelProto;
import com.google.ortools.linearsolver.MPVariableProto;
import com.google.ortools.modelbuilder.LinearExpr;
import com.google.ortools.modelbuilder.LinearExprBuilder;
import com.google.ortools.modelbuilder.ModelBuilder;
import com.google.ortools.modelbuilder.Variable;
import java.util.ArrayList;
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

class OrToolsModelTest {
    private static final ArgminSolver SOLVER =
            new OrToolsArgminSolverProvider().create(SolverOptions.DEFAULT.withThreads(1));

    @Property(tries = 200)
    void importedProtoHasTheOriginalsOptimum(@ForAll @LongRange(min = 0, max = 100_000) long seed) {
        MPModelProto original = RandomModel.of(seed);
        byte[] before = original.toByteArray();
        assertSameAnswer(OrToolsModel.of(original), original, seed);
        assertThat(original.toByteArray()).isEqualTo(before);
    }

    @Property(tries = 200)
    void importedModelBuilderHasTheOriginalsOptimum(@ForAll @LongRange(min = 0, max = 100_000) long seed) {
        MPModelProto original = RandomModel.of(seed);
        assertSameAnswer(OrToolsModel.of(modelBuilder(original)), original, seed);
    }

    static void assertSameAnswer(OrToolsModel model, MPModelProto original, long seed) {
        RandomModel.Answer expected = RandomModel.solve(original);
        OrToolsDecisions decisions = model.decisions(RandomModel.decisions(original, new Random(seed)));
        Decision answer = SOLVER.solve(
                new ArgminProblem(decisions.cost(0).build().objective(new double[0]), decisions.constraints()));
        assertThat(answer.status()).as(answer.message()).isEqualTo(expected.status());
        if (answer.status() == SolveStatus.OPTIMAL) {
            double allowed = 2e-6 * Math.max(1, Math.abs(expected.cost()));
            assertThat(answer.cost()).isCloseTo(expected.cost(), within(allowed));
        }
    }

    static ModelBuilder modelBuilder(MPModelProto original) {
        ModelBuilder builder = new ModelBuilder();
        builder.setName(original.getName());
        List<Variable> variables = new ArrayList<>();
        LinearExprBuilder objective = LinearExpr.newBuilder();
        for (MPVariableProto v : original.getVariableList()) {
            Variable variable = builder.newVar(v.getLowerBound(), v.getUpperBound(), v.getIsInteger(), v.getName());
            variables.add(variable);
            objective.addTerm(variable, v.getObjectiveCoefficient());
        }
        for (MPConstraintProto row : original.getConstraintList()) {
            LinearExprBuilder form = LinearExpr.newBuilder();
            for (int k = 0; k < row.getVarIndexCount(); k++) {
                form.addTerm(variables.get(row.getVarIndex(k)), row.getCoefficient(k));
            }
            builder.addLinearConstraint(form, row.getLowerBound(), row.getUpperBound())
                    .withName(row.getName());
        }
        objective.add(original.getObjectiveOffset());
        builder.optimize(objective, original.getMaximize());
        return builder;
    }
}
