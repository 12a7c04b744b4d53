package org.soebm.api.task;

import java.util.List;

/**
 * What SO-EBM's objective L_MLE + λ L_KL + γ L_NLL needs beside a schedule.
 *
 * @param samples M, proposal draws a row and step
 * @param temperature T: the distributions over decisions are q ∝ exp(−E/T) and p(a|y) ∝ exp(−f/T), so that the
 *     weights of the draws do not collapse onto one of them where energies are in the hundreds
 * @param lambda λ, the weight of the KL term
 * @param likelihoodWeight γ, the weight of the negative log likelihood L_NLL = −log p(y | x; θ), which keeps the
 *     prediction calibrated while its energy is trained; 0 for the objective of the paper
 * @param proposalStds σ_k of the proposal's Gaussians around a*, in units of the decisions
 * @param prior of the distributions over decisions
 * @param margin κ, for costs that are linear in the decisions: the optimal decision must stay ahead of each other one by κ times
 *     what that one really costs more; 0 for the objective of the paper, 1 for a smooth form of SPO+
 */
public record EnergySettings(
        int samples,
        double temperature,
        double lambda,
        double likelihoodWeight,
        List<Double> proposalStds,
        DecisionPrior prior,
        double margin) {
    /**
     * @throws IllegalArgumentException when a value is out of its range; the message names it
     */
    public EnergySettings {
        TrainingSchedule.require(samples >= 2, "number of samples", samples, "at least 2");
        TrainingSchedule.require(
                temperature > 0 && temperature < Double.POSITIVE_INFINITY, "temperature", temperature, "positive");
        TrainingSchedule.require(lambda >= 0 && lambda < Double.POSITIVE_INFINITY, "lambda", lambda, "at least 0");
        TrainingSchedule.require(
                likelihoodWeight >= 0 && likelihoodWeight < Double.POSITIVE_INFINITY,
                "likelihood weight",
                likelihoodWeight,
                "at least 0");
        TrainingSchedule.require(margin >= 0 && margin < Double.POSITIVE_INFINITY, "margin", margin, "at least 0");
        proposalStds = List.copyOf(proposalStds);
        TrainingSchedule.require(
                !proposalStds.isEmpty(), "number of proposal standard deviations", proposalStds.size(), "at least 1");
        for (double std : proposalStds) {
            TrainingSchedule.require(
                    std > 0 && std < Double.POSITIVE_INFINITY, "proposal standard deviation", std, "positive");
        }
    }

    /** Settings without a margin. */
    public EnergySettings(
            int samples,
            double temperature,
            double lambda,
            double likelihoodWeight,
            List<Double> proposalStds,
            DecisionPrior prior) {
        this(samples, temperature, lambda, likelihoodWeight, proposalStds, prior, 0);
    }

    /** Settings with a uniform prior. */
    public EnergySettings(
            int samples, double temperature, double lambda, double likelihoodWeight, List<Double> proposalStds) {
        this(samples, temperature, lambda, likelihoodWeight, proposalStds, DecisionPrior.UNIFORM);
    }

    /** Settings with a uniform prior and without a likelihood term. */
    public EnergySettings(int samples, double temperature, double lambda, List<Double> proposalStds) {
        this(samples, temperature, lambda, 0, proposalStds);
    }

    /** These settings with another number of draws. */
    public EnergySettings withSamples(int newSamples) {
        return new EnergySettings(newSamples, temperature, lambda, likelihoodWeight, proposalStds, prior, margin);
    }

    /** These settings with another temperature. */
    public EnergySettings withTemperature(double newTemperature) {
        return new EnergySettings(samples, newTemperature, lambda, likelihoodWeight, proposalStds, prior, margin);
    }

    /** These settings with another weight of the KL term. */
    public EnergySettings withLambda(double newLambda) {
        return new EnergySettings(samples, temperature, newLambda, likelihoodWeight, proposalStds, prior, margin);
    }

    /** These settings with another weight of the likelihood term. */
    public EnergySettings withLikelihoodWeight(double newLikelihoodWeight) {
        return new EnergySettings(samples, temperature, lambda, newLikelihoodWeight, proposalStds, prior, margin);
    }

    /** These settings with another prior. */
    public EnergySettings withPrior(DecisionPrior newPrior) {
        return new EnergySettings(samples, temperature, lambda, likelihoodWeight, proposalStds, newPrior, margin);
    }

    /** These settings with other standard deviations of the proposal. */
    public EnergySettings withProposalStds(List<Double> newProposalStds) {
        return new EnergySettings(samples, temperature, lambda, likelihoodWeight, newProposalStds, prior, margin);
    }

    /** These settings with another margin. */
    public EnergySettings withMargin(double newMargin) {
        return new EnergySettings(samples, temperature, lambda, likelihoodWeight, proposalStds, prior, newMargin);
    }
}
