package org.soebm.examples.unitcommitment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.soebm.api.cost.AffineResidual.parameter;

import com.google.ortools.Loader;
import com.google.ortools.modelbuilder.LinearExpr;
import com.google.ortools.modelbuilder.ModelBuilder;
import com.google.ortools.modelbuilder.Variable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.AffineResidual;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolvers;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolverOptions;
import org.soebm.ortools.model.OrToolsDecisions;
import org.soebm.ortools.model.OrToolsModel;

/** The import that docs/ortools-model.md shows. */
class DocumentedImportTest {
    @Test
    void theDearPlantRunsOnlyWhereTheCheapOneDoesNotDo() {
        ModelBuilder modelBuilder = twoPlants();
        OrToolsModel model = OrToolsModel.of(modelBuilder).withoutRows(List.of("balance"));
        OrToolsDecisions decisions = model.decisions(List.of())
                .withSum("total", List.of("power_0", "power_1"))
                .withRemainingCost("otherCost");
        ConstraintSet constraints = decisions.constraints();
        AffineResidual shortage = parameter(0).minus(decisions.residual("total"));
        PenaltyCost cost = decisions
                .cost(1)
                .hinge(250, shortage)
                .hinge(15, shortage.negate())
                .build();

        assertThat(constraints.decisionCount()).isEqualTo(2);
        Decision decision = solve(new ArgminProblem(cost.objective(new double[] {130}), constraints));
        assertThat(decisions.value(decision, "power_0")).isCloseTo(100, within(1e-6));
        assertThat(decisions.value(decision, "power_1")).isCloseTo(30, within(1e-6));
        assertThat(decision.cost()).isCloseTo(100 * 20 + 30 * 60, within(1e-4));
        // beyond what both can do, the rest is missed at the price of balancing energy
        Decision scarce = solve(new ArgminProblem(cost.objective(new double[] {190}), constraints));
        assertThat(scarce.cost()).isCloseTo(100 * 20 + 80 * 60 + 10 * 250, within(1e-4));
    }

    private static Decision solve(ArgminProblem problem) {
        try (ArgminSolver solver = ArgminSolvers.load().named("ortools").create(SolverOptions.DEFAULT)) {
            return solver.solve(problem);
        }
    }

    /** 100 MW at 20 EUR and 80 MW at 60 EUR for a demand of 120 MW. */
    private static ModelBuilder twoPlants() {
        Loader.loadNativeLibraries();
        ModelBuilder builder = new ModelBuilder();
        Variable cheap = builder.newNumVar(0, 100, "power_0");
        Variable dear = builder.newNumVar(0, 80, "power_1");
        builder.addEquality(LinearExpr.newBuilder().add(cheap).add(dear), 120).withName("balance");
        builder.minimize(LinearExpr.newBuilder().addTerm(cheap, 20).addTerm(dear, 60));
        return builder;
    }
}
