package org.soebm.examples.networksecurity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.soebm.api.cost.CostFunction;

/**
 * What the attacker of a {@link SecurityGame} gains on average, for attractiveness φ of the nodes (the uncertain
 * parameters) and coverage a of the edges (the decisions). From node v the attacker moves to the neighbour w with
 * probability
 *
 * <pre>
 *   p_vw = exp(φ_w − ω a_vw) / Σ_k exp(φ_k − ω a_vk),
 * </pre>
 *
 * <p>is caught on the way with probability a_vw and stops at targets. With Q_vw = p_vw(1 − a_vw) between nodes that are no
 * target, R_vt = p_vt(1 − a_vt) onto targets, s the sources and u the utilities,
 *
 * <pre>
 *   f(φ, a) = sᵀ (I − Q)⁻¹ R u.
 * </pre>
 *
 * <p>Not convex in a. The game is defined for 0 ≤ a ≤ 1 only; coverage beyond that, such as a solver's rounding, counts as
 * the nearest in it, with the gradient there.
 *
 * <p>The gradient does not go through the inverse: with the visits λᵀ = sᵀ(I − Q)⁻¹ and the values v = (I − Q)⁻¹Ru as
 * constants, λᵀ(Qv + Ru) has the gradient of f. So autograd keeps numbers a move, not matrices.
 *
 * <p>Without capture the walk is reversible, with conductances exp(φ_v + φ_w − ω a_vw). So for φ in [−20, 20] a node with D
 * neighbours is visited at most ND e^(80 + ω) times on average. That is beyond the range of FLOAT32, so the inverse is
 * always taken in FLOAT64.
 */
public final class GameCost implements CostFunction {
    private static final int[] LAST_AXIS = {-1};
    private static final int[] MOVE_AXES = {-2, -1};

    /** Weights beyond these are cut in the gradient, so that no sum of them overflows. */
    private static final double LARGEST_WEIGHT_SINGLE = 1e30;

    private static final double LARGEST_WEIGHT_DOUBLE = 1e300;

    /** How many numbers the matrices of the walks that are followed at once may have together: 32 MB a tensor. */
    private static final long MATRIX_NUMBERS_AT_ONCE = 1 << 22;

    private final SecurityGame game;
    private final MoveTensors.Everywhere constants;

    /**
     * The cost of a game.
     *
     * @throws IllegalArgumentException when the game is too large for tables of edges by moves
     */
    public GameCost(SecurityGame game) {
        this.game = game;
        constants = MoveTensors.Everywhere.of(game);
    }

    @Override
    public int parameterCount() {
        return game.nodes();
    }

    @Override
    public int decisionCount() {
        return game.edges().size();
    }

    @Override
    public boolean isDefinedBeyondBounds() {
        return false;
    }

    /** A digest of the game, without its budget. */
    @Override
    public String fingerprint() {
        String text = game.nodes() + " " + game.edges() + " " + game.sources() + " " + game.targets() + " "
                + game.coverageEffect();
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java lacks SHA-256, which every Java has.", e);
        }
    }

    /** {@inheritDoc} The result belongs to the manager of the decisions. */
    @Override
    public NDArray cost(NDArray parameters, NDArray decisions) {
        try (NDManager work = decisions.getManager().newSubManager()) {
            Choices choices = choices(viewIn(work, parameters), viewIn(work, decisions));
            NDArray arrival = choices.arrival();
            Walks walks = walks(arrival.stopGradient(), choices.capture().stopGradient());
            NDArray weights =
                    walks.weights().toType(arrival.getDataType(), false).reshape(arrival.getShape());
            NDArray differentiable = arrival.mul(weights).sum(MOVE_AXES);
            NDArray nothing = differentiable.sub(differentiable.stopGradient()); // 0, with the gradient of f
            NDArray value = perWalk(walks.gain(), arrival).add(nothing);
            value.attach(decisions.getManager());
            return value;
        }
    }

    /**
     * The probability that the attacker is caught before a target is reached; shapes as in {@link #cost}. Autograd does not
     * see through it.
     */
    public NDArray captureProbability(NDArray parameters, NDArray decisions) {
        try (NDManager work = decisions.getManager().newSubManager()) {
            Choices choices = choices(
                    viewIn(work, parameters).stopGradient(),
                    viewIn(work, decisions).stopGradient());
            NDArray probability =
                    perWalk(walks(choices.arrival(), choices.capture()).caught(), choices.arrival());
            probability.attach(decisions.getManager());
            return probability;
        }
    }

    /** One number a walk, in the type and the leading axes of numbers a move, (..., n, D). */
    private static NDArray perWalk(NDArray values, NDArray moves) {
        Shape shape = moves.getShape();
        return values.toType(moves.getDataType(), false).reshape(shape.slice(0, shape.dimension() - 2));
    }

    /**
     * What comes of a mover's next move, of shape (..., n, D).
     *
     * @param arrival the probability that it goes to a neighbour and gets there, p(1 − a)
     * @param capture the probability that it goes there and is caught on the way, pa
     */
    private record Choices(NDArray arrival, NDArray capture) {}

    private Choices choices(NDArray parameters, NDArray decisions) {
        MoveTensors moves = constants.beside(decisions, decisions.getDataType());
        NDArray minusCoverage = withinBounds(decisions).matMul(moves.coverageOfMove()); // (..., nD)
        NDArray logits = minusCoverage
                .mul(moves.coverageEffect())
                .add(parameters.matMul(moves.attractionOfMove()))
                .add(moves.noMove());
        NDArray p = byMove(logits).softmax(-1);
        return new Choices(p.mul(byMove(minusCoverage.add(moves.one()))), p.mul(byMove(minusCoverage.neg())));
    }

    /** The same tensor, but what is made of it belongs to another manager. */
    private static NDArray viewIn(NDManager work, NDArray array) {
        NDArray view = array.reshape(array.getShape());
        view.attach(work);
        return view;
    }

    /** The decisions, moved to the nearest of [0, 1]; gradients pass as if they had not been. */
    private static NDArray withinBounds(NDArray decisions) {
        NDArray constant = decisions.stopGradient();
        return decisions.add(constant.clip(0, 1).sub(constant));
    }

    private NDArray byMove(NDArray array) {
        Shape shape = array.getShape();
        return array.reshape(shape.slice(0, shape.dimension() - 1)
                .add(constants.moves().moverCount(), constants.moves().degree()));
    }

    /**
     * What is known of P walks.
     *
     * @param gain f, (P)
     * @param caught the probability of being caught, (P)
     * @param weights λ_v · v_w, and λ_v · u_w where w is a target, (P, n, D)
     */
    private record Walks(NDArray gain, NDArray caught, NDArray weights) {}

    /** Follows the walks, given constant probabilities of shape (..., n, D), so many at a time that memory stays small. */
    private Walks walks(NDArray arrival, NDArray capture) {
        int movers = constants.moves().moverCount();
        Shape each = new Shape(-1, movers, constants.moves().degree());
        NDArray arrivals = arrival.reshape(each); // (P, n, D)
        NDArray captures = capture.reshape(each);
        long count = arrivals.getShape().get(0);
        long chunk = Math.max(1, MATRIX_NUMBERS_AT_ONCE / ((long) movers * movers));
        if (count <= chunk) {
            return chunkOfWalks(arrivals, captures);
        }
        NDList gains = new NDList();
        NDList caught = new NDList();
        NDList weights = new NDList();
        for (long start = 0; start < count; start += chunk) {
            NDIndex some = new NDIndex("{}:{}", start, Math.min(count, start + chunk));
            try (NDManager scope = arrival.getManager().newSubManager()) {
                Walks walks = chunkOfWalks(arrivals.get(scope, some), captures.get(scope, some));
                gains.add(kept(walks.gain(), arrival));
                caught.add(kept(walks.caught(), arrival));
                weights.add(kept(walks.weights(), arrival));
            }
        }
        return new Walks(NDArrays.concat(gains), NDArrays.concat(caught), NDArrays.concat(weights));
    }

    private static NDArray kept(NDArray array, NDArray owner) {
        array.attach(owner.getManager());
        return array;
    }

    /** Follows P walks, given constant probabilities of shape (P, n, D). */
    private Walks chunkOfWalks(NDArray arrival, NDArray capture) {
        MoveTensors moves = constants.beside(arrival, DataType.FLOAT64);
        Shape each = arrival.getShape();

        NDArray arrivals = arrival.toType(DataType.FLOAT64, false); // (P, n, D)
        NDArray captures = capture.toType(DataType.FLOAT64, false).sum(LAST_AXIS, true); // (P, n, 1)
        NDArray leaving = arrivals.mul(moves.ontoTarget()).sum(LAST_AXIS, true).add(captures);
        NDArray q = arrivals.transpose(1, 0, 2)
                .matMul(moves.moverOfNeighbour()) // (n, P, n)
                .transpose(1, 0, 2);
        NDArray direct = arrivals.mul(moves.utilityOfMove()).sum(LAST_AXIS, true); // Ru, (P, n, 1)
        NDArray start = leaving.zerosLike().add(moves.startShare()).transpose(0, 2, 1); // s, (P, 1, n)
        FundamentalMatrix.Products products = FundamentalMatrix.products(q, leaving, direct, start);
        NDArray values = products.values().squeeze(2); // v, (P, n)
        NDArray visits = products.visits().transpose(0, 2, 1); // λ, (P, n, 1)
        NDArray valueOfMove = values.matMul(moves.moverOfMove()).reshape(each).add(moves.utilityOfMove()); // (P, n, D)
        double largest = arrival.getDataType() == DataType.FLOAT64 ? LARGEST_WEIGHT_DOUBLE : LARGEST_WEIGHT_SINGLE;
        return new Walks(
                values.matMul(moves.startShare()).squeeze(1),
                visits.mul(captures).sum(MOVE_AXES),
                valueOfMove.mul(visits).clip(0, largest));
    }
}
