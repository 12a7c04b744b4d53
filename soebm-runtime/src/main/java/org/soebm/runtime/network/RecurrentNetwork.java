package org.soebm.runtime.network;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.recurrent.GRU;
import java.util.List;
import org.soebm.api.task.GruSpec;

/** Gated recurrent units over a sequence (B, steps · width), and a linear layer from their last state to (B, outputs). */
final class RecurrentNetwork {
    private static final int GATES = 3;
    private static final NDIndex LAST_STEP = new NDIndex(":, -1");

    private RecurrentNetwork() {}

    static Block of(GruSpec spec, int inputs, int outputs) {
        GRU units = GRU.builder()
                .setNumLayers(spec.layers())
                .setStateSize(spec.stateSize())
                .optDropRate((float) spec.dropout())
                .build();
        Layers.initialise(units, 1, spec.stateSize());
        return new SequentialBlock()
                .add(x -> new NDList(x.singletonOrThrow().reshape(-1, spec.steps(), inputs / spec.steps())))
                .add(units)
                .add(h -> new NDList(h.singletonOrThrow().get(LAST_STEP)))
                .add(Layers.output(spec.stateSize(), outputs));
    }

    static void addWeightShapes(GruSpec spec, int inputs, int outputs, List<long[]> shapes) {
        long width = inputs / spec.steps();
        long gates = (long) GATES * spec.stateSize();
        for (int layer = 0; layer < spec.layers(); layer++) {
            shapes.add(new long[] {gates, width});
            shapes.add(new long[] {gates, spec.stateSize()});
            shapes.add(new long[] {gates});
            shapes.add(new long[] {gates});
            width = spec.stateSize();
        }
        Architecture.addLinear(shapes, width, outputs);
    }
}
