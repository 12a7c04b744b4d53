package org.soebm.timefold;

import org.soebm.api.cost.PenaltyTerm;
import org.soebm.api.linear.SparseVector;

/** A lower bound of the objective over a box: each term by itself at its best residual that the box allows. */
final class LowerBound {
    /** What thousands of sums and differences may come to, relative to the largest of them. */
    private static final double ROUNDING = 1e-12;

    private final Program program;
    private final double[] bestResidual; // of each term alone, may be infinite

    LowerBound(Program program) {
        this.program = program;
        bestResidual = new double[program.terms.size()];
        LineFunction line = new LineFunction();
        for (int k = 0; k < bestResidual.length; k++) {
            PenaltyTerm term = program.terms.get(k);
            for (int sign = -1; sign <= 1; sign += 2) {
                line.clear();
                line.add(term.penalty(), 0, sign, term.std());
                if (line.slope(0, true) < 0) {
                    bestResidual[k] = sign * line.minimiser(Double.POSITIVE_INFINITY, LineFunction.EXACT);
                }
            }
        }
    }

    /** −∞ where the box leaves a term without end, and for an oracle. */
    double over(Box box) {
        if (program.oracle != null) {
            return Double.NEGATIVE_INFINITY;
        }
        double sum = program.constant;
        for (int k = 0; k < bestResidual.length; k++) {
            sum += over(box, k);
        }
        return sum;
    }

    private double over(Box box, int k) {
        PenaltyTerm term = program.terms.get(k);
        SparseVector d = term.decisionCoefficients();
        double low = term.offset();
        double high = term.offset();
        for (int j = 0; j < d.size(); j++) {
            double atLower = d.value(j) * box.lower()[d.index(j)];
            double atUpper = d.value(j) * box.upper()[d.index(j)];
            low += Math.min(atLower, atUpper);
            high += Math.max(atLower, atUpper);
        }
        double at = Math.min(Math.max(bestResidual[k], low), high);
        return Double.isInfinite(at) ? Double.NEGATIVE_INFINITY : term.penalty().expectation(at, term.std());
    }

    /**
     * Shrinks the ranges of the integer variables to where the bound is at most a cost that is known to be attained: better
     * points lie nowhere else. Stops where the budget does.
     */
    void shrink(Box box, double attained, SolveBudget budget) {
        if (program.oracle != null) {
            return;
        }
        double limit = attained + 1e-9 * Math.max(1, Math.abs(attained));
        Parts parts = new Parts(box);
        for (int i = 0; i < program.variableCount; i++) {
            if (program.integer[i] && program.termsOf[i].length > 0 && parts.isFiniteWithout(i)) {
                budget.throwIfCancelled();
                if (budget.isSpent()) {
                    return;
                }
                box.upper()[i] = farthest(box, i, 1, limit - parts.sumWithout(i));
                box.lower()[i] = farthest(box, i, -1, limit - parts.sumWithout(i));
                parts.update(box, i);
            }
        }
    }

    /** The bound term by term, so that a change of one variable only costs the terms of that variable. */
    private final class Parts {
        private final double[] part; // of each term, −∞ where the box leaves it without end
        private double finite;
        private double largest = 1; // that the sum or a part has ever been: what its rounding goes by
        private int open;

        Parts(Box box) {
            part = new double[bestResidual.length];
            finite = program.constant;
            for (int k = 0; k < part.length; k++) {
                add(k, over(box, k));
            }
        }

        private void add(int k, double value) {
            part[k] = value;
            if (Double.isInfinite(value)) {
                open++;
            } else {
                finite += value;
                largest = Math.max(largest, Math.max(Math.abs(finite), Math.abs(value)));
            }
        }

        void update(Box box, int i) {
            for (int k : program.termsOf[i]) {
                if (Double.isInfinite(part[k])) {
                    open--;
                } else {
                    finite -= part[k];
                }
                add(k, over(box, k));
            }
        }

        boolean isFiniteWithout(int i) {
            int others = open;
            for (int k : program.termsOf[i]) {
                others -= Double.isInfinite(part[k]) ? 1 : 0;
            }
            return others == 0;
        }

        /** Of the terms that do not touch the variable, less what rounding may have added. */
        double sumWithout(int i) {
            double sum = finite;
            for (int k : program.termsOf[i]) {
                sum -= Double.isInfinite(part[k]) ? 0 : part[k];
            }
            return sum - ROUNDING * largest;
        }
    }

    /** The last integer on that side of the range beyond which the bound exceeds the limit. */
    private double farthest(Box box, int i, int sign, double limit) {
        double end = sign > 0 ? box.upper()[i] : box.lower()[i];
        double near = sign > 0 ? box.lower()[i] : box.upper()[i];
        double from = Double.isInfinite(near) ? 0 : near;
        double inside = from; // values at least this far cannot be ruled out, or have not been looked at
        double step = 1;
        double outside = Double.NaN;
        while (step < 0x1p40) {
            double t = from + sign * step;
            if (sign > 0 ? t > end : t < end) {
                break;
            }
            if (beyond(box, i, sign, t) > limit) {
                outside = t;
                break;
            }
            inside = t;
            step *= 2;
        }
        if (Double.isNaN(outside)) {
            return end;
        }
        while (Math.abs(outside - inside) > 1) {
            double middle = Math.rint(0.5 * (inside + outside));
            if (middle == inside || middle == outside) {
                break;
            }
            if (beyond(box, i, sign, middle) > limit) {
                outside = middle;
            } else {
                inside = middle;
            }
        }
        return inside;
    }

    /** The bound of the variable's terms over the part of the box from t on. */
    private double beyond(Box box, int i, int sign, double t) {
        double[] side = sign > 0 ? box.lower() : box.upper();
        double before = side[i];
        side[i] = t;
        double sum = 0;
        for (int k : program.termsOf[i]) {
            sum += over(box, k);
        }
        side[i] = before;
        return sum;
    }
}
