package org.soebm.api.task;

/**
 * How feasible candidates are gathered and drawn.
 *
 * @param source where candidates come from
 * @param poolSize the most decisions that a pool holds, at least 2
 * @param furtherSolutions how many decisions beside the optimum a solver is asked for a training row, at least 0
 * @param perturbedSolves K, how many problems with perturbed parameters are solved a training row, at least 0
 * @param perturbation σ of y + σ s ε, where s is the standard deviation of each parameter over the training rows
 * @param poolSolveRate the share of a step's rows whose predicted problem is solved, for the pool to learn its optimum;
 *     between 0 and 1
 * @param solveRatio the share of a step's rows that methods which solve in each step really solve; for the others they
 *     take the best decision of the pool. Between 0 and 1
 * @param softConstraints what training adds to the energy for limits that candidates leave
 * @param softWeight μ of the barrier, or ρ of the augmented Lagrangian
 */
public record CandidateSettings(
        CandidateSource source,
        int poolSize,
        int furtherSolutions,
        int perturbedSolves,
        double perturbation,
        double poolSolveRate,
        double solveRatio,
        SoftConstraints softConstraints,
        double softWeight) {
    /** By the task's traits; a pool of at most 4,096 decisions, with one perturbed problem a row. */
    public static final CandidateSettings DEFAULT =
            new CandidateSettings(CandidateSource.AUTO, 4096, 0, 1, 0.5, 0, 1, SoftConstraints.NONE, 1);

    /**
     * @throws IllegalArgumentException when a value is out of its range; the message names it
     */
    public CandidateSettings {
        TrainingSchedule.require(poolSize >= 2, "pool size", poolSize, "at least 2");
        TrainingSchedule.require(furtherSolutions >= 0, "number of further solutions", furtherSolutions, "at least 0");
        TrainingSchedule.require(perturbedSolves >= 0, "number of perturbed solves", perturbedSolves, "at least 0");
        TrainingSchedule.require(
                perturbation > 0 && perturbation < Double.POSITIVE_INFINITY, "perturbation", perturbation, "positive");
        TrainingSchedule.require(
                poolSolveRate >= 0 && poolSolveRate <= 1, "solve rate of the pool", poolSolveRate, "between 0 and 1");
        TrainingSchedule.require(solveRatio >= 0 && solveRatio <= 1, "solve ratio", solveRatio, "between 0 and 1");
        TrainingSchedule.require(
                softWeight > 0 && softWeight < Double.POSITIVE_INFINITY,
                "weight of soft constraints",
                softWeight,
                "positive");
    }

    /** These settings with another source. */
    public CandidateSettings withSource(CandidateSource newSource) {
        return new CandidateSettings(
                newSource,
                poolSize,
                furtherSolutions,
                perturbedSolves,
                perturbation,
                poolSolveRate,
                solveRatio,
                softConstraints,
                softWeight);
    }

    /** These settings with another bound of the pool. */
    public CandidateSettings withPoolSize(int newPoolSize) {
        return new CandidateSettings(
                source,
                newPoolSize,
                furtherSolutions,
                perturbedSolves,
                perturbation,
                poolSolveRate,
                solveRatio,
                softConstraints,
                softWeight);
    }

    /** These settings with another number of further solutions. */
    public CandidateSettings withFurtherSolutions(int newFurtherSolutions) {
        return new CandidateSettings(
                source,
                poolSize,
                newFurtherSolutions,
                perturbedSolves,
                perturbation,
                poolSolveRate,
                solveRatio,
                softConstraints,
                softWeight);
    }

    /** These settings with another number of perturbed solves. */
    public CandidateSettings withPerturbedSolves(int newPerturbedSolves) {
        return new CandidateSettings(
                source,
                poolSize,
                furtherSolutions,
                newPerturbedSolves,
                perturbation,
                poolSolveRate,
                solveRatio,
                softConstraints,
                softWeight);
    }

    /** These settings with another perturbation. */
    public CandidateSettings withPerturbation(double newPerturbation) {
        return new CandidateSettings(
                source,
                poolSize,
                furtherSolutions,
                perturbedSolves,
                newPerturbation,
                poolSolveRate,
                solveRatio,
                softConstraints,
                softWeight);
    }

    /** These settings with another rate at which the pool grows in training. */
    public CandidateSettings withPoolSolveRate(double newPoolSolveRate) {
        return new CandidateSettings(
                source,
                poolSize,
                furtherSolutions,
                perturbedSolves,
                perturbation,
                newPoolSolveRate,
                solveRatio,
                softConstraints,
                softWeight);
    }

    /** These settings with another solve ratio. */
    public CandidateSettings withSolveRatio(double newSolveRatio) {
        return new CandidateSettings(
                source,
                poolSize,
                furtherSolutions,
                perturbedSolves,
                perturbation,
                poolSolveRate,
                newSolveRatio,
                softConstraints,
                softWeight);
    }

    /** These settings with other soft constraints. */
    public CandidateSettings withSoftConstraints(SoftConstraints newSoftConstraints) {
        return new CandidateSettings(
                source,
                poolSize,
                furtherSolutions,
                perturbedSolves,
                perturbation,
                poolSolveRate,
                solveRatio,
                newSoftConstraints,
                softWeight);
    }

    /** These settings with another weight of soft constraints. */
    public CandidateSettings withSoftWeight(double newSoftWeight) {
        return new CandidateSettings(
                source,
                poolSize,
                furtherSolutions,
                perturbedSolves,
                perturbation,
                poolSolveRate,
                solveRatio,
                softConstraints,
                newSoftWeight);
    }
}
