package org.soebm.api.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.cost.PenaltyTerm;
import org.soebm.api.cost.ResidualPenalty;
import org.soebm.api.linear.SparseVector;

/** Problems that tests of solvers share. */
public final class SampleProblems {
    private SampleProblems() {}

    /** under·[y − a]₊ + over·[a − y]₊ + square·(a − y)², as a penalty on r = y − a. */
    public static ResidualPenalty shortageAndSurplus(double under, double over, double square) {
        return new ResidualPenalty(-over, under + over, square, 0);
    }

    /** One term a decision on the residual mean − a. */
    public static PenaltyObjective tracking(double[] mean, double[] std, ResidualPenalty penalty) {
        List<PenaltyTerm> terms = new ArrayList<>();
        for (int i = 0; i < mean.length; i++) {
            terms.add(new PenaltyTerm(SparseVector.unit(i, -1), mean[i], std[i], penalty));
        }
        return new PenaltyObjective(mean.length, terms, new double[mean.length], 0);
    }

    /** The power scheduling problem: 50[y − a]₊ + 0.5[a − y]₊ + ½(a − y)² an hour, ramp 0.4. */
    public static ArgminProblem power(double[] mean, double[] std) {
        return new ArgminProblem(
                tracking(mean, std, shortageAndSurplus(50, 0.5, 0.5)),
                ConstraintSet.builder(mean.length).ramp(0.4).build());
    }

    /** A random walk of loads with steps that the ramp of {@link #power} often cannot follow. */
    public static double[] loads(int hours, Random random) {
        double[] loads = new double[hours];
        for (int i = 0; i < hours; i++) {
            loads[i] = (i == 0 ? 1.5 : loads[i - 1]) + 0.4 * random.nextGaussian();
        }
        return loads;
    }

    /** A market split problem Σ|Ax − b| over 0/1 decisions, whose optimum takes branch and bound hours to prove. */
    public static ArgminProblem marketSplit(int decisions, int rows, Random random) {
        List<PenaltyTerm> terms = new ArrayList<>();
        int[] indices = new int[decisions];
        for (int j = 0; j < decisions; j++) {
            indices[j] = j;
        }
        for (int k = 0; k < rows; k++) {
            double[] values = new double[decisions];
            double sum = 0;
            for (int j = 0; j < decisions; j++) {
                values[j] = random.nextInt(100);
                sum += values[j];
            }
            terms.add(new PenaltyTerm(
                    SparseVector.of(indices, values), -Math.floor(sum / 2), 0, shortageAndSurplus(1, 1, 0)));
        }
        return new ArgminProblem(
                new PenaltyObjective(decisions, terms, new double[decisions], 0),
                ConstraintSet.builder(decisions).box(0, 1).allInteger().build());
    }
}
