package org.soebm.runtime.projection;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Onto a polytope {a : l ≤ K(a, u) ≤ h for some u} by operator splitting (ADMM as in OSQP: Stellato, Banjac, Goulart, Bemporad,
 * Boyd, "OSQP: an operator splitting solver for quadratic programs", 2020), where K holds rows and bounds alike, each of norm
 * 1, and the other variables u cost nothing. With copies s of K(a, u), scaled multipliers m and penalties R = ρ diag(r),
 *
 * <pre>  (a, u) ← (P + KᵀRK)⁻¹ (P z + KᵀR (s − m)),   w ← α K(a, u) + (1 − α) s,
 *   s ← clip(w + m, l, h),   m ← m + w − s,</pre>
 *
 * P being 1 for decisions and 0 for u, and α = 1.6. The inverse is computed once for each ρ, in double precision on the CPU; an
 * iteration is one matrix product on the device for all points that are not there yet. ρ follows the residuals in steps of
 * {@value SplittingSystem#RHO_STEP}.
 */
final class SplittingProjection implements Projection {
    private static final double RELAXATION = 1.6;
    private static final int CHECK_EVERY = 20;
    private static final int MOST_ITERATIONS = 4000;
    private static final double TOLERANCE = 1e-6; // of the numbers' size; float32 admits little less
    private static final double IMBALANCE = 5;
    private static final int[] LAST = {1};

    private final SplittingSystem system;
    private final NDManager manager;
    private final NDArray lower; // (1, k)
    private final NDArray upper;
    private final NDArray rows; // Kᵀ, (n, k)
    private final BoxProjection box;
    private final Map<Integer, Factor> factors = new ConcurrentHashMap<>();

    /** What an iteration multiplies with at one ρ: to (a, u) and on to K(a, u), from z, (d, ·), and from s − m, (k, ·). */
    private record Factor(
            NDArray fromPoint, NDArray pointRows, NDArray fromCopies, NDArray copiesRows, NDArray toDual) {}

    private SplittingProjection(Polytope polytope, SplittingSystem system, NDManager manager) {
        this.system = system;
        this.manager = manager;
        lower = Constants.row(manager, system.lower());
        upper = Constants.row(manager, system.upper());
        rows = Constants.matrix(manager, system.transposed(), system.variables(), system.rows());
        double[] l = new double[polytope.decisions()];
        double[] u = new double[polytope.decisions()];
        System.arraycopy(polytope.lower(), 0, l, 0, l.length);
        System.arraycopy(polytope.upper(), 0, u, 0, u.length);
        box = new BoxProjection(l, u, manager);
    }

    /**
     * @throws ProjectionException when rows and bounds leave the variables beside the decisions undetermined
     */
    static SplittingProjection onto(Polytope polytope, NDManager manager) {
        SplittingProjection projection = new SplittingProjection(polytope, SplittingSystem.of(polytope), manager);
        projection.factor(0); // fails here rather than in training
        return projection;
    }

    private Factor factor(int exponent) {
        return factors.computeIfAbsent(exponent, e -> {
            SplittingSystem.Solved solved = system.solved(e);
            int n = system.variables();
            int k = system.rows();
            int d = system.decisions();
            return new Factor(
                    Constants.matrix(manager, solved.fromPoint(), d, n),
                    Constants.matrix(manager, solved.pointRows(), d, k),
                    Constants.matrix(manager, solved.fromCopies(), k, n),
                    Constants.matrix(manager, solved.copiesRows(), k, k),
                    Constants.matrix(manager, solved.toDual(), k, n));
        });
    }

    @Override
    public NDArray of(NDArray points) {
        Shape shape = points.getShape();
        try (NDManager scope = points.getManager().newSubManager()) {
            NDArray z = points.reshape(-1, shape.get(shape.dimension() - 1));
            z.attach(scope);
            NDArray nearest = new Run(z, scope).run().reshape(shape);
            nearest.attach(points.getManager());
            return nearest;
        }
    }

    /** The iterations for some points; those that are there are put aside. */
    private final class Run {
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

        Run(NDArray points, NDManager scope) {
            this.scope = scope;
            z = points;
            remaining = IntStream.range(0, (int) points.getShape().get(0)).toArray();
            arrived = new long[remaining.length];
            ofPoints = z.matMul(factor(0).pointRows());
            s = clip(ofPoints);
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
                Residuals residuals = iterateAndMeasure();
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
            throw new ProjectionException("The projection onto " + system.description() + " leaves " + remaining.length
                    + " points with a residual of " + worst + " after " + MOST_ITERATIONS
                    + " iterations. Maybe the set is empty, or its numbers are of very different size? Else take the"
                    + " candidates pool or perturbed-optima.");
        }

        private void iterate() {
            try (NDManager inner = scope.newSubManager()) {
                s.attach(inner);
                m.attach(inner);
                NDArray image = s.sub(m).matMul(factor(exponent).copiesRows()).addi(ofPoints);
                NDArray relaxed =
                        image.muli(RELAXATION).addi(s.muli(1 - RELAXATION)).addi(m); // w + m
                NDArray copies = clip(relaxed);
                m = kept(relaxed.subi(copies));
                s = kept(copies);
            }
        }

        /** One iteration, after which points that satisfy both residuals are put aside. */
        private Residuals iterateAndMeasure() {
            Factor factor = factor(exponent);
            try (NDManager inner = scope.newSubManager()) {
                NDArray oldS = s;
                NDArray oldM = m;
                oldS.attach(inner);
                oldM.attach(inner);
                NDArray variables = oldS.sub(oldM).matMul(factor.fromCopies()).add(z.matMul(factor.fromPoint()));
                NDArray image = variables.matMul(rows);
                NDArray relaxed =
                        image.mul(RELAXATION).add(s.mul(1 - RELAXATION)).add(m);
                s = kept(clip(relaxed));
                m = kept(relaxed.sub(s));
                // (a, u) satisfies P(a − z) + KᵀR(K(a, u) − s + m) = 0 with the former s and m
                NDArray dual = oldS.sub(image).sub(oldM).add(m).matMul(factor.toDual());
                long d = system.decisions();
                NDArray decisions = box.of(variables.get(new NDIndex(":, 0:" + d)));
                NDArray answer = system.variables() == d
                        ? decisions
                        : decisions.concat(variables.get(new NDIndex(":, " + d + ":")), 1);
                NDArray answerRows = answer.matMul(rows); // many small steps back to bounds can add up in a row
                NDArray primalError = image.sub(s)
                        .abs()
                        .maximum(answerRows.sub(clip(answerRows)).abs())
                        .max(LAST);
                NDArray primalSize = s.abs().max(LAST).add(1);
                NDArray dualError = dual.abs().max(LAST);
                NDArray dualSize = z.abs().max(LAST).add(1);
                float[] primal = primalError.div(primalSize).toFloatArray();
                float[] slope = dualError.div(dualSize).toFloatArray();
                Residuals residuals = Residuals.of(primal, slope);
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
            ofPoints = z.matMul(factor(exponent).pointRows());
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

        private NDArray clip(NDArray array) {
            return array.maximum(lower).minimum(upper);
        }

        private NDArray kept(NDArray array) {
            array.attach(scope);
            return array;
        }
    }

    /**
     * Where the points of a run stand.
     *
     * @param done rows that are there
     * @param open the others
     * @param worst the largest residual
     * @param imbalance the geometric mean over open rows of primal by dual residual
     */
    private record Residuals(int[] done, int[] open, double worst, double imbalance) {
        static Residuals of(float[] primal, float[] dual) {
            TreeMap<Boolean, List<Integer>> rows =
                    new TreeMap<>(Map.of(true, new ArrayList<>(), false, new ArrayList<>()));
            double worst = 0;
            double logs = 0;
            for (int i = 0; i < primal.length; i++) {
                double largest = Math.max(primal[i], dual[i]);
                boolean done = largest <= TOLERANCE;
                rows.getOrDefault(done, List.of()).add(i);
                worst = Double.isNaN(largest) ? largest : Math.max(worst, largest);
                logs += done ? 0 : Math.log(Math.max(primal[i], 1e-9) / Math.max(dual[i], 1e-9));
            }
            int[] open = ints(rows.getOrDefault(false, List.of()));
            return new Residuals(
                    ints(rows.getOrDefault(true, List.of())), open, worst, Math.exp(logs / Math.max(1, open.length)));
        }

        private static int[] ints(List<Integer> list) {
            return list.stream().mapToInt(Integer::intValue).toArray();
        }
    }
}
