package org.soebm.runtime.experiment;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.soebm.runtime.report.RunKey;

/** How long the runs of a comparison that are still to do will take, by those that were done: as long a training row. */
final class TimeLeft {
    private record Work(double seconds, double fractions) {}

    private final Map<String, Work> done = new HashMap<>(); // by method

    void ended(RunKey key, double seconds) {
        done.merge(
                key.method(),
                new Work(seconds, key.trainFraction()),
                (a, b) -> new Work(a.seconds() + b.seconds(), a.fractions() + b.fractions()));
    }

    /** In seconds; NaN while one of the methods has not been run. */
    double of(List<RunKey> open) {
        double seconds = 0;
        for (RunKey key : open) {
            Work work = done.get(key.method());
            seconds += work == null ? Double.NaN : work.seconds() / work.fractions() * key.trainFraction();
        }
        return seconds;
    }
}
