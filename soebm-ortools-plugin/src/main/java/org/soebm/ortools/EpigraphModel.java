package org.soebm.ortools;

import com.google.ortools.linearsolver.MPConstraintProto;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.ResidualPenalty;

/**
 * The exact linear or convex quadratic program of a {@link RidgeSum}. With t = dᵀa, each known term becomes
 *
 * <ul>
 *   <li>identity: a linear cost,
 *   <li>square: a diagonal quadratic cost on the decision, or on an added variable u = t where d has several decisions,
 *   <li>hinge: an epigraph variable p ≥ r, p ≥ 0 with a linear cost; or, where a direction has many hinges, segments
 *       t = t₁ − p₀ + Σ p_j of increasing slope between the sorted kinks, which needs one row a direction instead of
 *       one a hinge,
 *   <li>squared hinge: a quadratic cost on such an epigraph variable.
 * </ul>
 *
 * Gaussian terms enter through a quadratic expansion that the caller gives.
 */
final class EpigraphModel {
    private static final int MOST_HINGES_AS_ROWS = 2;

    private final LinearQuadraticModel model;

    private EpigraphModel(ConstraintSet set) {
        model = LinearQuadraticModel.over(set);
    }

    /**
     * A local quadratic slope·(t − at) + ½·curvature·(t − at)² in place of those terms of a ridge function that do not
     * {@link RidgeFunction.Term#actsKnown act known} at that position.
     */
    record Expansion(double at, double slope, double curvature) {}

    /** The model of an objective without Gaussian terms. */
    static LinearQuadraticModel of(ConstraintSet set, RidgeSum objective) {
        return of(set, objective, null);
    }

    /**
     * The model with the expansions in place of the Gaussian terms.
     *
     * @param expansions one a ridge function; null where none is needed
     */
    static LinearQuadraticModel of(ConstraintSet set, RidgeSum objective, Expansion @Nullable [] expansions) {
        EpigraphModel builder = new EpigraphModel(set);
        for (int i = 0; i < objective.linear().length; i++) {
            builder.model.addCost(i, objective.linear()[i]);
        }
        builder.model.addConstant(objective.constant());
        for (int j = 0; j < objective.ridges().size(); j++) {
            builder.add(objective.ridges().get(j), expansions == null ? null : expansions[j]);
        }
        return builder.model;
    }

    private void add(RidgeFunction ridge, @Nullable Expansion expansion) {
        double square = 0;
        double slope = 0;
        double constant = 0;
        List<RidgeFunction.Term> hinges = new ArrayList<>();
        List<RidgeFunction.Term> squaredHinges = new ArrayList<>();
        for (RidgeFunction.Term term : ridge.terms()) {
            if (expansion != null && !term.actsKnown(expansion.at())) {
                continue;
            }
            ResidualPenalty penalty = term.penalty();
            square += penalty.square() * term.scale() * term.scale();
            slope += penalty.identity() * term.scale() + 2 * penalty.square() * term.scale() * term.offset();
            constant += penalty.identity() * term.offset() + penalty.square() * term.offset() * term.offset();
            if (penalty.squaredHinge() != 0) {
                squaredHinges.add(term);
            } else if (penalty.hinge() != 0) {
                hinges.add(term);
            }
        }
        if (expansion != null) {
            double h = 0.5 * expansion.curvature();
            square += h;
            slope += expansion.slope() - 2 * h * expansion.at();
            constant += (h * expansion.at() - expansion.slope()) * expansion.at();
        }
        boolean asSegments = hinges.size() > MOST_HINGES_AS_ROWS;
        int position = -1; // of the variable that equals t, where one is needed
        if (square != 0 || asSegments) {
            position = positionVariable(ridge);
            model.addSquare(position, square);
        }
        model.addConstant(constant);
        if (asSegments) {
            slope += segments(position, hinges);
        } else {
            for (RidgeFunction.Term term : hinges) {
                epigraph(ridge, term);
            }
        }
        for (RidgeFunction.Term term : squaredHinges) {
            epigraph(ridge, term);
        }
        if (slope != 0) {
            model.addCost(ridge.direction(), slope);
        }
    }

    private int positionVariable(RidgeFunction ridge) {
        if (ridge.isCoordinate()) {
            return ridge.direction().index(0);
        }
        int position = model.variable(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        model.row(ridge.direction(), 1, position, -1, 0, 0);
        return position;
    }

    /** p ≥ r, p ≥ 0. */
    private void epigraph(RidgeFunction ridge, RidgeFunction.Term term) {
        int p = model.variable(0, Double.POSITIVE_INFINITY);
        model.addCost(p, term.penalty().hinge());
        model.addSquare(p, term.penalty().squaredHinge());
        model.row(ridge.direction(), -term.scale(), p, 1, term.offset(), Double.POSITIVE_INFINITY);
    }

    /** t = t₁ − p₀ + p₁ + … + p_K; returns the slope left of all kinks, its constant being added here. */
    private double segments(int position, List<RidgeFunction.Term> hinges) {
        double slopeOnTheLeft = 0;
        for (RidgeFunction.Term term : hinges) {
            double weight = term.penalty().hinge() * term.scale();
            if (weight < 0) { // [r]₊ with r falling in t: active on the left of its kink
                slopeOnTheLeft += weight;
                model.addConstant(-weight * term.kink());
            }
        }
        List<RidgeFunction.Term> sorted = new ArrayList<>(hinges);
        sorted.sort(Comparator.comparingDouble(RidgeFunction.Term::kink));
        double first = sorted.get(0).kink();
        MPConstraintProto.Builder row = model.row(first, first);
        row.addVarIndex(position).addCoefficient(1);
        row.addVarIndex(model.variable(0, Double.POSITIVE_INFINITY)).addCoefficient(1);
        double rise = 0;
        for (int k = 0; k < sorted.size(); k++) {
            rise += sorted.get(k).penalty().hinge() * Math.abs(sorted.get(k).scale());
            boolean last = k == sorted.size() - 1;
            double width = last
                    ? Double.POSITIVE_INFINITY
                    : sorted.get(k + 1).kink() - sorted.get(k).kink();
            if (width > 0) {
                int segment = model.variable(0, width);
                model.addCost(segment, rise);
                row.addVarIndex(segment).addCoefficient(-1);
            }
        }
        return slopeOnTheLeft;
    }
}
