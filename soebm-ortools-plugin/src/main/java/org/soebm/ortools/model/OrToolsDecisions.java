package org.soebm.ortools.model;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.LinearRow;
import org.soebm.api.cost.AffineResidual;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.linear.SparseVector;
import org.soebm.api.solver.Decision;

/**
 * Which quantities of an {@link OrToolsModel} are the decisions a, in order: variables, and linear expressions of
 * variables. From them come the feasible set and the known part of the cost. Immutable and thread-safe; made by {@link
 * OrToolsModel#decisions}.
 *
 * <p>A cost f(y, a) knows the decisions alone. So a variable with a cost must be a decision, or be covered by an
 * expression that is one.
 */
public final class OrToolsDecisions {
    private final OrToolsModel model;
    private final List<ChosenDecision> chosen;
    private final Names names;
    private final int[] position; // of each of the model's variables among the set's
    private final int[] auxiliaries; // the model's variables that are no decisions, in the model's order

    private OrToolsDecisions(OrToolsModel model, List<ChosenDecision> chosen) {
        this.model = model;
        this.chosen = List.copyOf(chosen);
        names = new Names("decision", chosen.stream().map(ChosenDecision::name).toList());
        position = new int[model.linear().variables().size()];
        Arrays.fill(position, -1);
        for (int k = 0; k < chosen.size(); k++) {
            ChosenDecision decision = chosen.get(k);
            if (!decision.isExpression()) {
                if (position[decision.variable()] >= 0) {
                    throw new IllegalArgumentException("Variable " + decision.name()
                            + " is listed twice among the decisions, at " + position[decision.variable()] + " and " + k
                            + ".");
                }
                position[decision.variable()] = k;
            }
        }
        auxiliaries =
                IntStream.range(0, position.length).filter(i -> position[i] < 0).toArray();
        for (int k = 0; k < auxiliaries.length; k++) {
            position[auxiliaries[k]] = chosen.size() + k;
        }
    }

    static OrToolsDecisions of(OrToolsModel model, List<String> variables) {
        int[] indices = model.variables().indices(variables);
        List<ChosenDecision> chosen = new ArrayList<>();
        for (int index : indices) {
            chosen.add(new ChosenDecision(model.variables().of(index), SparseVector.unit(index, 1), index));
        }
        return new OrToolsDecisions(model, chosen);
    }

    /**
     * Adds one decision: a sum of variables.
     *
     * @throws IllegalArgumentException when a decision has that name, or it is empty or begins with #, or a variable does
     *     not exist or is listed twice
     */
    public OrToolsDecisions withSum(String name, Collection<String> variables) {
        requireNonNull(variables, "The variables of the sum are null.");
        int[] indices = model.variables().indices(variables);
        double[] ones = new double[indices.length];
        Arrays.fill(ones, 1);
        requireDistinct(name, indices);
        return withExpression(name, SparseVector.of(indices, ones));
    }

    /**
     * Adds one decision: a linear expression of variables.
     *
     * @param coefficients by the variables' names
     * @throws IllegalArgumentException when a decision has that name, or it is empty or begins with #, or a variable does
     *     not exist or is listed twice, by its name and its number
     */
    public OrToolsDecisions withExpression(String name, Map<String, Double> coefficients) {
        requireNonNull(coefficients, "The coefficients of the expression are null.");
        List<String> variables = List.copyOf(coefficients.keySet());
        double[] values =
                coefficients.values().stream().mapToDouble(Double::doubleValue).toArray();
        int[] indices = model.variables().indices(variables);
        requireDistinct(name, indices);
        return withExpression(name, SparseVector.of(indices, values));
    }

    private void requireDistinct(String name, int[] variables) {
        Set<Integer> seen = new HashSet<>();
        for (int variable : variables) {
            if (!seen.add(variable)) {
                throw new IllegalArgumentException("Variable "
                        + model.variables().of(variable) + " is listed twice in the decision " + Names.shown(name)
                        + ".");
            }
        }
    }

    /**
     * Adds one decision: what the model's objective charges for the variables that are no decisions so far. Where the
     * original maximises, it is a cost too, the negated gain.
     *
     * @throws IllegalArgumentException when a decision has that name, or it is empty or begins with #, or nothing is left
     *     to charge for
     */
    public OrToolsDecisions withRemainingCost(String name) {
        ObjectiveByDecision objective = objective(Set.of());
        objective.requireNoSquares();
        return withExpression(name, sparse(objective.uncovered()));
    }

    private OrToolsDecisions withExpression(String name, SparseVector form) {
        requireNonNull(name, "The name of the decision is null.");
        if (name.isEmpty() || name.startsWith("#")) {
            throw new IllegalArgumentException("A decision cannot be named \"" + Names.shown(name)
                    + "\": # and a number call what has no name. Maybe give it a name of its own?");
        }
        if (names.contains(name)) {
            throw new IllegalArgumentException("There is a decision named " + Names.shown(name) + " already.");
        }
        if (form.size() == 0) {
            throw new IllegalArgumentException(
                    "The decision " + Names.shown(name) + " is always 0: its expression has no variables.");
        }
        List<ChosenDecision> more = new ArrayList<>(chosen);
        more.add(new ChosenDecision(name, form, -1));
        return new OrToolsDecisions(model, more);
    }

    /** The number da of decisions. */
    public int count() {
        return chosen.size();
    }

    /** The number of a decision in a. */
    public int index(String name) {
        requireNonNull(name, "The name of the decision is null.");
        return names.index(name);
    }

    /** The residual a_i of a decision, for use in costs. */
    public AffineResidual residual(String name) {
        return AffineResidual.decision(index(name));
    }

    /**
     * The name of a variable of {@link #constraints()}: a decision, or after them an auxiliary variable.
     *
     * @throws IndexOutOfBoundsException when there is no such variable
     */
    public String name(int variable) {
        return variable < chosen.size()
                ? chosen.get(variable).name()
                : model.variables().of(auxiliaries[variable - chosen.size()]);
    }

    /** The names of the decisions, in order: a header for files of decisions. */
    public List<String> names() {
        return chosen.stream().map(ChosenDecision::name).toList();
    }

    /**
     * The value of a decision, or of any variable of the model, in a solver's answer.
     *
     * @throws IllegalArgumentException when there is neither, or the answer has no decision, or no value of it
     */
    public double value(Decision answer, String name) {
        requireNonNull(answer, "The answer is null.");
        requireNonNull(name, "The name is null.");
        if (!answer.status().hasDecision()) {
            throw new IllegalArgumentException(
                    "The answer is " + answer.status() + " and has no values: " + answer.message());
        }
        int index = names.contains(name)
                ? names.index(name)
                : position[model.variables().index(name)];
        int length = answer.values().length + (index < chosen.size() ? 0 : answer.auxiliaries().length);
        if (answer.values().length != chosen.size() || index >= length) {
            throw new IllegalArgumentException("The answer has no value of " + Names.shown(name) + ": it has "
                    + answer.values().length + " decisions of " + chosen.size() + " and "
                    + answer.auxiliaries().length + " auxiliary variables of " + auxiliaries.length
                    + ". Maybe it is of another problem, or was made without auxiliary variables?");
        }
        return index < chosen.size() ? answer.values()[index] : answer.auxiliaries()[index - chosen.size()];
    }

    /**
     * The model's feasible set: the decisions first, then all other variables as auxiliary ones. An expression has bounds
     * that follow from those of its variables, is integer where they make it so, and has a row that defines it.
     *
     * @throws IllegalArgumentException when there are no decisions
     */
    public ConstraintSet constraints() {
        LinearModel linear = model.linear();
        ConstraintSet.Builder set = ConstraintSet.builder(chosen.size());
        for (int k = 0; k < chosen.size(); k++) {
            double[] range = linear.range(chosen.get(k).form());
            set.bounds(k, range[0], range[1]);
            if (isInteger(chosen.get(k).form())) {
                set.integer(k);
            }
        }
        for (int i : auxiliaries) {
            LinearModel.Variable variable = linear.variables().get(i);
            int index = set.auxiliary(variable.lower(), variable.upper());
            if (variable.integer()) {
                set.integer(index);
            }
        }
        for (LinearRow row : linear.rows()) {
            set.row(row.name(), moved(row.coefficients()), row.lower(), row.upper());
        }
        for (int k = 0; k < chosen.size(); k++) {
            if (chosen.get(k).isExpression()) {
                SparseVector definition = moved(chosen.get(k).form()).plus(SparseVector.unit(k, -1));
                set.row("definition of " + Names.shown(chosen.get(k).name()), definition, 0, 0);
            }
        }
        CpSatSource source = linear.cpSat();
        if (source != null) {
            set.nativeModel(cpSatModel(source));
        }
        return set.build();
    }

    private CpSatModel cpSatModel(CpSatSource source) {
        CpSatModel.Builder builder = new CpSatModel.Builder(source);
        int[] variables = new int[chosen.size() + auxiliaries.length];
        for (int k = 0; k < chosen.size(); k++) {
            ChosenDecision decision = chosen.get(k);
            double[] range = model.linear().range(decision.form());
            variables[k] = decision.isExpression()
                    ? builder.expression(decision.name(), decision.form(), range[0], range[1])
                    : decision.variable();
        }
        System.arraycopy(auxiliaries, 0, variables, chosen.size(), auxiliaries.length);
        return builder.build(variables);
    }

    private boolean isInteger(SparseVector form) {
        for (int k = 0; k < form.size(); k++) {
            boolean whole = form.value(k) == Math.rint(form.value(k));
            if (!whole || !model.linear().variables().get(form.index(k)).integer()) {
                return false;
            }
        }
        return true;
    }

    /** A form over the model's variables as one over the set's. */
    private SparseVector moved(SparseVector form) {
        int[] indices = new int[form.size()];
        double[] values = new double[form.size()];
        for (int k = 0; k < indices.length; k++) {
            indices[k] = position[form.index(k)];
            values[k] = form.value(k);
        }
        return SparseVector.of(indices, values);
    }

    /**
     * A cost that holds the model's own objective, its constant included, as known cost; penalties with y are to be
     * added. It is to be minimised: where the original maximises, it is the negated objective.
     *
     * @param parameterCount the number dy of uncertain parameters
     * @throws IllegalArgumentException when a variable has a cost, but neither is a decision nor is covered by one
     */
    public PenaltyCost.Builder cost(int parameterCount) {
        return cost(parameterCount, List.of());
    }

    /**
     * A linear cost yᵀa: the objective coefficients of some decisions are unknown, all others are known as in {@link
     * #cost(int)}. y_i is the coefficient of the i-th decision in the list, as the original's objective has it: where the
     * original maximises, y is the gain, and the cost is −yᵀa.
     *
     * @param unknown names of decisions
     * @throws IllegalArgumentException as {@link #cost(int)}, and when there is no decision of a name
     */
    public PenaltyCost.Builder linearCost(List<String> unknown) {
        requireNonNull(unknown, "The names of the unknown coefficients are null.");
        return cost(unknown.size(), unknown);
    }

    /**
     * Both: the first parameters are the unknown objective coefficients of {@link #linearCost}, more may follow.
     *
     * @throws IllegalArgumentException as {@link #linearCost}, and when there are fewer parameters than unknown
     *     coefficients
     */
    public PenaltyCost.Builder cost(int parameterCount, List<String> unknown) {
        requireNonNull(unknown, "The names of the unknown coefficients are null.");
        if (parameterCount < unknown.size()) {
            throw new IllegalArgumentException("There are " + parameterCount + " parameters, too few for "
                    + unknown.size() + " unknown objective coefficients.");
        }
        Map<String, SparseVector> coefficients = new LinkedHashMap<>();
        for (int i = 0; i < unknown.size(); i++) {
            if (coefficients.put(unknown.get(i), SparseVector.unit(i, 1)) != null) {
                throw new IllegalArgumentException(
                        "The objective coefficient of " + Names.shown(unknown.get(i)) + " is listed twice as unknown.");
            }
        }
        return linearCost(parameterCount, coefficients);
    }

    /**
     * A cost yᵀQa where several objective coefficients depend on the same unknowns, such as those of all that burns a fuel on
     * its price: the coefficient of decision i is q_iᵀy. All others are known as in {@link #cost(int)}. Where the original
     * maximises, the coefficients are gains, and the cost is −yᵀQa.
     *
     * @param parameterCount the number dy of uncertain parameters
     * @param coefficients q_i over the parameters, by the names of the decisions
     * @throws IllegalArgumentException as {@link #cost(int)}, and when there is no decision of a name, or no parameter of an
     *     index
     */
    public PenaltyCost.Builder linearCost(int parameterCount, Map<String, SparseVector> coefficients) {
        requireNonNull(coefficients, "The unknown coefficients are null.");
        Set<Integer> learned = new HashSet<>();
        PenaltyCost.Builder cost = PenaltyCost.builder(parameterCount, chosen.size());
        double sign = model.isMaximised() ? -1 : 1;
        coefficients.forEach((name, q) -> {
            int decision = index(name);
            learned.add(decision);
            for (int k = 0; k < q.size(); k++) {
                cost.bilinear(q.index(k), decision, sign * q.value(k));
            }
        });
        addKnown(cost, learned);
        return cost;
    }

    /** Adds the model's own objective, but for decisions whose coefficient is unknown. */
    private void addKnown(PenaltyCost.Builder cost, Set<Integer> learned) {
        ObjectiveByDecision objective = objective(learned);
        objective.requireNoSquares();
        objective.requireCovered();
        for (int k = 0; k < chosen.size(); k++) {
            double linear = objective.cost(k);
            if (linear != 0) {
                cost.identity(linear, AffineResidual.decision(k));
            }
            double square = objective.square(k);
            if (square != 0) {
                cost.square(square, AffineResidual.decision(k));
            }
        }
        double offset = model.linear().offset();
        if (offset != 0) {
            cost.identity(1, AffineResidual.constant(offset));
        }
    }

    private ObjectiveByDecision objective(Set<Integer> learned) {
        return new ObjectiveByDecision(model, chosen, learned);
    }

    private static SparseVector sparse(double[] dense) {
        return SparseVector.of(IntStream.range(0, dense.length).toArray(), dense);
    }

    @Override
    public String toString() {
        return "OrToolsDecisions" + names();
    }
}
