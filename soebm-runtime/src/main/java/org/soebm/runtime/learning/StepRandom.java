package org.soebm.runtime.learning;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Random;

/** Random numbers in Java for what a step does outside the engine. */
final class StepRandom {
    private StepRandom() {}

    /** A generator whose seed is drawn from the engine's. */
    static Random of(NDManager scope) {
        return new Random(scope.randomInteger(0, Long.MAX_VALUE, new Shape(1), DataType.INT64)
                .getLong());
    }
}
