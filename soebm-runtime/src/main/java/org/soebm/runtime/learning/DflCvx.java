package org.soebm.runtime.learning;

import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.solver.Support;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.NetworkSpec;
import org.soebm.runtime.objective.StochasticProblem;

/**
 * Decision-focused learning on the sample average (after Agrawal et al., Differentiable convex optimization layers, NeurIPS
 * 2019): in each step every row is decided under reparameterised samples of y, and the task loss is differentiated through
 * the optimality conditions of that convex program, kinks of the cost included, to the samples and by them to the network.
 * For convex costs whose expectation has no closed form. Trains like {@link DflQpth}.
 */
public final class DflCvx implements LearningMethod {
    private static final int SAMPLES = 50;

    private final int samples;

    /** With 50 samples a row and step, as in the paper. */
    public DflCvx() {
        this(SAMPLES);
    }

    /**
     * With another number of samples.
     *
     * @param samples of y a row and step, at least 1
     */
    public DflCvx(int samples) {
        this.samples = samples;
    }

    @Override
    public String name() {
        return "dfl-cvx";
    }

    @Override
    public String description() {
        return "decision-focused: task loss differentiated through the optimum of a sample average";
    }

    @Override
    public Support support(
            StochasticProblem problem, HyperParameters hyperParameters, int features, NetworkSpec network) {
        Support gradual = GradualDecisions.support(problem);
        if (!gradual.supported()) {
            return gradual;
        }
        if (problem.hasClosedForm()) {
            return Support.no(
                    "its expected cost has a closed form, of which a sample average is a poor copy. Use dfl-qpth.");
        }
        return problem.cost() instanceof PenaltyCost
                ? Support.yes()
                : Support.no("its cost is not known to be convex. Use dfl-block or dfl-surrogate.");
    }

    @Override
    public Learned learn(LearningProblem problem, TrainingControl control) {
        return TrainingSession.fineTune(
                this,
                problem,
                control,
                session -> TaskLossObjective.of(problem, samples, session.likelihood(), control.cancellation()));
    }
}
