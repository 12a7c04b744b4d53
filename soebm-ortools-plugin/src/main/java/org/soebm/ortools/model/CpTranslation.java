package org.soebm.ortools.model;

import com.google.ortools.sat.BoolArgumentProto;
import com.google.ortools.sat.ConstraintProto;
import com.google.ortools.sat.CpModelProto;
import com.google.ortools.sat.CpObjectiveProto;
import com.google.ortools.sat.FloatObjectiveProto;
import com.google.ortools.sat.IntegerVariableProto;
import com.google.ortools.sat.LinearConstraintProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.soebm.api.linear.SparseVector;

/**
 * Translates the models of CP-SAT.
 *
 * <p>Linear constraints, clauses, at-most-one and exactly-one become rows; enforcement literals become big-M terms; an
 * expression or a variable whose values are several intervals gets one binary an interval, which chooses. Where a model has
 * anything else, it stays a CP-SAT model as a whole; the rows are then those that need no binaries, for solvers and checks
 * that look at rows.
 */
final class CpTranslation {
    private static final long LARGEST_EXACT = 1L << 53; // as a double; CP-SAT's larger numbers stand for no bound
    private static final double LARGEST_BIG_M = 1e6;
    private static final int MOST_INTERVALS = 1_000;

    /** An affine form of the variables. */
    private static final class Form {
        private final Map<Integer, Double> terms = new TreeMap<>();
        private double constant;

        void add(int reference, double coefficient) {
            boolean negated = reference < 0; // −k−1 stands for the negative of variable k
            terms.merge(negated ? -reference - 1 : reference, negated ? -coefficient : coefficient, Double::sum);
        }

        void addLiteral(int literal, double coefficient) {
            if (literal < 0) { // −k−1 is "not k", 1 − k
                constant += coefficient;
            }
            add(literal, coefficient);
        }

        SparseVector vector() {
            int[] indices = terms.keySet().stream().mapToInt(Integer::intValue).toArray();
            double[] values =
                    terms.values().stream().mapToDouble(Double::doubleValue).toArray();
            return SparseVector.of(indices, values);
        }
    }

    /** Form in one of the intervals, whenever all literals hold. */
    private record Condition(String name, Form form, List<double[]> intervals, List<Integer> enforcement) {}

    private final CpModelProto proto;
    private final LinearModel.Builder model = new LinearModel.Builder();
    private final Map<String, Integer> unsaid = new TreeMap<>(); // what rows cannot say, with counts

    private CpTranslation(CpModelProto proto) {
        this.proto = proto;
    }

    static LinearModel translate(CpModelProto proto) {
        return new CpTranslation(proto).translate();
    }

    private LinearModel translate() {
        List<Condition> conditions = new ArrayList<>();
        for (int i = 0; i < proto.getVariablesCount(); i++) {
            IntegerVariableProto variable = proto.getVariables(i);
            List<double[]> intervals = intervals(variable.getDomainList());
            model.variable(variable.getName(), intervals.get(0)[0], intervals.get(intervals.size() - 1)[1], true);
            if (intervals.size() > 1) {
                Form itself = new Form();
                itself.add(i, 1);
                String name = "domain of variable " + MpTranslation.nameOf(variable.getName(), i);
                conditions.add(new Condition(name, itself, intervals, List.of()));
            }
        }
        for (int i = 0; i < proto.getConstraintsCount(); i++) {
            ConstraintProto constraint = proto.getConstraints(i);
            conditions.addAll(conditions(constraint, MpTranslation.nameOf(constraint.getName(), i)));
        }
        for (int assumption : proto.getAssumptionsList()) {
            conditions.add(clause("assumption", List.of(assumption), List.of()));
        }
        CpObjectiveProto objective = proto.getObjective();
        if (objective.getDomainCount() > 0) {
            conditions.add(linear(
                    "domain of the objective",
                    objective.getVarsList(),
                    objective.getCoeffsList(),
                    objective.getDomainList(),
                    List.of()));
        }
        conditions.forEach(condition -> {
            if (!isSayable(condition)) {
                count(unsayable(condition));
            }
        });
        boolean isNative = !unsaid.isEmpty();
        for (Condition condition : conditions) {
            if (isSayable(condition) && !(isNative && condition.intervals().size() > 1)) {
                say(condition);
            }
        }
        return withObjective(isNative ? source() : null);
    }

    private static List<double[]> intervals(List<Long> domain) {
        List<double[]> intervals = new ArrayList<>();
        for (int k = 0; k + 1 < domain.size(); k += 2) {
            long low = domain.get(k);
            long high = domain.get(k + 1);
            intervals.add(new double[] {
                low <= -LARGEST_EXACT ? Double.NEGATIVE_INFINITY : low,
                high >= LARGEST_EXACT ? Double.POSITIVE_INFINITY : high
            });
        }
        return intervals;
    }

    private void count(String what) {
        unsaid.merge(what, 1, Integer::sum);
    }

    /** What a constraint says, as far as rows can say it; counts it where they cannot. */
    private List<Condition> conditions(ConstraintProto constraint, String name) {
        List<Integer> enforcement = constraint.getEnforcementLiteralList();
        return switch (constraint.getConstraintCase()) {
            case CONSTRAINT_NOT_SET, DUMMY_CONSTRAINT -> List.of();
            case BOOL_OR -> List.of(clause(name, constraint.getBoolOr().getLiteralsList(), enforcement));
            case BOOL_AND ->
                constraint.getBoolAnd().getLiteralsList().stream()
                        .map(literal -> clause(name, List.of(literal), enforcement))
                        .toList();
            case AT_MOST_ONE -> List.of(sum(name, constraint.getAtMostOne(), 0, enforcement));
            case EXACTLY_ONE -> List.of(sum(name, constraint.getExactlyOne(), 1, enforcement));
            case LINEAR -> {
                LinearConstraintProto linear = constraint.getLinear();
                yield List.of(linear(
                        name, linear.getVarsList(), linear.getCoeffsList(), linear.getDomainList(), enforcement));
            }
            default -> {
                count(kind(constraint.getConstraintCase()));
                yield List.of();
            }
        };
    }

    private static String kind(ConstraintProto.ConstraintCase kind) {
        return switch (kind) {
            case ALL_DIFF -> "all-different";
            case NO_OVERLAP -> "no-overlap";
            case NO_OVERLAP_2D -> "two-dimensional no-overlap";
            case BOOL_XOR -> "exclusive-or";
            case INT_DIV -> "division";
            case INT_MOD -> "modulo";
            case INT_PROD -> "product";
            case LIN_MAX -> "maximum";
            default -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        };
    }

    /** Enforcement ⇒ one of the literals, which is a clause itself. */
    private static Condition clause(String name, List<Integer> literals, List<Integer> enforcement) {
        Form form = new Form();
        literals.forEach(literal -> form.addLiteral(literal, 1));
        enforcement.forEach(literal -> form.addLiteral(-literal - 1, 1));
        return new Condition(name, form, List.of(new double[] {1, Double.POSITIVE_INFINITY}), List.of());
    }

    private static Condition sum(String name, BoolArgumentProto literals, double low, List<Integer> enforcement) {
        Form form = new Form();
        literals.getLiteralsList().forEach(literal -> form.addLiteral(literal, 1));
        return new Condition(name, form, List.of(new double[] {low, 1}), enforcement);
    }

    private static Condition linear(
            String name,
            List<Integer> variables,
            List<Long> coefficients,
            List<Long> domain,
            List<Integer> enforcement) {
        Form form = new Form();
        for (int k = 0; k < variables.size(); k++) {
            form.add(variables.get(k), coefficients.get(k));
        }
        return new Condition(name, form, intervals(domain), enforcement);
    }

    /** Whether rows with coefficients of a sane size say it. */
    private boolean isSayable(Condition condition) {
        if (!isExact(condition) || condition.intervals().size() > MOST_INTERVALS) {
            return false;
        }
        boolean conditional =
                condition.intervals().size() > 1 || !condition.enforcement().isEmpty();
        if (!conditional) {
            return true;
        }
        double[] range = model.range(condition.form().vector());
        return condition.intervals().stream().allMatch(interval -> {
            double low = interval[0] - condition.form().constant;
            double high = interval[1] - condition.form().constant;
            return !(low > range[0] && low - range[0] > LARGEST_BIG_M)
                    && !(high < range[1] && range[1] - high > LARGEST_BIG_M);
        });
    }

    /** What kind of condition it is that rows cannot say. */
    private String unsayable(Condition condition) {
        if (!isExact(condition)) {
            return "linear (with coefficients above 2^53)";
        }
        if (condition.intervals().size() > 1) {
            return "domain with gaps";
        }
        double[] range = model.range(condition.form().vector());
        boolean isUnbounded = Double.isInfinite(range[0]) || Double.isInfinite(range[1]);
        return isUnbounded ? "unbounded conditional linear" : "conditional linear (wider than 1e6)";
    }

    private static boolean isExact(Condition condition) {
        return condition.form().terms.values().stream().allMatch(c -> Math.abs(c) <= LARGEST_EXACT);
    }

    private void say(Condition condition) {
        List<double[]> intervals = condition.intervals();
        if (intervals.size() == 1) {
            enforced(condition.name(), condition.form(), intervals.get(0), condition.enforcement());
            return;
        }
        Form chosen = new Form();
        for (double[] interval : intervals) {
            int choice = model.variable("", 0, 1, true);
            chosen.add(choice, 1);
            enforced(condition.name(), condition.form(), interval, List.of(choice));
        }
        double[] one = {1, condition.enforcement().isEmpty() ? 1 : Double.POSITIVE_INFINITY};
        enforced(condition.name(), chosen, one, condition.enforcement());
    }

    /** Rows for: literals ⇒ low ≤ form ≤ high. */
    private void enforced(String name, Form form, double[] interval, List<Integer> literals) {
        double low = interval[0] - form.constant;
        double high = interval[1] - form.constant;
        SparseVector vector = form.vector();
        if (literals.isEmpty()) {
            model.row(name, vector, low, high);
            return;
        }
        double[] range = model.range(vector);
        if (low > range[0]) {
            Form relaxed = relaxation(literals, low - range[0]);
            model.row(name, vector.plus(relaxed.vector()), low - relaxed.constant, Double.POSITIVE_INFINITY);
        }
        if (high < range[1]) {
            Form relaxed = relaxation(literals, high - range[1]);
            model.row(name, vector.plus(relaxed.vector()), Double.NEGATIVE_INFINITY, high - relaxed.constant);
        }
    }

    /** The amount for each literal that does not hold. */
    private static Form relaxation(List<Integer> literals, double amount) {
        Form relaxation = new Form();
        literals.forEach(literal -> relaxation.addLiteral(-literal - 1, amount));
        return relaxation;
    }

    private CpSatSource source() {
        List<String> parts = new ArrayList<>();
        unsaid.forEach((kind, count) -> parts.add(count + " " + kind));
        int last = parts.size() - 1;
        String list = last == 0 ? parts.get(0) : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
        boolean single = last == 0 && unsaid.values().iterator().next() == 1;
        CpModelProto rest = proto.toBuilder()
                .clearObjective()
                .clearFloatingPointObjective()
                .clearSolutionHint()
                .clearSearchStrategy()
                .clearSymmetry()
                .build();
        return new CpSatSource(
                withDomainOfObjective(rest), "a CP-SAT model with " + list + " constraint" + (single ? "" : "s"));
    }

    /** An objective may have a domain, which goes on to hold when the objective is another one. */
    private CpModelProto withDomainOfObjective(CpModelProto rest) {
        CpObjectiveProto objective = proto.getObjective();
        if (objective.getDomainCount() == 0) {
            return rest;
        }
        LinearConstraintProto.Builder linear =
                LinearConstraintProto.newBuilder().addAllDomain(objective.getDomainList());
        for (int k = 0; k < objective.getVarsCount(); k++) {
            int reference = objective.getVars(k);
            linear.addVars(reference < 0 ? -reference - 1 : reference);
            linear.addCoeffs(reference < 0 ? -objective.getCoeffs(k) : objective.getCoeffs(k));
        }
        return rest.toBuilder()
                .addConstraints(ConstraintProto.newBuilder().setLinear(linear))
                .build();
    }

    private LinearModel withObjective(@Nullable CpSatSource source) {
        Form cost = new Form();
        boolean maximised;
        if (proto.hasFloatingPointObjective()) {
            FloatObjectiveProto objective = proto.getFloatingPointObjective();
            maximised = objective.getMaximize();
            double sign = maximised ? -1 : 1;
            for (int k = 0; k < objective.getVarsCount(); k++) {
                cost.add(objective.getVars(k), sign * objective.getCoeffs(k));
            }
            cost.constant = sign * objective.getOffset();
        } else {
            // The objective is scale·(Σ c x + offset); a maximisation has a negative scale, and c is minimised in any
            // case.
            CpObjectiveProto objective = proto.getObjective();
            double scale = objective.getScalingFactor() == 0 ? 1 : objective.getScalingFactor();
            maximised = scale < 0;
            for (int k = 0; k < objective.getVarsCount(); k++) {
                cost.add(objective.getVars(k), Math.abs(scale) * objective.getCoeffs(k));
            }
            cost.constant = Math.abs(scale) * objective.getOffset();
        }
        cost.terms.forEach((variable, coefficient) -> model.objective(variable, coefficient, 0));
        return model.build(proto.getName(), cost.constant + 0.0, maximised, source);
    }
}
