package org.soebm.runtime.contrast;

/**
 * Arithmetic on the first n entries of float arrays, in loops that HotSpot's compiler turns into vector instructions: no
 * branch, no call, no conversion, few operations each, arrays indexed alike. Several short loops over what stays in the first-level
 * cache are faster than one long loop that is not vectorised.
 */
final class VectorLoops {
    private static final float INVERSE_SQRT_TWO_PI = (float) (1 / Math.sqrt(2 * Math.PI));

    /** Where e^x is nothing beside 1 in single precision, and its square and what it weighs are no denormal numbers yet. */
    private static final float LEAST_EXPONENT = -40;

    /** Keeps 0/0 off; its reciprocal is still a number. */
    private static final float TINY = 1e-30f;

    private VectorLoops() {}

    /**
     * x ← exp(x) for x ≤ 0, relative error below 4e-5 and below 4e-6 · (1 + |x|) besides: the polynomial of degree 6 that is
     * nearest to exp on [−40/64, 0] (error 1e-9) and 1 at 0, to the power of 64. Below −40 it is e^−40.
     */
    static void exp(float[] x, int n) {
        for (int i = 0; i < n; i++) {
            float t = Math.max(x[i], LEAST_EXPONENT) * (1f / 64);
            float e = (((((0.0010173157f * t + 0.00802978f) * t + 0.04154056f) * t + 0.1666397f) * t + 0.4999973f) * t
                                    + 0.9999999f)
                            * t
                    + 1;
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            x[i] = e;
        }
    }

    /** z ← r · scale and t ← −z²/2, the exponent of the normal density. */
    static void standardise(float[] r, float[] scale, float[] z, float[] t, int n) {
        for (int i = 0; i < n; i++) {
            float standardised = r[i] * scale[i];
            z[i] = standardised;
            t[i] = standardised * standardised * -0.5f;
        }
    }

    /**
     * From e^(−z²/2) to φ(z), and Φ(z) with an absolute error below 2e-6, most of it e's: by Mills' ratio (1 − Φ(x))/φ(x) of x = |z| as the
     * polynomial of degree 5 in 1/(1 + 0.33 x) that makes the largest error of Φ least (7e-8 before rounding).
     */
    static void normal(float[] z, float[] exponential, float[] density, float[] distribution, int n) {
        for (int i = 0; i < n; i++) {
            float x = Math.abs(z[i]);
            float phi = exponential[i] * INVERSE_SQRT_TWO_PI;
            float u = 1 / (1 + 0.33f * x);
            float tail = phi
                    * u
                    * (0.30428815f + u * (0.5170094f + u * (-0.24136113f + u * (0.9508261f + u * -0.27744836f))));
            density[i] = phi;
            distribution[i] = 0.5f + z[i] * (0.5f - tail) / (x + TINY);
        }
    }

    /** E[r₊] = mΦ + sφ. */
    static void expectedHinge(float[] m, float[] s, float[] density, float[] distribution, float[] hinge, int n) {
        for (int i = 0; i < n; i++) {
            hinge[i] = m[i] * distribution[i] + s[i] * density[i];
        }
    }

    /** total ← total + a r + b (r² + s²) + c h. */
    static void addExpected(float[] total, float a, float b, float c, float[] r, float[] s, float[] h, int n) {
        for (int i = 0; i < n; i++) {
            total[i] += a * r[i] + b * (r[i] * r[i] + s[i] * s[i]) + c * h[i];
        }
    }

    /** total ← total + d E[r₊²], E[r₊²] = m E[r₊] + s²Φ. */
    static void addExpectedSquaredHinge(
            float[] total, float d, float[] m, float[] s, float[] distribution, float[] hinge, int n) {
        for (int i = 0; i < n; i++) {
            total[i] += d * (m[i] * hinge[i] + s[i] * s[i] * distribution[i]);
        }
    }

    /** out ← a + b x + c y. */
    static void combine(float[] out, float a, float b, float[] x, float c, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = a + b * x[i] + c * y[i];
        }
    }

    /** total ← total + φ(r) of φ(r) = a r + b r² + c r₊ + d r₊². */
    static void addPenalty(float[] total, float a, float b, float c, float d, float[] r, int n) {
        for (int i = 0; i < n; i++) {
            float positive = Math.max(r[i], 0);
            total[i] += r[i] * (a + b * r[i]) + positive * (c + d * positive);
        }
    }

    /** slope ← φ'(r) of that φ, with 0 at the kink. */
    static void penaltySlope(float[] slope, float a, float b, float c, float d, float[] r, int n) {
        for (int i = 0; i < n; i++) {
            float positive = Math.max(r[i], 0);
            slope[i] = a + 2 * b * r[i] + c * (positive / (positive + TINY)) + 2 * d * positive;
        }
    }

    /** out ← out + a x + b y. */
    static void addCombination(float[] out, float a, float[] x, float b, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            out[i] += a * x[i] + b * y[i];
        }
    }

    /** out ← x + a. */
    static void shift(float[] out, float[] x, float a, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = x[i] + a;
        }
    }

    /** out ← out + a x y. */
    static void addProduct(float[] out, float a, float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            out[i] += a * x[i] * y[i];
        }
    }

    /** x ← x y. */
    static void multiply(float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            x[i] *= y[i];
        }
    }

    /** x ← a x + b, and largest ← max(largest, x). */
    static void affine(float[] x, float a, float b, float[] largest, int n) {
        for (int i = 0; i < n; i++) {
            float y = a * x[i] + b;
            x[i] = y;
            largest[i] = Math.max(largest[i], y);
        }
    }

    /** out ← x − y. */
    static void subtract(float[] out, float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = x[i] - y[i];
        }
    }

    /** sum ← sum + x and squares ← squares + x². */
    static void addMoments(float[] sum, float[] squares, float[] x, int n) {
        for (int i = 0; i < n; i++) {
            sum[i] += x[i];
            squares[i] += x[i] * x[i];
        }
    }

    /** sum ← sum + x and products ← products + x y. */
    static void addWeighted(float[] sum, float[] products, float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            sum[i] += x[i];
            products[i] += x[i] * y[i];
        }
    }

    /** u ← u + q x and v ← v + p x. */
    static void addBoth(float[] u, float[] q, float[] v, float[] p, float[] x, int n) {
        for (int i = 0; i < n; i++) {
            u[i] += q[i] * x[i];
            v[i] += p[i] * x[i];
        }
    }
}
