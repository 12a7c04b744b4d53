package org.soebm.timefold;

import org.jspecify.annotations.Nullable;
import org.soebm.api.cost.PenaltyTerm;

/**
 * The minimiser, within a box, of the terms that touch one variable only; integer variables at the better of the two
 * neighbours. Where that is all of the objective and the point satisfies the rows, it is optimal.
 */
final class SeparableMinimum {
    private SeparableMinimum() {}

    /** Whether every term touches one variable. */
    static boolean isWhole(Program program) {
        return program.oracle == null
                && program.terms.stream()
                        .allMatch(term -> term.decisionCoefficients().size() == 1);
    }

    /** The minimiser; null when a variable's terms fall for ever. */
    static double @Nullable [] of(Program program, Box box) {
        double[] point = new double[program.variableCount];
        LineFunction line = new LineFunction();
        for (int i = 0; i < point.length; i++) {
            double from = box.clip(i, 0);
            double best = minimiser(program, box, i, from, line);
            if (Double.isInfinite(best)) {
                return null;
            }
            point[i] = best;
        }
        return point;
    }

    private static double minimiser(Program program, Box box, int i, double from, LineFunction line) {
        for (int sign = -1; sign <= 1; sign += 2) {
            line.clear();
            for (int k : program.termsOf[i]) {
                PenaltyTerm term = program.terms.get(k);
                if (term.decisionCoefficients().size() == 1) {
                    double d = term.decisionCoefficients().value(0);
                    line.add(term.penalty(), term.offset() + d * from, sign * d, term.std());
                }
            }
            double most = sign > 0 ? box.upper()[i] - from : from - box.lower()[i];
            if (most > 0 && line.slope(0, true) < 0) {
                double way = line.minimiser(most, LineFunction.EXACT);
                if (Double.isInfinite(way)) {
                    return way;
                }
                if (program.integer[i]) { // from is an integer
                    double down = Math.floor(way);
                    double up = Math.min(Math.ceil(way), most);
                    way = line.fall(up) > line.fall(down) ? up : down;
                }
                return box.clip(i, from + sign * way);
            }
        }
        return from;
    }
}
