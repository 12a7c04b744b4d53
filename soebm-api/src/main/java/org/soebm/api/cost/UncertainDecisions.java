package org.soebm.api.cost;

import java.util.BitSet;
import java.util.List;
import org.soebm.api.linear.SparseVector;

/**
 * Which decisions of a cost the parameters y have to do with: those that share a residual or a bilinear entry with y, and
 * those tied to them by a residual of several decisions. The cost is a sum of one part in them and y, and another part in
 * the remaining decisions alone.
 */
final class UncertainDecisions {
    private final int[] representative; // a forest; decisions of one tree are tied to each other

    private UncertainDecisions(int decisions) {
        representative = new int[decisions];
        for (int i = 0; i < decisions; i++) {
            representative[i] = i;
        }
    }

    /** The decisions, ascending. */
    static int[] of(PenaltyCost cost) {
        UncertainDecisions ties = new UncertainDecisions(cost.decisionCount());
        for (PenalisedResidual r : cost.residuals()) {
            SparseVector d = r.residual().decisionCoefficients();
            for (int k = 1; k < d.size(); k++) {
                ties.representative[ties.root(d.index(k))] = ties.root(d.index(0));
            }
        }
        BitSet uncertainRoots = new BitSet();
        for (PenalisedResidual r : cost.residuals()) {
            if (r.residual().parameterCoefficients().size() > 0) {
                ties.addRoots(List.of(r.residual().decisionCoefficients()), uncertainRoots);
            }
        }
        ties.addRoots(cost.bilinear(), uncertainRoots);
        BitSet uncertain = new BitSet();
        for (int i = 0; i < cost.decisionCount(); i++) {
            uncertain.set(i, uncertainRoots.get(ties.root(i)));
        }
        return uncertain.stream().toArray();
    }

    private void addRoots(List<SparseVector> vectors, BitSet roots) {
        for (SparseVector vector : vectors) {
            for (int k = 0; k < vector.size(); k++) {
                roots.set(root(vector.index(k)));
            }
        }
    }

    private int root(int decision) {
        int i = decision;
        while (representative[i] != i) {
            representative[i] = representative[representative[i]];
            i = representative[i];
        }
        return i;
    }
}
