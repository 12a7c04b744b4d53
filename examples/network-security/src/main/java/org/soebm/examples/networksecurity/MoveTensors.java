package org.soebm.examples.networksecurity;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The {@link Moves} of a game as constant tensors on one device. Whatever belongs to nodes or edges reaches the moves by
 * a product with a 0-1 matrix, whose gradient is a product too.
 *
 * @param coverageOfMove (E, nD), −1 where a move goes along an edge: gives minus the coverage
 * @param countOfMove (2E, nD), 1 where a move goes along an edge in its direction (the first E) or against it
 * @param attractionOfMove (N, nD), 1 where a move leads to a node
 * @param noMove (nD), 0 for moves and a logit that no move has for the padding
 * @param coverageEffect ω, (1)
 * @param one (1)
 * @param ontoTarget (n, D), 1 where a move leads to a target
 * @param utilityOfMove (n, D), u of the target that a move leads to, 0 elsewhere
 * @param moverOfMove (n, nD), 1 where a move leads to a mover
 * @param moverOfNeighbour (n, D, n), the same by the mover that makes the move
 * @param startShare (n, 1), the probability that an attacker enters at a mover
 */
record MoveTensors(
        NDArray coverageOfMove,
        NDArray countOfMove,
        NDArray attractionOfMove,
        NDArray noMove,
        NDArray coverageEffect,
        NDArray one,
        NDArray ontoTarget,
        NDArray utilityOfMove,
        NDArray moverOfMove,
        NDArray moverOfNeighbour,
        NDArray startShare) {
    /** Far below any logit, and finite, so that it gives no NaN when multiplied by a count of zero. */
    private static final double IMPOSSIBLE = -1e30;

    /**
     * The tensors of a game on every device and in every type that somebody asks for. They are made once a game and kept
     * as long as the process, since a cost is nothing that anybody closes: at 100 nodes 20 MB in double precision.
     */
    static final class Everywhere {
        private record Place(String engine, Device device, DataType type) {}

        private static final Map<SecurityGame, Everywhere> GAMES = new ConcurrentHashMap<>();

        private final SecurityGame game;
        private final Moves moves;
        private final Map<Place, MoveTensors> tensors = new ConcurrentHashMap<>();

        private Everywhere(SecurityGame game) {
            this.game = game;
            moves = Moves.of(game);
        }

        static Everywhere of(SecurityGame game) {
            return GAMES.computeIfAbsent(game, Everywhere::new);
        }

        Moves moves() {
            return moves;
        }

        /** The constants where another tensor is, in that tensor's type or another. */
        MoveTensors beside(NDArray array, DataType type) {
            if (type != DataType.FLOAT32 && type != DataType.FLOAT64) {
                throw new IllegalArgumentException("Games are computed in FLOAT32 or FLOAT64, not in " + type + ".");
            }
            String engine = array.getManager().getEngine().getEngineName();
            return tensors.computeIfAbsent(
                    new Place(engine, array.getDevice(), type),
                    place -> MoveTensors.of(
                            game, moves, NDManager.newBaseManager(place.device(), place.engine()), place.type()));
        }
    }

    private static MoveTensors of(SecurityGame game, Moves moves, NDManager manager, DataType type) {
        int n = moves.moverCount();
        int degree = moves.degree();
        int edges = game.edges().size();
        double[] coverage = new double[edges * n * degree];
        double[] counts = new double[2 * edges * n * degree];
        double[] attraction = new double[game.nodes() * n * degree];
        double[] noMove = new double[n * degree];
        double[] ontoTarget = new double[n * degree];
        double[] utility = new double[n * degree];
        double[] mover = new double[n * n * degree];
        double[] moverOfNeighbour = new double[n * degree * n];
        for (int i = 0; i < n; i++) {
            for (int d = 0; d < degree; d++) {
                int move = i * degree + d;
                int to = moves.neighbour()[i][d];
                if (to < 0) {
                    noMove[move] = IMPOSSIBLE;
                    continue;
                }
                int edge = moves.edge()[i][d];
                boolean along = game.edges().get(edge).to() == to;
                coverage[edge * n * degree + move] = -1;
                counts[(along ? edge : edges + edge) * n * degree + move] = 1;
                attraction[to * n * degree + move] = 1;
                int next = moves.moverOfNode()[to];
                if (next < 0) {
                    ontoTarget[move] = 1;
                    utility[move] = moves.utilityOfNode()[to];
                } else {
                    mover[next * n * degree + move] = 1;
                    moverOfNeighbour[move * n + next] = 1;
                }
            }
        }
        double[] start = new double[n];
        for (int source : game.sources()) {
            start[moves.moverOfNode()[source]] = 1.0 / game.sources().size();
        }
        return new MoveTensors(
                tensor(manager, coverage, type, edges, (long) n * degree),
                tensor(manager, counts, type, 2L * edges, (long) n * degree),
                tensor(manager, attraction, type, game.nodes(), (long) n * degree),
                tensor(manager, noMove, type, (long) n * degree),
                tensor(manager, new double[] {game.coverageEffect()}, type, 1),
                tensor(manager, new double[] {1}, type, 1),
                tensor(manager, ontoTarget, type, n, degree),
                tensor(manager, utility, type, n, degree),
                tensor(manager, mover, type, n, (long) n * degree),
                tensor(manager, moverOfNeighbour, type, n, degree, n),
                tensor(manager, start, type, n, 1));
    }

    private static NDArray tensor(NDManager manager, double[] values, DataType type, long... shape) {
        try (NDArray borrowed = manager.create(values, new Shape(shape))) {
            // create() lends a Java buffer: only a copy has memory of its own.
            NDArray own = type == DataType.FLOAT64 ? borrowed.duplicate() : borrowed.toType(type, true);
            NDScope.unregister(own); // it outlives the scope of whoever asked first
            return own;
        }
    }
}
