package org.soebm.timefold;

import org.soebm.api.cost.PenaltyTerm;
import org.soebm.api.linear.SparseVector;

/** A lower bound of the objective over a box: each term by itself at its best residual that the box allows. */
final class LowerBound {
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
            if (Double.isInfinite(at)) {
                return Double.NEGATIVE_INFINITY;
            }
            sum += term.penalty().expectation(at, term.std());
        }
        return sum;
    }

    /**
     * Shrinks the ranges of the integer variables to where the bound is at most a cost that is known to be attained: better
     * points lie nowhere else.
     */
    void shrink(Box box, double attained) {
        double limit = attained + 1e-9 * Math.max(1, Math.abs(attained));
        for (int i = 0; i < program.variableCount; i++) {
            if (program.integer[i] && program.termsOf[i].length > 0) {
                box.upper()[i] = farthest(box, i, 1, limit);
                box.lower()[i] = farthest(box, i, -1, limit);
            }
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

    /** The bound over the part of the box from t on. */
    private double beyond(Box box, int i, int sign, double t) {
        Box part = box.copy();
        if (sign > 0) {
            part.lower()[i] = t;
        } else {
            part.upper()[i] = t;
        }
        return over(part);
    }
}
