package org.soebm.runtime.network;

import java.util.ArrayList;
import java.util.List;
import org.soebm.api.task.NetworkSpec;

/**
 * What a predictor's weights must fit.
 *
 * @param inputs dx, the number of features
 * @param parameters dy, the number of uncertain parameters
 * @param network the layers between
 */
public record Architecture(int inputs, int parameters, NetworkSpec network) {
    private static final int BATCH_NORM_ARRAYS = 4; // scale, shift, running mean, running variance

    /** The shapes of a {@link GaussianPredictor}'s arrays of weights, in its order, without making one. */
    public List<long[]> weightShapes() {
        List<long[]> shapes = new ArrayList<>();
        long width = inputs;
        for (long size : network.hiddenSizes()) {
            addLinear(shapes, width, size);
            for (int i = 0; network.batchNorm() && i < BATCH_NORM_ARRAYS; i++) {
                shapes.add(new long[] {size});
            }
            width = size;
        }
        addLinear(shapes, width, 2L * parameters);
        return shapes;
    }

    private static void addLinear(List<long[]> shapes, long width, long size) {
        shapes.add(new long[] {size, width});
        shapes.add(new long[] {size});
    }
}
