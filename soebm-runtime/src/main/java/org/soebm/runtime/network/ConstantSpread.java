package org.soebm.runtime.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/** Puts the same trained numbers beside the means of every row: (B, predicted) becomes (B, 2 · predicted). */
final class ConstantSpread extends AbstractBlock {
    private final Parameter spread;

    /** All 0 to begin with. */
    ConstantSpread(int predicted) {
        spread = addParameter(Parameter.builder()
                .setName("spread")
                .setType(Parameter.Type.BIAS)
                .optShape(new Shape(predicted))
                .optInitializer(Initializer.ZEROS)
                .build());
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> parameters) {
        NDArray means = inputs.singletonOrThrow();
        NDArray everywhere = means.zerosLike().add(store.getValue(spread, means.getDevice(), training));
        return new NDList(means.concat(everywhere, -1));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape means = inputShapes[0];
        return new Shape[] {new Shape(means.get(0), 2 * means.get(1))};
    }
}
