package org.soebm.examples.powerscheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolvers;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.ReferenceValues;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.task.Table;
import org.soebm.runtime.data.CsvTables;

/** The optimal decisions of the task as it is, against those of an independent implementation. */
class ReferenceOptimaTest {

    private static final double DECISION_TOLERANCE = 1e-3;
    private static final double COST_TOLERANCE = 1e-5; // relative to max(optimum, 1)

    private final PowerSchedulingTask task = new PowerSchedulingTask();

    private final double[][] parameters = ReferenceValues.table("power-scheduling/parameters.csv");
    private final double[][] optimalDecisions = ReferenceValues.table("power-scheduling/optimal_decisions.csv");
    private final double[][] optimalCosts = ReferenceValues.table("power-scheduling/optimal_cost.csv");

    @Test
    void commandLineFindsThem(@TempDir Path folder) throws IOException, InterruptedException {
        Path y = folder.resolve("y.csv");
        Path a = folder.resolve("a.csv");
        Files.writeString(y, ReferenceValues.text("power-scheduling/parameters.csv"));

        ForkedCommandLine run = ForkedCommandLine.run(
                folder, "solve", "power-scheduling", "--parameters", y.toString(), "--out", a.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        Table decisions = CsvTables.read(a);
        assertThat(decisions.columns()).hasSize(24).startsWith("a0", "a1").endsWith("a23");
        assertThat(decisions.rows()).isEqualTo(parameters.length);
        for (int row = 0; row < parameters.length; row++) {
            assertOptimal(
                    row, task.cost().objective(parameters[row]), decisions.row(row), optimalDecisions, optimalCosts);
        }
    }

    @Test
    void installedSolverFindsThemForKnownLoads() {
        List<PenaltyObjective> objectives =
                Arrays.stream(parameters).map(task.cost()::objective).toList();

        assertSolved(objectives, optimalDecisions, optimalCosts);
    }

    @Test
    void installedSolverFindsThemForGaussianLoads() {
        double[][] means = ReferenceValues.table("power-scheduling/mean.csv");
        double[][] stds = ReferenceValues.table("power-scheduling/std.csv");
        List<PenaltyObjective> objectives = IntStream.range(0, means.length)
                .mapToObj(row -> task.cost().expectedObjective(means[row], stds[row]))
                .toList();

        assertSolved(
                objectives,
                ReferenceValues.table("power-scheduling/expected_optimal_decisions.csv"),
                ReferenceValues.table("power-scheduling/expected_optimal_cost.csv"));
    }

    private void assertSolved(List<PenaltyObjective> objectives, double[][] decisions, double[][] costs) {
        assertThat(objectives).hasSize(40).hasSameSizeAs(decisions).hasSameSizeAs(costs);
        ArgminProblem first = new ArgminProblem(objectives.get(0), task.constraints());
        try (ArgminSolver solver = ArgminSolvers.load().select(null, first).create(SolverOptions.DEFAULT)) {
            for (int row = 0; row < decisions.length; row++) {
                Decision decision = solver.solve(new ArgminProblem(objectives.get(row), task.constraints()));
                assertThat(decision.status())
                        .as("row %d: %s", row, decision.message())
                        .isEqualTo(SolveStatus.OPTIMAL);
                assertOptimal(row, objectives.get(row), decision.values(), decisions, costs);
            }
        }
    }

    private void assertOptimal(
            int row, PenaltyObjective objective, double[] decision, double[][] decisions, double[][] costs) {
        double optimum = costs[row][0];
        assertThat(decision).as("row %d", row).containsExactly(decisions[row], within(DECISION_TOLERANCE));
        assertThat(objective.value(decision))
                .as("row %d", row)
                .isCloseTo(optimum, within(COST_TOLERANCE * Math.max(optimum, 1)));
        assertThat(task.constraints().violation(decision)).as("row %d", row).isLessThan(1e-6);
    }
}
