package org.soebm.runtime.contrast;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.distribution.PredictiveDistribution;
import org.soebm.runtime.proposal.Draws;

/**
 * The contrast of a penalty cost in one pass over the candidates, on the CPU: energy, slopes, weights and their sums are
 * computed for a few candidates of a tile of rows at a time, in the first-level caches. Weights are relative to the largest so
 * far, and sums are rescaled when a larger one comes, so that no candidate is visited twice or kept. Only the gradient in
 * what is predicted, of shape (B, dy) or (B, S, dy), goes back to the network.
 *
 * <p>Memory beside that is a few megabytes a thread at most for up to some thousand terms in a factor of the cost, whatever
 * the number of candidates; with more terms, tiles have fewer rows. The work is proportional to
 * rows × candidates × terms of the cost, a residual's decisions counting once a step and not once a row, since all rows
 * share the offsets of their candidates. Tiles go to the threads of the common pool; the result does not depend on how many
 * there are.
 */
public final class FusedContrast implements Contrast {
    private static final int MOST_LANES = 512;
    private static final int LEAST_LANES = 16;
    private static final long TILE_BYTES = 8L << 20;
    private static final int TILES_A_THREAD =
            2; // at least so many where rows suffice, so that threads end at the same time

    private final PenaltyFactors factors;
    private final ContrastSettings settings;

    /** The contrast of a cost. */
    public FusedContrast(PenaltyCost cost, ContrastSettings settings) {
        factors = new PenaltyFactors(cost, settings.isJoint());
        this.settings = settings;
    }

    @Override
    public Loss of(
            PredictiveDistribution distribution, NDArray parameters, NDArray hindsight, Draws draws, NDManager scope) {
        if (!draws.areShared()) {
            throw new IllegalArgumentException("The rows have offsets of their own, but must share them. Set "
                    + ContrastPath.PROPERTY + " to tensors.");
        }
        int rows = Math.toIntExact(distribution.rows());
        PredictedRows predicted = PredictedRows.of(distribution);
        ContrastBatch batch = new ContrastBatch(
                factors,
                settings,
                predicted,
                RowValues.of(parameters, factors.parameterCount()),
                RowValues.of(hindsight, factors.decisionCount()),
                draws,
                1 / (settings.temperature() * rows));
        float[] values = new float[rows];
        float[] sampleSizes = new float[rows];
        int lanes = lanes(rows, batch.bytesPerLane());
        int tiles = (rows + lanes - 1) / lanes;
        IntStream.range(0, tiles).parallel().forEach(i -> {
            int first = i * lanes;
            Tile tile = new Tile(first, Math.min(lanes, rows - first));
            new ContrastTile(batch, tile, lanes).run(values, sampleSizes);
        });
        NDArray sizes = scope.create(sampleSizes, new Shape(rows));
        return new Loss(predicted.gradientCarrier(scope), scope.create(values, new Shape(rows)), sizes.mean());
    }

    /** A power of two, so that vectors are filled. */
    private static int lanes(int rows, long bytesPerLane) {
        int tiles = TILES_A_THREAD * (ForkJoinPool.getCommonPoolParallelism() + 1);
        int lanes = MOST_LANES;
        while (lanes > LEAST_LANES && ((rows + lanes - 1) / lanes < tiles || lanes * bytesPerLane > TILE_BYTES)) {
            lanes /= 2;
        }
        return lanes;
    }

    /** {@inheritDoc} Candidates are no tensors here. */
    @Override
    public long bytesPerRow(int samples, int scenarios) {
        return 0;
    }

    @Override
    public void close() {
        // Nothing is held on a device.
    }
}
