package org.soebm.benchmarks.scaling;

import java.util.Arrays;

/** How a quantity grows: the exponent b of y = c xᵇ by least squares in logarithms. */
final class Growth {
    private Growth() {}

    /** The exponent; NaN where fewer than two points are positive in both. */
    static double exponent(double[] x, double[] y) {
        double[] u = new double[x.length];
        double[] v = new double[x.length];
        int n = 0;
        for (int i = 0; i < x.length; i++) {
            if (x[i] > 0 && y[i] > 0) {
                u[n] = Math.log(x[i]);
                v[n++] = Math.log(y[i]);
            }
        }
        if (n < 2) {
            return Double.NaN;
        }
        double meanU = Arrays.stream(u, 0, n).average().orElseThrow();
        double meanV = Arrays.stream(v, 0, n).average().orElseThrow();
        double covariance = 0;
        double variance = 0;
        for (int i = 0; i < n; i++) {
            covariance += (u[i] - meanU) * (v[i] - meanV);
            variance += (u[i] - meanU) * (u[i] - meanU);
        }
        return covariance / variance;
    }
}
