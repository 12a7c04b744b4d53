package org.soebm.timefold;

import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What Timefold plans: the variables of one search, with the search itself as a fact that clones share. */
@PlanningSolution(solutionCloner = GridSolutionCloner.class)
public final class GridSolution {
    private final Search search;
    private final List<GridVariable> variables;
    private final @Nullable GridVariable[] byVariable;
    private @Nullable HardSoftLongScore score;

    GridSolution(Search search, List<GridVariable> variables) {
        this.search = search;
        this.variables = variables;
        byVariable = new GridVariable[search.program().variableCount];
        for (GridVariable variable : variables) {
            byVariable[variable.variable()] = variable;
        }
    }

    GridSolution copy() {
        List<GridVariable> copies = new ArrayList<>(variables.size());
        for (GridVariable variable : variables) {
            copies.add(variable.copy());
        }
        GridSolution copy = new GridSolution(search, copies);
        copy.score = score;
        return copy;
    }

    Search search() {
        return search;
    }

    /** The entity of a variable that this search plans. */
    GridVariable variable(int variable) {
        return Objects.requireNonNull(byVariable[variable]);
    }

    boolean plans(int variable) {
        return byVariable[variable] != null;
    }

    /** The position of a variable that has one. */
    long position(int variable) {
        return Objects.requireNonNull(variable(variable).getPosition());
    }

    /** The values of all variables, where all are planned: decisions followed by auxiliary variables. */
    double[] point() {
        double[] point = new double[byVariable.length];
        for (int i = 0; i < point.length; i++) {
            point[i] = search.grid().value(i, position(i));
        }
        return point;
    }

    /** The planned variables. */
    @PlanningEntityCollectionProperty
    public List<GridVariable> getVariables() {
        return variables;
    }

    /** Hard: how far the rows are missed. Soft: the objective's negative. Both in the units of the search. */
    @PlanningScore
    public @Nullable HardSoftLongScore getScore() {
        return score;
    }

    /** Called by Timefold. */
    public void setScore(@Nullable HardSoftLongScore score) {
        this.score = score;
    }
}
