package org.soebm.timefold;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.LinearRow;
import org.soebm.api.cost.PenaltyTerm;
import org.soebm.api.cost.ResidualPenalty;
import org.soebm.api.linear.SparseVector;

/**
 * The steepest way down that the rows, bounds and kinks nearby leave open: d = −D(g + Σ λ_r a_r + Σ μ_k c_k), where the
 * multipliers of rows and bounds nearby (λ_r ≥ 0 to one side, any for an equation) and the subgradients of kinks nearby
 * (0 ≤ μ_k ≤ the kink's jump) make it as short as possible, measured by D, the squares of the variables' scales. For
 * problems whose rows fit no simple pattern. Integer variables stay.
 */
final class SteepestDescent {
    private static final int MOST_SWEEPS = 4000;
    private static final double CONVERGED = 1e-15;
    /** So much shorter than without constraints, a direction is none. */
    private static final double STATIONARY = 1e-7;

    private static final double CANCELLED = 1e-9;

    private final Program program;
    private final Grid grid;
    private final double[] gradient;
    private final double[] metric;
    private SparseVector[] vector = new SparseVector[16];
    private double[] least = new double[16];
    private double[] most = new double[16];
    private double[] multiplier = new double[16];
    private int size;

    SteepestDescent(Program program, Grid grid) {
        this.program = program;
        this.grid = grid;
        gradient = new double[program.variableCount];
        metric = new double[program.variableCount];
    }

    /**
     * The direction, or null where there is none: the point is stationary.
     *
     * @param width how near a row, bound or kink counts, in scales
     */
    @Nullable
    Direction from(GridScoreCalculator.State state, double width) {
        size = 0;
        Arrays.fill(gradient, 0);
        for (int i = 0; i < metric.length; i++) {
            boolean free = !grid.isFixed(i) && !program.integer[i];
            metric[i] = free ? grid.scale(i) * grid.scale(i) : 0;
        }
        collectTerms(state, width);
        double before = length();
        collectRows(state, width);
        collectBounds(state, width);
        double after = shorten(STATIONARY * before);
        return after <= STATIONARY * before ? null : direction();
    }

    private void collectTerms(GridScoreCalculator.State state, double width) {
        for (int t = 0; t < program.terms.size(); t++) {
            PenaltyTerm term = program.terms.get(t);
            ResidualPenalty phi = term.penalty();
            double r = state.residual(t);
            boolean kinked = term.std() == 0 && phi.hinge() > 0;
            if (kinked && Math.abs(r) <= Math.max(width * size(term.decisionCoefficients()), state.kinkWidth(term))) {
                double below = phi.identity() + 2 * phi.square() * r;
                term.decisionCoefficients().addTo(gradient, below);
                add(term.decisionCoefficients(), 0, phi.hinge());
            } else {
                term.decisionCoefficients().addTo(gradient, phi.expectedDerivative(r, term.std()));
            }
        }
    }

    private void collectRows(GridScoreCalculator.State state, double width) {
        for (int r = 0; r < program.rows.size(); r++) {
            LinearRow row = program.rows.get(r);
            double near = Math.max(width * size(row.coefficients()), state.rowGrain(r));
            boolean upper = row.upper() - state.activity(r) <= near;
            boolean lower = state.activity(r) - row.lower() <= near;
            if (upper || lower) {
                add(row.coefficients(), lower ? Double.NEGATIVE_INFINITY : 0, upper ? Double.POSITIVE_INFINITY : 0);
            }
        }
    }

    private void collectBounds(GridScoreCalculator.State state, double width) {
        for (int i = 0; i < metric.length; i++) {
            if (metric[i] > 0) {
                double near = Math.max(width * grid.scale(i), 2 * grid.step[i]);
                boolean upper = grid.upper(i) - state.value(i) <= near;
                boolean lower = state.value(i) - grid.lower(i) <= near;
                if (upper || lower) {
                    add(
                            SparseVector.unit(i, 1),
                            lower ? Double.NEGATIVE_INFINITY : 0,
                            upper ? Double.POSITIVE_INFINITY : 0);
                }
            }
        }
    }

    private double size(SparseVector c) {
        double size = 0;
        for (int k = 0; k < c.size(); k++) {
            size = Math.max(size, Math.abs(c.value(k)) * grid.scale(c.index(k)));
        }
        return size;
    }

    private void add(SparseVector of, double low, double high) {
        if (size == vector.length) {
            vector = Arrays.copyOf(vector, 2 * size);
            least = Arrays.copyOf(least, 2 * size);
            most = Arrays.copyOf(most, 2 * size);
            multiplier = Arrays.copyOf(multiplier, 2 * size);
        }
        vector[size] = of;
        least[size] = low;
        most[size] = high;
        multiplier[size++] = 0;
    }

    /** Coordinate descent over the multipliers, until the length is no more than enough; the gradient array holds g + Σ λ a + Σ μ c. */
    private double shorten(double enough) {
        double[] norm = new double[size];
        for (int k = 0; k < size; k++) {
            norm[k] = product(vector[k], true);
        }
        for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
            double worst = 0;
            double length = length();
            if (length <= enough) {
                return length;
            }
            for (int k = 0; k < size; k++) {
                if (norm[k] > 0) {
                    double wanted = multiplier[k] - product(vector[k], false) / norm[k];
                    double change = Math.min(Math.max(wanted, least[k]), most[k]) - multiplier[k];
                    multiplier[k] += change;
                    vector[k].addTo(gradient, change);
                    worst = Math.max(worst, change * change * norm[k]);
                }
            }
            if (worst <= CONVERGED * CONVERGED * length * length) {
                break;
            }
        }
        return length();
    }

    /** aᵀDa, or aᵀDw with the shortened gradient w. */
    private double product(SparseVector a, boolean withItself) {
        double sum = 0;
        for (int k = 0; k < a.size(); k++) {
            sum += metric[a.index(k)] * a.value(k) * (withItself ? a.value(k) : gradient[a.index(k)]);
        }
        return sum;
    }

    private double length() {
        double sum = 0;
        for (int i = 0; i < gradient.length; i++) {
            sum += metric[i] * gradient[i] * gradient[i];
        }
        return Math.sqrt(sum);
    }

    private @Nullable Direction direction() {
        double largest = 0;
        for (int i = 0; i < gradient.length; i++) {
            largest = Math.max(largest, metric[i] * Math.abs(gradient[i]) / grid.scale(i));
        }
        int count = 0;
        int[] variables = new int[gradient.length];
        double[] steps = new double[gradient.length];
        for (int i = 0; i < gradient.length; i++) {
            double step = -metric[i] * gradient[i] / largest;
            if (Math.abs(step) > 1e-10 * grid.scale(i)) {
                variables[count] = i;
                steps[count++] = step;
            }
        }
        return Direction.of(program, Arrays.copyOf(variables, count), Arrays.copyOf(steps, count), CANCELLED);
    }
}
