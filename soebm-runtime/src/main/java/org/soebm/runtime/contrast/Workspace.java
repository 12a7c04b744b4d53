package org.soebm.runtime.contrast;

import java.util.ArrayList;
import java.util.List;

/** Arrays that the factors of a tile use one after the other. */
final class Workspace {
    final int lanes;
    final int block;

    /** For whatever lasts no longer than a call. */
    final float[][] scratch;

    private static final int SCRATCH = 6;

    private final List<float[]> vectors = new ArrayList<>();
    private final List<SlopeSums> sums = new ArrayList<>();
    private int usedVectors;
    private int usedSums;

    /**
     * An empty workspace.
     *
     * @param lanes rows of a tile
     * @param block candidates at a time
     */
    Workspace(int lanes, int block) {
        this.lanes = lanes;
        this.block = block;
        scratch = new float[SCRATCH][lanes];
    }

    /** Takes back all that was given out. */
    void reset() {
        usedVectors = 0;
        usedSums = 0;
    }

    /** An array with a number a lane, of any content. */
    float[] vector() {
        if (usedVectors == vectors.size()) {
            vectors.add(new float[lanes]);
        }
        return vectors.get(usedVectors++);
    }

    /** Sums that are zero. */
    SlopeSums slopeSums() {
        if (usedSums == sums.size()) {
            sums.add(new SlopeSums(lanes, block));
        }
        SlopeSums next = sums.get(usedSums++);
        next.clear();
        return next;
    }
}
