package org.soebm.runtime.learning;

import ai.djl.ndarray.NDManager;
import java.util.stream.LongStream;
import org.jspecify.annotations.NullMarked;
import org.soebm.api.task.EnergySettings;
import org.soebm.runtime.contrast.Contrast;
import org.soebm.runtime.contrast.ContrastPath;
import org.soebm.runtime.contrast.ContrastSettings;
import org.soebm.runtime.energy.Outcomes;
import org.soebm.runtime.network.ForwardMode;
import org.soebm.runtime.proposal.MixtureOfGaussiansProposal;

/** Single training steps on a network of random weights, for whoever measures them. One at a time in a process. */
@NullMarked
public final class StepProbe implements AutoCloseable {
    private static final int LENGTH_OF_THE_SCHEDULE = 1_000_000; // the learning rate stays near its start

    private final LearningProblem problem;
    private final TrainingSession session;
    private final Contrast contrast;
    private final TrainingRows.Shuffled inOrder;

    /** Puts rows and network on the device. */
    public StepProbe(LearningProblem problem) {
        this.problem = problem;
        session = TrainingSession.open(problem, TrainingControl.NONE);
        contrast = ContrastPath.of(problem.problem().cost(), problem.device())
                .contrast(
                        problem.problem().cost(),
                        true,
                        ContrastSettings.of(problem.hyperParameters().settings()),
                        session.scope());
        inOrder = inOrder(session);
    }

    /** Steps of SO-EBM; close them before others are begun. */
    public Steps ofEnergy() {
        EnergySettings settings = problem.hyperParameters().settings();
        return steps(new EnergyObjective(
                Outcomes.PREDICTED,
                contrast,
                session.likelihood(),
                settings.likelihoodWeight(),
                new MixtureOfGaussiansProposal(settings.proposalStds()),
                settings.samples(),
                contrast.bytesPerRow(settings.samples(), 1),
                null));
    }

    /** The rows of a session as they come. */
    static TrainingRows.Shuffled inOrder(TrainingSession session) {
        long[] order = LongStream.range(0, session.rows().count()).toArray();
        return session.rows().shuffled(order, session.scope());
    }

    /** The same steps without candidates, by the likelihood alone: what the network takes. */
    public Steps ofNetwork() {
        return steps(new LikelihoodObjective(session.likelihood()));
    }

    private Steps steps(TrainingObjective objective) {
        TrainingStep step = new TrainingStep(
                session.predictor(),
                problem.hyperParameters().energy(),
                LENGTH_OF_THE_SCHEDULE,
                ForwardMode.FROZEN_STATISTICS,
                objective);
        return new Steps() {
            @Override
            public void run(int from, int to) {
                try (NDManager scope = session.predictor().newScope()) {
                    step.run(stepScope -> inOrder.batch(from, to, stepScope), scope);
                }
            }

            @Override
            public void close() {
                step.close();
            }
        };
    }

    /** Steps of one objective. */
    public interface Steps extends AutoCloseable {
        /**
         * Takes one step.
         *
         * @param from the batch's first row
         * @param to the row after its last
         */
        void run(int from, int to);

        @Override
        void close();
    }

    /** Frees network and rows. */
    @Override
    public void close() {
        contrast.close();
        session.predictor().close();
        session.close();
    }
}
