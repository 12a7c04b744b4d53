package org.soebm.runtime.objective;

import java.util.List;
import java.util.stream.IntStream;
import org.soebm.api.cost.AffineResidual;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.task.TaskData;

/** How a network's prediction becomes a decision: which problem a solver is given. */
public enum DecisionRule {
    /** The network predicts y, and the decision is argmin_{a ∈ C} E f(y, a). */
    EXPECTED_COST,
    /** The network predicts the decision itself, and what is decided is the nearest one in C, argmin_{a ∈ C} ½‖a − â‖². */
    PROJECTION;

    /** The problem to give to a solver, whose uncertain parameters are what the network predicts. */
    public StochasticProblem problem(StochasticProblem task) {
        return switch (this) {
            case EXPECTED_COST -> task;
            case PROJECTION ->
                new StochasticProblem(
                        squaredDistance(task.cost().decisionCount()), task.constraints(), null, null, task.scenarios());
        };
    }

    /** The names of what the network predicts, as the data has them. */
    public List<String> predictedNames(StochasticProblem task, TaskData data) {
        return switch (this) {
            case EXPECTED_COST -> task.predictedNames(data);
            case PROJECTION -> decisionNames(task.cost().decisionCount());
        };
    }

    /** The names of decisions: a0, a1, ... */
    public static List<String> decisionNames(int count) {
        return IntStream.range(0, count).mapToObj(i -> "a" + i).toList();
    }

    /** Σ_i ½ (a_i − y_i)²; its expectation under a Gaussian is least where the distance to the mean is. */
    private static PenaltyCost squaredDistance(int decisions) {
        PenaltyCost.Builder cost = PenaltyCost.builder(decisions, decisions);
        for (int i = 0; i < decisions; i++) {
            cost.square(0.5, AffineResidual.decision(i).minus(AffineResidual.parameter(i)));
        }
        return cost.build();
    }
}
