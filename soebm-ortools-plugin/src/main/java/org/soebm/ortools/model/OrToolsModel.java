package org.soebm.ortools.model;

import static java.util.Objects.requireNonNull;

import com.google.ortools.linearsolver.MPModelProto;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.modelbuilder.ModelBuilder;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpModelProto;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An optimisation model that exists already, on the way to a decision problem: what it constrains stays, which of its
 * variables are the decisions is said here, and its costs are kept or learned.
 *
 * <pre>{@code
 * OrToolsModel model = OrToolsModel.of(modelBuilder).withoutRows(List.of("balance_0", "balance_1"));
 * OrToolsDecisions decisions = model.decisions(List.of("p_0", "p_1")).withRemainingCost("commitment cost");
 * ConstraintSet constraints = decisions.constraints();
 * PenaltyCost cost = decisions.cost(2)               // the model's own costs, then what demand y adds
 *         .hinge(100, parameter(0).minus(decisions.residual("p_0")))
 *         .hinge(100, parameter(1).minus(decisions.residual("p_1")))
 *         .build();
 * }</pre>
 *
 * <p>The original is copied and never changed; its solution hint is not used. Variables and rows are called by their
 * names. One without a name, or with a name that others have too, is called by its number: {@code #7} is the variable of
 * index 7, or the row of index 7 in the original, general constraints counted after the linear rows. {@link #withoutRows}
 * leaves these numbers as they are. Immutable and thread-safe.
 */
public final class OrToolsModel {
    private final Original original;
    private final LinearModel linear;
    private final Names variables;

    OrToolsModel(Original original) {
        this.original = original;
        linear = original.translate();
        variables = new Names("variable", linear.variableNames());
    }

    /**
     * A copy of a model of the model builder; its enforced rows become big-M rows.
     *
     * @throws ModelImportException when the model has a feature that cannot be imported
     */
    public static OrToolsModel of(ModelBuilder model) {
        requireNonNull(model, "The model is null.");
        return of(BuilderCopy.of(model));
    }

    /**
     * A copy of the model that a solver holds, solved or not.
     *
     * @throws ModelImportException when the model has a feature that cannot be imported
     */
    public static OrToolsModel of(MPSolver solver) {
        requireNonNull(solver, "The solver is null.");
        return of(solver.exportModelToProto());
    }

    /**
     * A linear model, with squares of variables in its objective at most.
     *
     * @throws ModelImportException when the model has a feature that cannot be imported
     */
    public static OrToolsModel of(MPModelProto model) {
        requireNonNull(model, "The model is null.");
        return new OrToolsModel(new Original.OfMp(model, Set.of()));
    }

    /**
     * A copy of a CP-SAT model. Linear constraints, clauses, at-most-one and exactly-one, under enforcement literals or not,
     * become rows over integer variables; variables and expressions with gaps in their domain get auxiliary binaries.
     * Where it has any other constraint (circuit, all-different, intervals, …), or a conditional constraint whose
     * variables are too wide for a big-M row, the model stays a CP-SAT model as well, which only the solver {@code ortools}
     * takes.
     *
     * @throws ModelImportException when CP-SAT calls the model invalid
     */
    public static OrToolsModel of(CpModel model) {
        requireNonNull(model, "The model is null.");
        return of(model.model());
    }

    /**
     * A CP-SAT model; see {@link #of(CpModel)}.
     *
     * @throws ModelImportException when CP-SAT calls the model invalid
     */
    public static OrToolsModel of(CpModelProto model) {
        requireNonNull(model, "The model is null.");
        return new OrToolsModel(new Original.OfCp(model));
    }

    /**
     * Reads an MPS file, free or fixed format without blanks in names. It may have semi-continuous variables and indicators.
     * Bounds of 1e30 and more, or −1e30 and less, mean that there is none.
     *
     * @throws ModelImportException when the file cannot be read, or has a feature that cannot be imported
     */
    public static OrToolsModel readMps(Path file) {
        requireNonNull(file, "The path of the model file is null.");
        return of(ModelFile.readMps(file));
    }

    /**
     * Reads an LP file in the syntax of lp_solve, the only one that OR-Tools reads; files in the LP format of CPLEX are
     * refused. As OR-Tools reads them, variables without bounds are free, while lp_solve itself takes them for
     * non-negative. Bounds of 1e30 and more, or −1e30 and less, mean that there is none.
     *
     * @throws ModelImportException when the file cannot be read, or has a feature that cannot be imported
     */
    public static OrToolsModel readLp(Path file) {
        requireNonNull(file, "The path of the model file is null.");
        return of(ModelFile.readLp(file));
    }

    /**
     * This model without some of its rows: those that y decides on, such as a balance with a forecast on its right-hand
     * side, once the cost says what it costs to miss them.
     *
     * @throws IllegalArgumentException when there is no row of a name, or several
     */
    public OrToolsModel withoutRows(Collection<String> names) {
        requireNonNull(names, "The names of the rows are null.");
        Names rows = new Names("row", original.rowNames());
        Set<Integer> left = new HashSet<>();
        Arrays.stream(rows.indices(names)).forEach(left::add);
        return new OrToolsModel(original.without(left));
    }

    /**
     * Makes variables the decisions, in this order; all others become auxiliary variables.
     *
     * @param names may be empty where expressions follow
     * @throws IllegalArgumentException when there is no variable of a name, or several, or one is listed twice
     */
    public OrToolsDecisions decisions(Collection<String> names) {
        requireNonNull(names, "The names of the decisions are null.");
        return OrToolsDecisions.of(this, List.copyOf(names));
    }

    /** The names of all variables, in the original's order. */
    public List<String> variableNames() {
        return linear.variableNames();
    }

    /**
     * The names of all rows, in the original's order; empty where there is none, or where {@link #withoutRows} has taken
     * the row away.
     */
    public List<String> rowNames() {
        return original.rowNames();
    }

    /** Whether the original maximises, so that its costs are the negated coefficients of its objective. */
    public boolean isMaximised() {
        return linear.maximised();
    }

    LinearModel linear() {
        return linear;
    }

    Names variables() {
        return variables;
    }

    @Override
    public String toString() {
        return "OrToolsModel[" + linear.title() + ", " + linear.variables().size() + " variables, "
                + linear.rows().size() + " rows]";
    }
}
