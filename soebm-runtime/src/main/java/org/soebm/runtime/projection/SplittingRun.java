package org.soebm.runtime.projection;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The iterations of a {@link SplittingProjection} for some points; those that are there are put aside. */
final class SplittingRun {
    private static final double RELAXATION = 1.6;
    private static final int CHECK_EVERY = 20;
    private static final int MOST_ITERATIONS = 4000;
    private static final double IMBALANCE = 5;
    private static final int[] LAST = {1};

    private final SplittingTensors tensors;
    private final NDManager scope;
    private final long[] arrived; // rows in the order of the pieces
    private final List<NDArray> pieces = new ArrayList<>();
    private int[] remaining;
    private int put;
    private NDArray z; // (N, d)
    private NDArray s; // (N, k)
    private NDArray m; // (N, k)
    private NDArray ofPoints; // what z contributes to K(a, u), (N, k)
    private int exponent;

    SplittingRun(SplittingTensors tensors, NDArray points, NDManager scope) {
        this.tensors = tensors;
        this.scope = scope;
        z = points;
        remaining = IntStream.range(0, (int) points.getShape().get(0)).toArray();
        arrived = new long[remaining.length];
        ofPoints = z.matMul(tensors.factor(0).pointRows());
        s = tensors.clip(ofPoints);
        m = s.zerosLike();
    }

    NDArray run() {
        double worst = 0;
        int rhoPatience = CHECK_EVERY;
        int sinceRho = 0;
        for (int i = 0; i < MOST_ITERATIONS; i += CHECK_EVERY) {
            for (int j = 1; j < CHECK_EVERY; j++) {
                iterate();
            }
            SplittingResiduals residuals = iterateAndMeasure();
            sinceRho += CHECK_EVERY;
            worst = residuals.worst();
            keepOnly(residuals.open());
            if (remaining.length == 0) {
                return inOrder();
            }
            double imbalance = residuals.imbalance();
            boolean off = imbalance > IMBALANCE || imbalance < 1 / IMBALANCE;
            if (off && sinceRho >= rhoPatience) {
                scaleRho(imbalance > 1 ? 1 : -1);
                sinceRho = 0;
                rhoPatience *= 2; // so that ρ comes to rest, without which nothing need converge
            }
        }
        throw new ProjectionException(
                "The projection onto " + tensors.system().description() + " leaves " + remaining.length
                        + " points with a residual of " + worst + " after " + MOST_ITERATIONS
                        + " iterations. Maybe the set is empty, or its numbers are of very different size? Else take the"
                        + " candidates pool or perturbed-optima.");
    }

    private void iterate() {
        try (NDManager inner = scope.newSubManager()) {
            s.attach(inner);
            m.attach(inner);
            NDArray image =
                    s.sub(m).matMul(tensors.factor(exponent).copiesRows()).addi(ofPoints);
            NDArray relaxed =
                    image.muli(RELAXATION).addi(s.muli(1 - RELAXATION)).addi(m); // w + m
            NDArray copies = tensors.clip(relaxed);
            m = kept(relaxed.subi(copies));
            s = kept(copies);
        }
    }

    /** One iteration, after which points that satisfy both residuals are put aside. */
    private SplittingResiduals iterateAndMeasure() {
        SplittingTensors.Factor factor = tensors.factor(exponent);
        try (NDManager inner = scope.newSubManager()) {
            NDArray oldS = s;
            NDArray oldM = m;
            oldS.attach(inner);
            oldM.attach(inner);
            NDArray variables = oldS.sub(oldM).matMul(factor.fromCopies()).add(z.matMul(factor.fromPoint()));
            NDArray image = variables.matMul(tensors.rows());
            NDArray relaxed = image.mul(RELAXATION).add(s.mul(1 - RELAXATION)).add(m);
            s = kept(tensors.clip(relaxed));
            m = kept(relaxed.sub(s));
            // (a, u) satisfies P(a − z) + KᵀR(K(a, u) − s + m) = 0 with the former s and m
            NDArray dual = oldS.sub(image).sub(oldM).add(m).matMul(factor.toDual());
            long d = tensors.system().decisions();
            NDArray decisions = tensors.withinBounds(variables.get(new NDIndex(":, 0:" + d)));
            NDArray answer = tensors.system().variables() == d
                    ? decisions
                    : decisions.concat(variables.get(new NDIndex(":, " + d + ":")), 1);
            NDArray answerRows = answer.matMul(tensors.rows()); // many small steps back to bounds can add up in a row
            NDArray primalError = image.sub(s)
                    .abs()
                    .maximum(answerRows.sub(tensors.clip(answerRows)).abs())
                    .max(LAST);
            NDArray primalSize = s.abs().max(LAST).add(1);
            NDArray dualError = dual.abs().max(LAST);
            NDArray dualSize = z.abs().max(LAST).add(1);
            float[] primal = primalError.div(primalSize).toFloatArray();
            float[] slope = dualError.div(dualSize).toFloatArray();
            SplittingResiduals residuals = SplittingResiduals.of(primal, slope);
            if (residuals.done().length > 0) {
                pieces.add(kept(rowsOf(decisions, residuals.done())));
                for (int row : residuals.done()) {
                    arrived[put++] = remaining[row];
                }
            }
            return residuals;
        }
    }

    private void keepOnly(int[] open) {
        if (open.length == remaining.length) {
            return;
        }
        int[] rest = new int[open.length];
        for (int i = 0; i < open.length; i++) {
            rest[i] = remaining[open[i]];
        }
        remaining = rest;
        if (open.length > 0) {
            z = rowsOf(z, open);
            s = rowsOf(s, open);
            m = rowsOf(m, open);
            ofPoints = rowsOf(ofPoints, open);
        }
    }

    private void scaleRho(int step) {
        exponent += step;
        ofPoints = z.matMul(tensors.factor(exponent).pointRows());
        m = m.mul(Math.pow(SplittingSystem.RHO_STEP, -step)); // m = multipliers / (ρ r)
    }

    private NDArray inOrder() {
        NDArray all = pieces.get(0);
        for (NDArray piece : pieces.subList(1, pieces.size())) {
            all = all.concat(piece, 0);
        }
        int[] places = new int[arrived.length];
        for (int i = 0; i < arrived.length; i++) {
            places[(int) arrived[i]] = i;
        }
        return rowsOf(all, places);
    }

    private NDArray rowsOf(NDArray array, int[] numbers) {
        long[] longs = IntStream.of(numbers).asLongStream().toArray();
        try (NDArray index = scope.create(longs, new Shape(longs.length))) {
            return array.get(array.getManager(), new NDIndex("{}", index));
        }
    }

    private NDArray kept(NDArray array) {
        array.attach(scope);
        return array;
    }
}
