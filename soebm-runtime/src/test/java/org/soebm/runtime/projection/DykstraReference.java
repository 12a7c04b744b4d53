package org.soebm.runtime.projection;

import java.util.List;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.LinearRow;

/**
 * Nearest points in double precision by an algorithm of another kind: cyclic projections with corrections (Boyle, Dykstra,
 * 1986) onto the bounds and one row after the other. For sets without auxiliary variables.
 */
final class DykstraReference {
    private static final int SWEEPS = 50_000;

    private DykstraReference() {}

    static double[] nearest(ConstraintSet set, double[] point) {
        List<LinearRow> rows = set.rows();
        int d = point.length;
        double[] x = point.clone();
        double[][] corrections = new double[rows.size() + 1][d];
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            double change = 0;
            for (int i = 0; i <= rows.size(); i++) {
                double[] from = new double[d];
                for (int j = 0; j < d; j++) {
                    from[j] = x[j] + corrections[i][j];
                }
                double[] to = i < rows.size() ? ontoRow(rows.get(i), from) : ontoBounds(set, from);
                for (int j = 0; j < d; j++) {
                    change = Math.max(change, Math.abs(from[j] - to[j] - corrections[i][j]));
                    corrections[i][j] = from[j] - to[j];
                    x[j] = to[j];
                }
            }
            if (change < 1e-9) {
                return x;
            }
        }
        if (set.violation(x) > 1e-6) {
            throw new IllegalStateException("Dykstra's algorithm is still off by " + set.violation(x));
        }
        return x;
    }

    private static double[] ontoRow(LinearRow row, double[] point) {
        double value = row.coefficients().dot(point);
        double target = Math.max(row.lower(), Math.min(row.upper(), value));
        double norm = 0;
        for (int k = 0; k < row.coefficients().size(); k++) {
            norm += row.coefficients().value(k) * row.coefficients().value(k);
        }
        double[] moved = point.clone();
        row.coefficients().addTo(moved, (target - value) / norm);
        return moved;
    }

    private static double[] ontoBounds(ConstraintSet set, double[] point) {
        double[] moved = new double[point.length];
        for (int j = 0; j < moved.length; j++) {
            moved[j] = Math.max(set.lower(j), Math.min(set.upper(j), point[j]));
        }
        return moved;
    }
}
