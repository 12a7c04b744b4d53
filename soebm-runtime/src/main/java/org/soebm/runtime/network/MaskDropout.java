package org.soebm.runtime.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Dropout (Srivastava et al. 2014): in training a share of the values becomes 0, and the others are divided by the share that
 * is left. On a CPU the mask is drawn in Java, sixteen bits a value, from a seed of the engine's generator: PyTorch draws one
 * value after the other there, which takes longer than the layers of a small network. On a GPU it is PyTorch's.
 */
final class MaskDropout extends AbstractBlock {
    private static final int LEVELS = 1 << 16;

    private final float rate;

    /**
     * A layer.
     *
     * @param rate the share that is dropped, at least 0 and below 1; on a CPU to the next 65,536th
     */
    MaskDropout(double rate) {
        this.rate = (float) rate;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> parameters) {
        NDArray input = inputs.singletonOrThrow();
        if (!training) {
            return inputs;
        }
        if (input.getDevice().isGpu()) {
            return Dropout.dropout(input, rate, true);
        }
        NDManager scope = input.getManager();
        int size = Math.toIntExact(input.size());
        long seed = scope.randomInteger(0, Long.MAX_VALUE, new Shape(1), DataType.INT64)
                .getLong();
        return new NDList(input.mul(scope.create(mask(size, rate, new SplittableRandom(seed)), input.getShape())));
    }

    /** Factors whose mean is 1. */
    static float[] mask(int size, double rate, SplittableRandom random) {
        int dropped = (int) Math.min(Math.round(rate * LEVELS), LEVELS - 1);
        float kept = (float) LEVELS / (LEVELS - dropped);
        float[] mask = new float[size];
        int i = 0;
        for (; i + 4 <= size; i += 4) {
            long bits = random.nextLong();
            mask[i] = factor((int) bits, dropped, kept);
            mask[i + 1] = factor((int) (bits >>> 16), dropped, kept);
            mask[i + 2] = factor((int) (bits >>> 32), dropped, kept);
            mask[i + 3] = factor((int) (bits >>> 48), dropped, kept);
        }
        for (; i < size; i++) {
            mask[i] = factor(random.nextInt(), dropped, kept);
        }
        return mask;
    }

    /** Without a branch, which no processor could foresee. */
    private static float factor(int bits, int dropped, float kept) {
        int level = bits & (LEVELS - 1);
        return kept * ((dropped - 1 - level) >>> 31);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return inputShapes.clone();
    }
}
