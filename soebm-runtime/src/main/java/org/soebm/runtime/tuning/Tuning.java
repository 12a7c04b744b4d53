package org.soebm.runtime.tuning;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The trials of a search so far.
 *
 * @param trials in order
 */
public record Tuning(List<Trial> trials) {
    /** Copies the list. */
    public Tuning {
        trials = List.copyOf(trials);
    }

    /** Those that did not fail, the best first. */
    public List<Trial> ranking() {
        return trials.stream()
                .filter(trial -> trial.failure() == null)
                .sorted(Comparator.comparingDouble(Trial::taskLoss).thenComparing(Trial::number))
                .toList();
    }

    /** The best trial, the earliest of several; null where all failed. */
    public @Nullable Trial best() {
        List<Trial> ranking = ranking();
        return ranking.isEmpty() ? null : ranking.get(0);
    }
}
