package org.soebm.runtime.tuning;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The best trials of a search as a small table for people. */
public final class TuningTable {
    private static final int MOST = 10;

    private TuningTable() {}

    /** The lines of the table: the ten best trials, and the default where it is not among them. */
    public static List<String> of(SearchSpace space, Tuning tuning) {
        List<Trial> ranking = tuning.ranking();
        List<Trial> shown = new ArrayList<>(ranking.subList(0, Math.min(MOST, ranking.size())));
        ranking.stream().skip(MOST).filter(trial -> trial.number() == 0).forEach(shown::add);
        List<String> lines = new ArrayList<>();
        StringBuilder header =
                new StringBuilder(String.format(Locale.ROOT, "  %-12s %10s %5s", "trial", "task loss", "ess"));
        space.names().forEach(name -> header.append("  ").append(name));
        lines.add(header.toString());
        for (Trial trial : shown) {
            StringBuilder line = new StringBuilder(String.format(
                    Locale.ROOT,
                    "  %-12s %10.4g %5s",
                    trial.number() == 0 ? "0 (default)" : String.valueOf(trial.number()),
                    trial.taskLoss(),
                    Double.isNaN(trial.effectiveSampleSize())
                            ? ""
                            : String.format(Locale.ROOT, "%.1f", trial.effectiveSampleSize())));
            trial.values()
                    .forEach((name, value) ->
                            line.append(String.format(Locale.ROOT, "  %" + name.length() + "s", value)));
            lines.add(line.toString());
        }
        int failed = tuning.trials().size() - ranking.size();
        if (failed > 0) {
            lines.add("  " + failed + " of " + tuning.trials().size() + " trials failed");
        }
        return lines;
    }
}
