package org.soebm.examples.networksecurity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.soebm.api.task.ObservationModel;

/**
 * The likelihood of observed walks. An observation is the coverage of the edges at that time (E numbers), then how often
 * attackers set out along each edge from its first node to its second (E numbers), then the other way round (E numbers).
 * With the choice probabilities p of {@link GameCost},
 *
 * <pre>
 *   log p(o | φ) = Σ_vw count_vw · log p_vw .
 * </pre>
 *
 * <p>Where attackers enter and on which move they are caught does not depend on φ, so it is left out.
 */
final class WalkLikelihood implements ObservationModel {
    private static final int[] MOVE_AXES = {-2, -1};

    private final int edges;
    private final MoveTensors.Everywhere constants;

    WalkLikelihood(SecurityGame game) {
        edges = game.edges().size();
        constants = MoveTensors.Everywhere.of(game);
    }

    @Override
    public int observationCount() {
        return 3 * edges;
    }

    @Override
    public NDArray logLikelihood(NDArray latents, NDArray observations) {
        NDManager owner = latents.getManager();
        try (NDManager work = owner.newSubManager()) {
            MoveTensors moves = constants.beside(latents, latents.getDataType());
            Shape shape = latents.getShape();
            int n = constants.moves().moverCount();
            int degree = constants.moves().degree();
            NDArray attraction = latents.matMul(moves.attractionOfMove()); // (B, S, nD)
            attraction.attach(work);
            NDList observed = observations.split(new long[] {edges}, 1);
            observed.attach(work);
            NDArray minusCoverage = observed.get(0).matMul(moves.coverageOfMove()); // (B, nD)
            NDArray counts = observed.get(1).matMul(moves.countOfMove()); // (B, nD)
            NDArray logits = attraction
                    .add(minusCoverage.mul(moves.coverageEffect()).expandDims(1))
                    .add(moves.noMove());
            NDArray sum = logits.reshape(shape.get(0), shape.get(1), n, degree)
                    .logSoftmax(-1)
                    .mul(counts.reshape(-1, 1, n, degree))
                    .sum(MOVE_AXES);
            sum.attach(owner);
            return sum;
        }
    }
}
