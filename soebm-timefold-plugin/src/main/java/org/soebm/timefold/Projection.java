package org.soebm.timefold;

import org.soebm.api.constraint.LinearRow;
import org.soebm.api.linear.SparseVector;

/**
 * A cheap projection onto the rows and a box: missed rows are restored one after the other, each by the smallest change (in
 * units of the variables' scales), until all hold or it takes too long. What remains is left to the search.
 */
final class Projection {
    private static final int MOST_SWEEPS = 400;

    private Projection() {}

    /** Moves the point in place and returns the largest miss that is left, relative to the rows' scales. */
    static double project(Program program, Box box, double[] point) {
        for (int i = 0; i < point.length; i++) {
            point[i] = box.clip(i, point[i]);
        }
        double worst = Double.POSITIVE_INFINITY;
        for (int sweep = 0; sweep < MOST_SWEEPS && worst > 0; sweep++) {
            worst = 0;
            for (int r = 0; r < program.rows.size(); r++) {
                LinearRow row = program.rows.get(r);
                double activity = row.coefficients().dot(point);
                double miss = activity > row.upper()
                        ? row.upper() - activity
                        : activity < row.lower() ? row.lower() - activity : 0;
                if (Math.abs(miss) > 1e-13 * program.rowScale[r]) {
                    worst = Math.max(worst, Math.abs(miss) / program.rowScale[r]);
                    restore(program, box, row.coefficients(), miss, point);
                }
            }
        }
        return worst;
    }

    private static void restore(Program program, Box box, SparseVector c, double miss, double[] point) {
        double norm = 0; // of the coefficients whose variables can move the right way
        for (int k = 0; k < c.size(); k++) {
            norm += weight(program, box, c, k, miss, point) * c.value(k) * c.value(k);
        }
        if (norm == 0) {
            return;
        }
        for (int k = 0; k < c.size(); k++) {
            int i = c.index(k);
            double change = miss / norm * weight(program, box, c, k, miss, point) * c.value(k);
            point[i] = box.clip(i, point[i] + change);
        }
    }

    private static double weight(Program program, Box box, SparseVector c, int k, double miss, double[] point) {
        int i = c.index(k);
        boolean up = miss * c.value(k) > 0;
        boolean free = up ? point[i] < box.upper()[i] : point[i] > box.lower()[i];
        return free ? program.scale[i] * program.scale[i] : 0;
    }
}
