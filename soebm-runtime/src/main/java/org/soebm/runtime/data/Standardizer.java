package org.soebm.runtime.data;

import org.soebm.api.task.Table;

/** tmp. */
public final class Standardizer {
    private final double[] means;
    private final double[] stds;

    private Standardizer(double[] means, double[] stds) {
        this.means = means;
        this.stds = stds;
    }

    /** tmp. */
    public static Standardizer fit(Table table) {
        int w = table.width();
        double[] m = new double[w];
        double[] s = new double[w];
        for (int c = 0; c < w; c++) {
            for (int r = 0; r < table.rows(); r++) {
                m[c] += table.get(r, c) / table.rows();
            }
            for (int r = 0; r < table.rows(); r++) {
                s[c] += Math.pow(table.get(r, c) - m[c], 2) / table.rows();
            }
            s[c] = Math.sqrt(s[c]);
            if (s[c] < 1e-12) {
                s[c] = 1;
            }
        }
        return new Standardizer(m, s);
    }

    /** tmp. */
    public static Standardizer of(double[] means, double[] stds) {
        return new Standardizer(means, stds);
    }

    /** tmp. */
    public double[] means() {
        return means;
    }

    /** tmp. */
    public double[] stds() {
        return stds;
    }

    /** tmp. */
    public float[] apply(Table table) {
        float[] f = new float[table.rows() * table.width()];
        for (int r = 0; r < table.rows(); r++) {
            for (int c = 0; c < table.width(); c++) {
                f[r * table.width() + c] = (float) ((table.get(r, c) - means[c]) / stds[c]);
            }
        }
        return f;
    }
}
