package org.soebm.ortools.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.ortools.linearsolver.MPConstraintProto;
import com.google.ortools.linearsolver.MPModelProto;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPVariableProto;
import com.google.ortools.modelbuilder.LinearExpr;
import com.google.ortools.modelbuilder.LinearExprBuilder;
import com.google.ortools.modelbuilder.ModelBuilder;
import com.google.ortools.modelbuilder.Variable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.Assume;
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
    void enforcedRowsHaveTheOriginalsOptimum(@ForAll @LongRange(min = 0, max = 100_000) long seed) {
        MPModelProto original = RandomModel.withEnforcedRows(seed);
        assertSameAnswer(OrToolsModel.of(original), original, seed);
    }

    @Property(tries = 200)
    void importedModelBuilderHasTheOriginalsOptimum(@ForAll @LongRange(min = 0, max = 100_000) long seed) {
        MPModelProto original = RandomModel.of(seed);
        assertSameAnswer(OrToolsModel.of(modelBuilder(original)), original, seed);
    }

    @Property(tries = 200)
    void importedSolverHasTheOriginalsOptimum(@ForAll @LongRange(min = 0, max = 100_000) long seed) {
        MPModelProto original = RandomModel.of(seed);
        MPSolver solver = MPSolver.createSolver("SCIP");
        try {
            solver.loadModelFromProtoKeepNames(original);
            assertSameAnswer(OrToolsModel.of(solver), original, seed);
        } finally {
            solver.delete();
        }
    }

    @Property(tries = 200)
    void importedMpsFileHasTheOriginalsOptimum(@ForAll @LongRange(min = 0, max = 100_000) long seed)
            throws IOException {
        MPModelProto original = RandomModel.of(seed);
        String text = modelBuilder(original).exportToMpsString(false);
        ModelBuilder reread = new ModelBuilder(); // the file has six digits of each number
        assertThat(reread.importFromMpsString(text)).isTrue();
        OrToolsModel model = read(text, OrToolsModel::readMps);
        assertThat(model.rowNames()).hasSize(original.getConstraintCount());
        MPModelProto rounded = BuilderCopy.of(reread);
        Assume.that(rowBounds(rounded).equals(rowBounds(original))); // else equations contradict each other by 1e-5
        assertSameAnswer(model, rounded, seed);
    }

    private static List<Double> rowBounds(MPModelProto model) {
        return model.getConstraintList().stream()
                .flatMap(row -> Stream.of(row.getLowerBound(), row.getUpperBound()))
                .toList();
    }

    @Property(tries = 200)
    void importedLpFileHasTheOriginalsOptimum(@ForAll @LongRange(min = 0, max = 100_000) long seed) throws IOException {
        MPModelProto original =
                RandomModel.of(seed).toBuilder().clearObjectiveOffset().build();
        assertSameAnswer(read(lpSolve(original), OrToolsModel::readLp), original, seed);
    }

    static OrToolsModel read(String text, Function<Path, OrToolsModel> reader) throws IOException {
        Path file = Files.createTempFile("model", ".txt");
        try {
            Files.writeString(file, text);
            return reader.apply(file);
        } finally {
            Files.delete(file);
        }
    }

    /** The model in the syntax of lp_solve, as far as OR-Tools reads it: a row has one relation, an objective no constant. */
    private static String lpSolve(MPModelProto model) {
        StringBuilder text = new StringBuilder(model.getMaximize() ? "max: " : "min: ");
        for (MPVariableProto v : model.getVariableList()) {
            text.append(signed(v.getObjectiveCoefficient(), v.getName()));
        }
        text.append(";\n");
        for (MPConstraintProto row : model.getConstraintList()) {
            StringBuilder form = new StringBuilder();
            for (int k = 0; k < row.getVarIndexCount(); k++) {
                String name = model.getVariable(row.getVarIndex(k)).getName();
                form.append(signed(row.getCoefficient(k), name));
            }
            if (form.length() == 0) {
                form.append("0 x0 ");
            }
            if (Double.isFinite(row.getLowerBound())) {
                text.append(row.getName() + "_low: " + form + ">= " + row.getLowerBound() + ";\n");
            }
            if (Double.isFinite(row.getUpperBound())) {
                text.append(row.getName() + "_high: " + form + "<= " + row.getUpperBound() + ";\n");
            }
        }
        for (MPVariableProto v : model.getVariableList()) {
            if (Double.isFinite(v.getLowerBound())) {
                text.append(v.getName() + " >= " + v.getLowerBound() + ";\n");
            }
            if (Double.isFinite(v.getUpperBound())) {
                text.append(v.getName() + " <= " + v.getUpperBound() + "; // at most\n");
            }
            if (v.getIsInteger()) {
                text.append("int " + v.getName() + ";\n");
            }
        }
        return text.toString();
    }

    private static String signed(double coefficient, String name) {
        return (coefficient < 0 ? "- " : "+ ") + Math.abs(coefficient) + " " + name + " ";
    }

    static void assertSameAnswer(OrToolsModel model, MPModelProto original, long seed) {
        RandomModel.Answer expected = RandomModel.solve(original);
        OrToolsDecisions decisions = model.decisions(RandomModel.decisions(original, new Random(seed)));
        Decision answer = SOLVER.solve(
                new ArgminProblem(decisions.cost(0).build().objective(new double[0]), decisions.constraints()));
        assertThat(answer.status()).as(answer.message()).isEqualTo(expected.status());
        if (answer.status() == SolveStatus.OPTIMAL) {
            double allowed = 2e-5 * Math.max(1, Math.abs(expected.cost())); // what SCIP alone is good for
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
