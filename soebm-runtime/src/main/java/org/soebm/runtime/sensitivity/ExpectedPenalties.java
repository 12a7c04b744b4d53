package org.soebm.runtime.sensitivity;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.soebm.api.cost.AffineResidual;
import org.soebm.api.cost.PenalisedResidual;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.cost.ResidualPenalty;
import org.soebm.api.linear.SparseVector;

/**
 * The expectation E f(y, a) of a penalty cost under {@link PredictedOutcomes} to second order: value, gradient and curvature
 * in the decisions, and how the gradient changes with the outcomes. Where a residual is known and near the kink of its
 * hinge, that hinge is left out of gradient and curvature, and becomes a {@link Restriction}.
 */
final class ExpectedPenalties {
    private final PenaltyCost cost;
    private final PredictedOutcomes outcomes;
    private final double[][] fromParameters; // cᵀmean + e, shape (S, K)
    private final double[][] residualStds; // shape (S, K)

    ExpectedPenalties(PenaltyCost cost, PredictedOutcomes outcomes) {
        this.cost = cost;
        this.outcomes = outcomes;
        List<PenalisedResidual> residuals = cost.residuals();
        fromParameters = new double[outcomes.count()][residuals.size()];
        residualStds = new double[outcomes.count()][residuals.size()];
        for (int s = 0; s < outcomes.count(); s++) {
            for (int k = 0; k < residuals.size(); k++) {
                AffineResidual residual = residuals.get(k).residual();
                SparseVector c = residual.parameterCoefficients();
                fromParameters[s][k] = c.dot(outcomes.means()[s]) + residual.offset();
                double variance = 0;
                for (int j = 0; j < c.size(); j++) {
                    double part = c.value(j) * outcomes.stds()[s][c.index(j)];
                    variance += part * part;
                }
                residualStds[s][k] = Math.sqrt(variance);
            }
        }
    }

    double value(double[] decisions) {
        double value = 0;
        List<PenalisedResidual> residuals = cost.residuals();
        for (int s = 0; s < outcomes.count(); s++) {
            double weight = outcomes.weights()[s];
            for (int k = 0; k < residuals.size(); k++) {
                double mean = position(residuals.get(k), decisions) + fromParameters[s][k];
                value += weight * residuals.get(k).penalty().expectation(mean, residualStds[s][k]);
            }
            for (int i = 0; i < cost.parameterCount(); i++) {
                value +=
                        weight * outcomes.means()[s][i] * cost.bilinear().get(i).dot(decisions);
            }
        }
        return value;
    }

    /**
     * Expands the expectation.
     *
     * @param decisions where
     * @param near a known residual is near its kink within this share of its usual size over the scenarios
     * @param gradient receives the gradient, at least da long
     * @param hessian receives the curvature, at least (da, da)
     * @param kinks receives the kinks nearby
     */
    void expand(double[] decisions, double near, double[] gradient, DMatrixRMaj hessian, List<Restriction> kinks) {
        List<PenalisedResidual> residuals = cost.residuals();
        for (int k = 0; k < residuals.size(); k++) {
            SparseVector d = residuals.get(k).residual().decisionCoefficients();
            if (d.size() == 0) {
                continue;
            }
            ResidualPenalty penalty = residuals.get(k).penalty();
            double position = d.dot(decisions);
            double distance = penalty.hinge() > 0 ? near * usualSize(k, position) : 0;
            double slope = 0;
            double curvature = 0;
            for (int s = 0; s < outcomes.count(); s++) {
                double weight = outcomes.weights()[s];
                double mean = position + fromParameters[s][k];
                double std = residualStds[s][k];
                ResidualPenalty smooth = penalty;
                if (std == 0 && penalty.hinge() > 0 && Math.abs(mean) <= distance && weight > 0) {
                    kinks.add(Restriction.kink(d, -mean, weight * penalty.hinge(), s * residuals.size() + k));
                    smooth = new ResidualPenalty(penalty.identity(), 0, penalty.square(), penalty.squaredHinge());
                }
                slope += weight * smooth.expectedDerivative(mean, std);
                curvature += weight * smooth.expectedCurvature(mean, std);
            }
            d.addTo(gradient, slope);
            for (int i = 0; i < d.size(); i++) {
                for (int j = 0; j < d.size(); j++) {
                    hessian.add(d.index(i), d.index(j), curvature * d.value(i) * d.value(j));
                }
            }
        }
        for (int s = 0; s < outcomes.count(); s++) {
            for (int i = 0; i < cost.parameterCount(); i++) {
                cost.bilinear().get(i).addTo(gradient, outcomes.weights()[s] * outcomes.means()[s][i]);
            }
        }
    }

    /** Whether a step passes a kink that was not near. */
    boolean passesKink(double[] decisions, double[] step, double near) {
        List<PenalisedResidual> residuals = cost.residuals();
        for (int k = 0; k < residuals.size(); k++) {
            SparseVector d = residuals.get(k).residual().decisionCoefficients();
            double change = d.dot(step);
            if (change == 0 || residuals.get(k).penalty().hinge() <= 0) {
                continue;
            }
            double position = d.dot(decisions);
            double distance = near * usualSize(k, position);
            for (int s = 0; s < outcomes.count(); s++) {
                double mean = position + fromParameters[s][k];
                if (residualStds[s][k] == 0 && Math.abs(mean) > distance && mean > 0 != mean + change > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private double usualSize(int k, double position) {
        double size = 0;
        for (int s = 0; s < outcomes.count(); s++) {
            size += Math.abs(position + fromParameters[s][k]) / outcomes.count();
        }
        return outcomes.count() == 1 ? 1 : size;
    }

    private static double position(PenalisedResidual residual, double[] decisions) {
        return residual.residual().decisionCoefficients().dot(decisions);
    }

    /**
     * Adds the gradient of −vᵀ∂E/∂a + wᵀs with respect to the outcomes, for slacks s of kinks.
     *
     * @param decisions where
     * @param v a direction in the decisions
     * @param kinks those that hold the decision
     * @param w one for each of them
     */
    OutcomeGradient adjoint(double[] decisions, double[] v, List<Restriction> kinks, double[] w) {
        OutcomeGradient gradient = OutcomeGradient.zero(outcomes.count(), cost.parameterCount());
        List<PenalisedResidual> residuals = cost.residuals();
        for (int k = 0; k < residuals.size(); k++) {
            AffineResidual residual = residuals.get(k).residual();
            SparseVector c = residual.parameterCoefficients();
            double along = residual.decisionCoefficients().dot(v);
            if (along == 0 || c.size() == 0) {
                continue;
            }
            ResidualPenalty penalty = residuals.get(k).penalty();
            double position = residual.decisionCoefficients().dot(decisions);
            for (int s = 0; s < outcomes.count(); s++) {
                double mean = position + fromParameters[s][k];
                double std = residualStds[s][k];
                double factor = -outcomes.weights()[s] * along;
                c.addTo(gradient.means()[s], factor * penalty.expectedCurvature(mean, std));
                if (std > 0) {
                    double byStd = factor * penalty.expectedSlopeStdDerivative(mean, std);
                    for (int j = 0; j < c.size(); j++) {
                        int i = c.index(j);
                        gradient.stds()[s][i] += byStd * c.value(j) * c.value(j) * outcomes.stds()[s][i] / std;
                    }
                }
            }
        }
        for (int s = 0; s < outcomes.count(); s++) {
            for (int i = 0; i < cost.parameterCount(); i++) {
                gradient.means()[s][i] -=
                        outcomes.weights()[s] * cost.bilinear().get(i).dot(v);
            }
        }
        for (int j = 0; j < kinks.size(); j++) {
            if (kinks.get(j).origin() != Restriction.CONSTRAINT) {
                int k = kinks.get(j).origin() % residuals.size();
                int s = kinks.get(j).origin() / residuals.size();
                AffineResidual residual = residuals.get(k).residual();
                double length = Restriction.length(residual.decisionCoefficients());
                residual.parameterCoefficients().addTo(gradient.means()[s], -w[j] / length);
            }
        }
        return gradient;
    }
}
