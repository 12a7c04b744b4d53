package org.soebm.examples.networksecurity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

/**
 * F = (I − Q)⁻¹, the expected numbers of visits in an absorbing Markov chain, batched, without any subtraction.
 *
 * <p>Where a walk takes e⁴⁰ steps, 1 − q_ii − Σ_j q_ij is lost in rounding, and with it F. Grassmann, Taksar and Heyman
 * (Regenerative analysis and steady state distributions for Markov chains, 1985) therefore keep the probability r_i of
 * leaving the chain from i beside Q, so that 1 − q_ii = r_i + Σ_{j≠i} q_ij is a sum; q_ii itself is never looked at.
 * Here that is done in halves, which makes it a few products of matrices: with the states cut into 1 and 2,
 *
 * <pre>
 *   F₁₁ = F(Q₁₁, r₁ + Q₁₂1)                               visits of 1 before 2 is entered or the chain is left
 *   S   = Q₂₂ + Q₂₁F₁₁Q₁₂,   r_S = r₂ + Q₂₁F₁₁r₁          the chain seen in 2 only
 *   F   = [ F₁₁ + F₁₁Q₁₂ F(S, r_S) Q₂₁F₁₁   F₁₁Q₁₂ F(S, r_S) ]
 *         [ F(S, r_S) Q₂₁F₁₁                F(S, r_S)        ]
 * </pre>
 *
 * <p>and F = 1/r of a single state. Every number is a sum, product or quotient of numbers that are not negative, so each
 * entry of F has a small relative error, however small r is (O'Cinneide 1993).
 */
final class FundamentalMatrix {
    private static final int[] LAST_AXIS = {-1};

    private FundamentalMatrix() {}

    /**
     * F of each chain; autograd does not see through it when q and leaving are constants.
     *
     * @param q shape (P, n, n), not negative; the diagonal is left out of account
     * @param leaving r, shape (P, n, 1), not negative; every state leads to one where it is positive
     * @return shape (P, n, n), attached to the manager of q
     */
    static NDArray of(NDArray q, NDArray leaving) {
        NDManager owner = q.getManager();
        int n = Math.toIntExact(q.getShape().get(1));
        if (n == 1) {
            return attached(leaving.onesLike().div(leaving), owner);
        }
        try (NDManager work = owner.newSubManager()) {
            long[] half = {n / 2};
            NDList rows = split(q, half, 1, work);
            NDList top = split(rows.get(0), half, 2, work);
            NDList bottom = split(rows.get(1), half, 2, work);
            NDList r = split(leaving, half, 1, work);
            NDArray q12 = top.get(1);
            NDArray q21 = bottom.get(0);

            NDArray f11 = of(top.get(0), r.get(0).add(q12.sum(LAST_AXIS, true)));
            NDArray entering = f11.matMul(q12); // where 2 is entered from each state of 1
            NDArray before = q21.matMul(f11); // visits of 1 on the way from 2 back to 2
            NDArray f22 = of(bottom.get(1).add(q21.matMul(entering)), r.get(1).add(before.matMul(r.get(0))));
            NDArray f12 = entering.matMul(f22);
            NDArray f21 = f22.matMul(before);

            NDArray left = NDArrays.concat(new NDList(f11.add(f12.matMul(before)), f21), 1);
            NDArray right = NDArrays.concat(new NDList(f12, f22), 1);
            return attached(NDArrays.concat(new NDList(left, right), 2), owner);
        }
    }

    /** Views of two parts, attached where the work is done, so that what is made of them stays there. */
    private static NDList split(NDArray array, long[] at, int axis, NDManager work) {
        NDList parts = array.split(at, axis);
        parts.attach(work);
        return parts;
    }

    private static NDArray attached(NDArray result, NDManager owner) {
        result.attach(owner);
        return result;
    }
}
