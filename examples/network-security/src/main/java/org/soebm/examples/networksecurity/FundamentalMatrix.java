package org.soebm.examples.networksecurity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

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
    private FundamentalMatrix() {}

    /**
     * The two products that a game asks for.
     *
     * @param values Fb, what is gained after each state, (P, n, 1)
     * @param visits sᵀF, how often each state is visited, (P, 1, n)
     */
    record Products(NDArray values, NDArray visits) {}

    /**
     * F times what each state yields, and where walks start times F. The outermost F is not put together, which saves a
     * third of the work.
     *
     * @param q shape (P, n, n), not negative; the diagonal is left out of account
     * @param leaving r, shape (P, n, 1), not negative; every state leads to one where it is positive
     * @param yield b, shape (P, n, 1)
     * @param start s, shape (P, 1, n)
     * @return the products, attached to the manager of q
     */
    static Products products(NDArray q, NDArray leaving, NDArray yield, NDArray start) {
        NDManager owner = q.getManager();
        if (q.getShape().get(1) == 1) {
            NDArray f = of(q, leaving);
            return new Products(f.matMul(yield), f.matMul(start));
        }
        try (NDManager work = owner.newSubManager()) {
            Halves halves = new Halves(q, leaving, work);
            NDList b = split(yield, halves.at, 1, work);
            NDList s = split(start, halves.at, 2, work);
            NDArray v2 = halves.f22.matMul(b.get(1).add(halves.before.matMul(b.get(0))));
            NDArray v1 = halves.f11.matMul(b.get(0)).add(halves.entering.matMul(v2));
            NDArray visits2 = s.get(1).add(s.get(0).matMul(halves.entering)).matMul(halves.f22);
            NDArray visits1 = s.get(0).matMul(halves.f11).add(visits2.matMul(halves.before));
            return new Products(
                    attached(NDArrays.concat(new NDList(v1, v2), 1), owner),
                    attached(NDArrays.concat(new NDList(visits1, visits2), 2), owner));
        }
    }

    /**
     * F of each chain; arguments as in {@link #products}.
     *
     * @return shape (P, n, n), attached to the manager of q
     */
    static NDArray of(NDArray q, NDArray leaving) {
        NDManager owner = q.getManager();
        if (q.getShape().get(1) == 1) {
            NDArray one = attached(leaving.onesLike(), owner);
            return one.div(leaving);
        }
        try (NDManager work = owner.newSubManager()) {
            Halves halves = new Halves(q, leaving, work);
            NDArray f12 = halves.entering.matMul(halves.f22);
            NDArray f21 = halves.f22.matMul(halves.before);
            NDArray f11 = halves.f11.add(f12.matMul(halves.before));
            NDArray left = NDArrays.concat(new NDList(f11, f21), 1);
            NDArray right = NDArrays.concat(new NDList(f12, halves.f22), 1);
            return attached(NDArrays.concat(new NDList(left, right), 2), owner);
        }
    }

    /** What F is made of: F₁₁, F₁₁Q₁₂, Q₂₁F₁₁ and F₂₂ = F(S, r_S). */
    private static final class Halves {
        private final long[] at;
        private final NDArray f11;
        private final NDArray entering; // where 2 is entered from each state of 1
        private final NDArray before; // visits of 1 on the way from 2 back to 2
        private final NDArray f22;

        Halves(NDArray q, NDArray leaving, NDManager work) {
            at = new long[] {q.getShape().get(1) / 2};
            NDList rows = split(q, at, 1, work);
            NDList top = split(rows.get(0), at, 2, work);
            NDList bottom = split(rows.get(1), at, 2, work);
            NDList r = split(leaving, at, 1, work);
            NDArray q12 = top.get(1);
            NDArray q21 = bottom.get(0);

            // A product with ones is several times as fast as a sum over a short axis.
            NDArray ones = work.ones(new Shape(q12.getShape().get(2), 1), q.getDataType());
            f11 = of(top.get(0), r.get(0).add(q12.matMul(ones)));
            entering = f11.matMul(q12);
            before = q21.matMul(f11);
            f22 = of(bottom.get(1).add(q21.matMul(entering)), r.get(1).add(before.matMul(r.get(0))));
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
