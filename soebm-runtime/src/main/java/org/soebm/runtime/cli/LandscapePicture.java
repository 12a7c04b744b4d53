package org.soebm.runtime.cli;

import ai.djl.Device;
import java.awt.image.BufferedImage;
import org.jspecify.annotations.Nullable;
import org.soebm.api.cost.Objective;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.CheckedSolver;
import org.soebm.api.solver.SolveListener;
import org.soebm.api.task.Table;
import org.soebm.api.task.TaskData;
import org.soebm.runtime.evaluation.Landscape;
import org.soebm.runtime.inference.DecisionModel;
import org.soebm.runtime.objective.Objectives;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.preprocessing.Hindsight;
import org.soebm.runtime.preprocessing.HindsightDecisions;
import org.soebm.runtime.report.LandscapeChart;

/** From a model and a test row to a picture of its {@link Landscape}. */
final class LandscapePicture {
    private LandscapePicture() {}

    /**
     * Computes and draws it.
     *
     * @param test the test rows
     * @param row which of them, from 0
     * @param points along each side
     * @param solverName for the optimal decisions, or null
     * @throws org.soebm.runtime.preprocessing.UnsolvedRowException when the row or the next has no optimal decision
     */
    static BufferedImage of(
            DecisionModel model, TaskData data, int[] test, int row, int points, @Nullable String solverName) {
        return LandscapeChart.draw(
                landscape(model, data, test, row, points, solverName),
                model.description().task() + ", " + model.description().method() + ", test row " + row,
                "task cost");
    }

    private static Landscape landscape(
            DecisionModel model, TaskData data, int[] test, int row, int points, @Nullable String solverName) {
        StochasticProblem problem = model.problem();
        Table features = data.features().select(new int[] {test[row]});
        int[] pair = {test[row], test[(row + 1) % test.length]};
        Table optima = hindsight(model, data.parameters(), pair, solverName);
        try (Objectives objectives = new Objectives(problem.cost(), problem.constraints(), Device.cpu())) {
            Objective truth =
                    objectives.hindsight(data.parameters().row(test[row])).objective();
            Objective learned = model.problem(features, objectives).objective();
            return Landscape.of(
                    problem.cost(),
                    problem.constraints(),
                    truth,
                    learned,
                    optima.row(0),
                    model.decideAll(features).get(0).values(),
                    optima.row(1),
                    points,
                    model.description().seed());
        }
    }

    private static Table hindsight(DecisionModel model, Table parameters, int[] pair, @Nullable String solverName) {
        StochasticProblem problem = model.problem();
        ArgminSolverProvider provider =
                Choices.solver(solverName, Objectives.typicalHindsight(problem, parameters.select(pair)));
        try (ArgminSolver solver =
                CheckedSolver.of(provider, problem.solverOptions(model.task().solverOptions()))) {
            Hindsight hindsight = new HindsightDecisions(problem.cost(), problem.constraints(), provider, solver)
                    .solve(parameters, pair, SolveListener.NONE, Cancellation.NEVER);
            return hindsight.decisions();
        }
    }
}
