package org.soebm.api.cost;

/**
 * E f(y, a) under a Gaussian y, with its derivatives.
 *
 * @param value the expectation
 * @param mean ∂/∂mean, length dy
 * @param std ∂/∂std, length dy
 * @param decisions ∂/∂a, length da
 */
public record ExpectedCostDerivatives(double value, double[] mean, double[] std, double[] decisions) {}
