package org.soebm.runtime.proposal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.solver.Support;
import org.soebm.api.task.DataException;

/**
 * Small feasible changes of a*, for integer decisions under linear rows: a Markov chain a row (Metropolis–Hastings), whose states
 * have in the long run
 *
 * <pre>  π(a) ∝ exp(−β‖a − a*‖₁)   on the feasible decisions that moves from a* lead to.</pre>
 *
 * A move, of a kind drawn at random, is
 * <ul>
 *   <li>a shift: one decision by ±1; where it has two values, a flip;
 *   <li>a swap of the values of two decisions;
 *   <li>a transfer: +1 at one decision and −1 at another;
 *   <li>the difference s − s′ of two known feasible decisions, if any are given: such moves keep equality rows, such as flow
 *       conservation, that no other move may keep.
 * </ul>
 * A move is as likely as the way back; infeasible ones are rejected.
 *
 * <p>log π = −β‖a − a*‖₁ up to a constant of each row, which self-normalised weights exp(−E/T)/π do without. Expectations under q
 * are consistent, with a bias of O(1/M) from the quotient and from what is left of the start at a*; successive candidates are
 * correlated, so their effective number is below what the weights alone tell. They are about q on the connected part of C that
 * holds a*: where no allowed chain of moves leads to a decision, it is never drawn. Under assignment rows on both sides, for
 * one, all moves of the first three kinds are infeasible, and known decisions are needed.
 */
public final class LocalMovesProposal implements Proposal {
    private static final double INTEGRALITY = 1e-3; // of solvers' answers, in float32

    private final IntegerRows rows;
    private final List<int[]> known;
    private final LocalMoves moves;
    private final @Nullable SplittableRandom random;

    /**
     * A proposal whose random numbers come from the engine's generator.
     *
     * @param decisions the numbers of the decisions that candidates are made of
     * @param known feasible values of those decisions, whose differences are moves; may be empty
     * @throws DataException when {@link #support} refuses, or a known decision is infeasible
     */
    public LocalMovesProposal(ConstraintSet set, int[] decisions, List<int[]> known, LocalMoves moves) {
        this(set, decisions, known, moves, null);
    }

    /**
     * The same with random numbers of its own.
     *
     * @param random the source of all numbers; null for the engine's
     */
    public LocalMovesProposal(
            ConstraintSet set,
            int[] decisions,
            List<int[]> known,
            LocalMoves moves,
            @Nullable SplittableRandom random) {
        rows = IntegerRows.of(set, decisions);
        this.known = known.stream().map(int[]::clone).toList();
        this.moves = moves;
        this.random = random;
        for (int i = 0; i < known.size(); i++) {
            String fault = rows.fault(known.get(i));
            if (fault != null) {
                throw new DataException("Known decision " + i + " is no feasible one: " + fault + ".");
            }
        }
    }

    /** Whether some decisions can be moved, and if not why. */
    public static Support support(ConstraintSet set, int[] decisions) {
        return IntegerRows.support(set, decisions);
    }

    /**
     * {@inheritDoc}
     *
     * @throws DataException when a* of a row is not integer or not feasible
     */
    @Override
    public Draws draw(Centres centres, int samples, NDManager scope) {
        int batch = (int) centres.hindsight().getShape().get(0);
        int d = rows.decisions();
        float[] hindsight = centres.hindsight().toFloatArray();
        SplittableRandom source = random != null ? random : new SplittableRandom(seed(scope));
        SplittableRandom[] randoms = new SplittableRandom[batch];
        for (int b = 0; b < batch; b++) {
            randoms[b] = source.split();
        }
        float[] candidates = new float[batch * samples * d];
        float[] log = new float[batch * samples];
        IntStream.range(0, batch).parallel().forEach(b -> {
            LocalMoveChain chain = new LocalMoveChain(rows, known, start(hindsight, b), moves.beta(), randoms[b]);
            chain.run(moves.burnIn());
            for (int m = 0; m < samples; m++) {
                chain.run(moves.thinning());
                int at = b * samples + m;
                for (int j = 0; j < d; j++) {
                    candidates[at * d + j] = chain.state()[j];
                }
                log[at] = (float) (-moves.beta() * chain.distance());
            }
        });
        return Draws.joint(
                scope.zeros(new Shape(1, 1, d)),
                tensor(candidates, new Shape(batch, samples, d), scope),
                tensor(log, new Shape(batch, samples, 1), scope));
    }

    private static long seed(NDManager scope) {
        try (NDArray numbers = scope.randomInteger(0, Integer.MAX_VALUE, new Shape(2), DataType.INT64)) {
            long[] halves = numbers.toLongArray();
            return halves[0] << 31 | halves[1];
        }
    }

    private int[] start(float[] hindsight, int row) {
        int[] start = new int[rows.decisions()];
        for (int j = 0; j < start.length; j++) {
            float value = hindsight[row * start.length + j];
            start[j] = Math.round(value);
            if (!(Math.abs(value - start[j]) <= INTEGRALITY)) {
                throw new DataException(
                        "The optimal decision of row " + row + " of a step has the value " + value + " at decision " + j
                                + ", which is no integer. Solve the rows with a solver of integer programs.");
            }
        }
        String fault = rows.fault(start);
        if (fault != null) {
            throw new DataException("The optimal decision of row " + row + " of a step is not feasible: " + fault
                    + ". Solve the rows again.");
        }
        return start;
    }

    private static NDArray tensor(float[] values, Shape shape, NDManager scope) {
        try (NDArray borrowed = scope.create(values, shape)) {
            return borrowed.duplicate();
        }
    }

    @Override
    public boolean isJoint() {
        return true;
    }

    @Override
    public boolean isShared() {
        return false;
    }
}
