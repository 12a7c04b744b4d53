package org.soebm.runtime.tuning;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.task.HyperParameters;
import org.soebm.runtime.experiment.ExperimentListener;
import org.soebm.runtime.experiment.ValidationExperiment;
import org.soebm.runtime.learning.TrainingDivergedException;

/**
 * Tries one set of hyper-parameters after the other, except those that an earlier start tried. A trial that fails is
 * recorded, and the search goes on.
 */
public final class Tuner {
    private final ValidationExperiment experiment;
    private final SearchSpace space;
    private final int count;
    private final TrialFiles files;
    private final Function<RuntimeException, String> describe;

    private final List<Trial> trials = new ArrayList<>();
    private double seconds; // of the trials that this start did
    private int done;

    /**
     * A tuner, for one call of {@link #run}.
     *
     * @param count of trials, the default among them
     * @param describe the message of a failure, for users
     */
    public Tuner(
            ValidationExperiment experiment,
            SearchSpace space,
            int count,
            TrialFiles files,
            Function<RuntimeException, String> describe) {
        this.experiment = experiment;
        this.space = space;
        this.count = count;
        this.files = files;
        this.describe = describe;
    }

    /**
     * Does the trials.
     *
     * @param work hears of the work within each
     * @param soFar takes the trials so far, after each
     * @throws org.soebm.runtime.preprocessing.UnsolvedRowException when a training row has no optimal decision and is not
     *     to be left out
     * @throws CancellationException when cancelled; what finished before is kept
     */
    public Tuning run(
            TuningListener listener, ExperimentListener work, Consumer<Tuning> soFar, Cancellation cancellation) {
        String unreadable = experiment.unreadable();
        if (unreadable != null && files.exist()) {
            listener.trialsRefused(
                    "the task does not tell whether it has changed since, and its code cannot be read: " + unreadable);
        }
        for (int number = 0; number < count; number++) {
            HyperParameters hyperParameters = space.at(number);
            String digest = experiment.digest(hyperParameters);
            Trial found =
                    unreadable == null ? files.find(number, space.values(hyperParameters), digest, listener) : null;
            if (found != null) {
                trials.add(found);
                listener.trialFound(found, count);
            } else {
                run(number, hyperParameters, digest, listener, work, cancellation);
            }
            soFar.accept(new Tuning(trials));
        }
        return new Tuning(trials);
    }

    private void run(
            int number,
            HyperParameters hyperParameters,
            String digest,
            TuningListener listener,
            ExperimentListener work,
            Cancellation cancellation) {
        experiment.prepare(work, cancellation);
        listener.trialStarted(
                number,
                space.values(hyperParameters),
                count,
                done == 0 ? Double.NaN : seconds / done * (count - number));
        long start = System.nanoTime();
        Trial trial;
        @Nullable RuntimeException cause = null;
        try {
            ValidationExperiment.Outcome outcome = experiment.run(hyperParameters, work, cancellation);
            trial = new Trial(
                    number,
                    space.values(hyperParameters),
                    outcome.taskLoss(),
                    outcome.effectiveSampleSize(),
                    outcome.seconds(),
                    Double.isNaN(outcome.taskLoss()) ? "no validation has a task loss" : null,
                    true);
        } catch (CancellationException cancelled) {
            throw cancelled;
        } catch (RuntimeException failure) {
            cause = failure;
            trial = new Trial(
                    number,
                    space.values(hyperParameters),
                    Double.NaN,
                    Double.NaN,
                    (System.nanoTime() - start) * 1e-9,
                    describe.apply(failure),
                    failure instanceof TrainingDivergedException);
        }
        files.keep(trial, digest);
        trials.add(trial);
        seconds += trial.seconds();
        done++;
        Trial best = new Tuning(trials).best();
        listener.trialEnded(trial, best != null && best.number() == number, cause);
    }
}
