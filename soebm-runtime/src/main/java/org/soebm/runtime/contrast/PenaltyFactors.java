package org.soebm.runtime.contrast;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.soebm.api.cost.PenalisedResidual;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.linear.SparseVector;

/**
 * A penalty cost by factors: one a decision where the cost is a sum over single decisions, else one for all. What no decision
 * changes is left out, as it cancels in q and p.
 */
final class PenaltyFactors {
    private final PenaltyCost cost;
    private final boolean separable;
    private final List<PenalisedResidual> residuals; // those with decisions in them
    private final int[][] residualsOf; // of each factor
    private final int[][] bilinearOf; // the decisions with a bilinear term, of each factor
    private final SparseVector[] bilinearColumns; // of each decision: the coefficients over the parameters

    /**
     * The factors.
     *
     * @param isJoint whether there is to be a single one in any case
     */
    PenaltyFactors(PenaltyCost cost, boolean isJoint) {
        this.cost = cost;
        separable = cost.isSeparable() && !isJoint;
        residuals = cost.residuals().stream()
                .filter(r -> r.residual().decisionCoefficients().size() > 0)
                .toList();
        bilinearColumns = columns(cost);
        int[] bilinear = IntStream.range(0, cost.decisionCount())
                .filter(j -> bilinearColumns[j].size() > 0)
                .toArray();
        if (!separable) {
            residualsOf = new int[][] {IntStream.range(0, residuals.size()).toArray()};
            bilinearOf = new int[][] {bilinear};
            return;
        }
        List<List<Integer>> byDecision = new ArrayList<>();
        for (int j = 0; j < cost.decisionCount(); j++) {
            byDecision.add(new ArrayList<>());
        }
        for (int k = 0; k < residuals.size(); k++) {
            byDecision
                    .get(residuals.get(k).residual().decisionCoefficients().index(0))
                    .add(k);
        }
        residualsOf = new int[cost.decisionCount()][];
        bilinearOf = new int[cost.decisionCount()][];
        for (int j = 0; j < residualsOf.length; j++) {
            residualsOf[j] =
                    byDecision.get(j).stream().mapToInt(Integer::intValue).toArray();
            bilinearOf[j] = bilinearColumns[j].size() > 0 ? new int[] {j} : new int[0];
        }
    }

    private static SparseVector[] columns(PenaltyCost cost) {
        List<List<Integer>> indices = new ArrayList<>();
        List<List<Double>> values = new ArrayList<>();
        for (int j = 0; j < cost.decisionCount(); j++) {
            indices.add(new ArrayList<>());
            values.add(new ArrayList<>());
        }
        for (int i = 0; i < cost.parameterCount(); i++) {
            SparseVector row = cost.bilinear().get(i);
            for (int n = 0; n < row.size(); n++) {
                indices.get(row.index(n)).add(i);
                values.get(row.index(n)).add(row.value(n));
            }
        }
        SparseVector[] columns = new SparseVector[cost.decisionCount()];
        for (int j = 0; j < columns.length; j++) {
            columns[j] = SparseVector.of(
                    indices.get(j).stream().mapToInt(Integer::intValue).toArray(),
                    values.get(j).stream().mapToDouble(Double::doubleValue).toArray());
        }
        return columns;
    }

    boolean isSeparable() {
        return separable;
    }

    int parameterCount() {
        return cost.parameterCount();
    }

    int decisionCount() {
        return cost.decisionCount();
    }

    int count() {
        return residualsOf.length;
    }

    /** How many terms the largest factor has. */
    int mostTerms() {
        return IntStream.range(0, count())
                .map(factor -> residualsOf[factor].length + bilinearOf[factor].length)
                .max()
                .orElse(0);
    }

    /** The residuals with decisions of a factor among them. */
    List<PenalisedResidual> residuals() {
        return residuals;
    }

    /** Indices into {@link #residuals()}. */
    int[] residualsOf(int factor) {
        return residualsOf[factor];
    }

    /** The decisions a_j of a factor with a bilinear term y ↦ yᵀQe_j a_j. */
    int[] bilinearOf(int factor) {
        return bilinearOf[factor];
    }

    /** Q e_j: what the parameters multiply a decision by. */
    SparseVector bilinearColumn(int decision) {
        return bilinearColumns[decision];
    }

    /** The part of each residual that comes from offsets, Σ_j d_kj o_mj: shape (residuals, M). */
    float[][] shifts(float[] offsets, int samples) {
        int decisions = decisionCount();
        float[][] shifts = new float[residuals.size()][samples];
        for (int k = 0; k < shifts.length; k++) {
            SparseVector d = residuals.get(k).residual().decisionCoefficients();
            for (int n = 0; n < d.size(); n++) {
                float coefficient = (float) d.value(n);
                int j = d.index(n);
                for (int m = 0; m < samples; m++) {
                    shifts[k][m] += coefficient * offsets[m * decisions + j];
                }
            }
        }
        return shifts;
    }
}
