package org.soebm.runtime.network;

import org.soebm.api.task.NetworkSpec;

/**
 * What a predictor's weights must fit.
 *
 * @param inputs dx, the number of features
 * @param parameters dy, the number of uncertain parameters
 * @param network the layers between
 */
public record Architecture(int inputs, int parameters, NetworkSpec network) {}
