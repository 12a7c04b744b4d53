package org.soebm.api.cost;

import java.util.ArrayList;
import java.util.List;
import org.soebm.api.linear.SparseVector;

/**
 * A convex objective Σ_k E φ_k(d_kᵀa + b_k + s_k·ε_k) + qᵀa + constant, which a solver may exploit exactly: an LP or QP
 * where every s_k is 0, a smooth convex program otherwise.
 */
public final class PenaltyObjective implements Objective {
    private final int dimension;
    private final List<PenaltyTerm> terms;
    private final double[] linear;
    private final double constant;

    /**
     * @param terms the penalty terms; each touches only decisions below dimension, and those that touch none are added
     *     to the constant
     * @param linear q, length {@code dimension}
     * @throws IllegalArgumentException when sizes do not fit or a number is not finite
     */
    public PenaltyObjective(int dimension, List<PenaltyTerm> terms, double[] linear, double constant) {
        if (linear.length != dimension) {
            throw new IllegalArgumentException(
                    "The objective has " + dimension + " decisions, but " + linear.length + " linear coefficients.");
        }
        for (int i = 0; i < dimension; i++) {
            if (!Double.isFinite(linear[i])) {
                throw new IllegalArgumentException("The linear coefficient of decision " + i + " is " + linear[i]
                        + ", but must be finite. Maybe a parameter of the problem is missing?");
            }
        }
        List<PenaltyTerm> varying = new ArrayList<>(terms.size());
        double sum = constant;
        for (PenaltyTerm term : terms) {
            SparseVector touched = term.decisionCoefficients();
            if (touched.minimumDimension() > dimension) {
                throw new IllegalArgumentException("A penalty term touches decision " + (touched.minimumDimension() - 1)
                        + ", but there are only " + dimension + " decisions.");
            }
            if (touched.size() == 0) {
                sum += term.penalty().expectation(term.offset(), term.std());
            } else {
                varying.add(term);
            }
        }
        if (!Double.isFinite(sum)) {
            throw new IllegalArgumentException("The objective's constant is " + sum + ", but must be finite.");
        }
        this.dimension = dimension;
        this.terms = List.copyOf(varying);
        this.linear = linear.clone();
        this.constant = sum;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    /** The terms, each with its own residual, which changes with at least one decision. */
    public List<PenaltyTerm> terms() {
        return terms;
    }

    /** q_i, the linear coefficient of a decision. */
    public double linear(int decision) {
        return linear[decision];
    }

    /** What is added to every decision's objective. */
    public double constant() {
        return constant;
    }

    /** Whether every residual is known (all std are 0), so that the objective is piecewise linear-quadratic. */
    public boolean isKnown() {
        return terms.stream().allMatch(term -> term.std() == 0);
    }

    /** Whether every term touches at most one decision, so that the objective is a sum over single decisions. */
    public boolean isSeparable() {
        return terms.stream().allMatch(term -> term.decisionCoefficients().size() <= 1);
    }

    /** For each decision, the positions in {@link #terms()} of the terms that change with it: a local search's index. */
    public List<List<Integer>> termsByDecision() {
        List<List<Integer>> index = new ArrayList<>();
        for (int i = 0; i < dimension; i++) {
            index.add(new ArrayList<>());
        }
        for (int k = 0; k < terms.size(); k++) {
            for (int j = 0; j < terms.get(k).decisionCoefficients().size(); j++) {
                index.get(terms.get(k).decisionCoefficients().index(j)).add(k);
            }
        }
        return index;
    }

    @Override
    public double value(double[] decisions) {
        double sum = constant;
        for (int i = 0; i < dimension; i++) {
            sum += linear[i] * decisions[i];
        }
        for (PenaltyTerm term : terms) {
            sum += term.value(decisions);
        }
        return sum;
    }

    @Override
    public double valueAndGradient(double[] decisions, double[] gradient) {
        System.arraycopy(linear, 0, gradient, 0, dimension);
        double sum = constant;
        for (int i = 0; i < dimension; i++) {
            sum += linear[i] * decisions[i];
        }
        for (PenaltyTerm term : terms) {
            double residual = term.residual(decisions);
            sum += term.penalty().expectation(residual, term.std());
            term.decisionCoefficients().addTo(gradient, term.penalty().expectedDerivative(residual, term.std()));
        }
        return sum;
    }

    @Override
    public String toString() {
        return "PenaltyObjective[" + dimension + " decisions, " + terms.size() + " terms"
                + (isKnown() ? "" : ", Gaussian") + "]";
    }
}
