package org.soebm.runtime.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.soebm.runtime.evaluation.Estimate;

/** What a method is worth over several seeds, between predict-then-optimise and perfect foresight. */
public final class SeedTable {
    private SeedTable() {}

    /**
     * The lines of the table: mean test task loss of each way to decide with its standard error over the seeds, the
     * paired differences, and which share of the gap to perfect foresight the method closes (of the mean losses).
     *
     * @param runs of one task and method with different seeds, at least one
     */
    public static List<String> of(List<Metrics> runs) {
        String method = runs.get(0).setting().method();
        List<String> lines = new ArrayList<>();
        lines.add(format(
                "%s over %d seeds with %s, mean test task loss ± standard error over seeds:",
                runs.get(0).setting().task(), runs.size(), runs.get(0).setting().solver()));
        lines.add(line("point forecast, then optimise", runs, SeedTable::pointForecast));
        lines.add(line("two-stage (predicted distribution, then optimise)", runs, SeedTable::twoStage));
        lines.add(line(method, runs, SeedTable::own));
        lines.add(line("perfect foresight", runs, SeedTable::foresight));
        lines.add(line(method + " minus point forecast", runs, run -> own(run) - pointForecast(run)));
        lines.add(line(method + " minus two-stage", runs, run -> own(run) - twoStage(run)));
        lines.add(closed("point forecast", runs, SeedTable::pointForecast));
        lines.add(closed("two-stage", runs, SeedTable::twoStage));
        lines.add(format(
                "  standard deviations over seeds: two-stage %.3g, %s %.3g; %.3g s an epoch, %.3g s of training (medians)",
                deviation(runs, SeedTable::twoStage),
                method,
                deviation(runs, SeedTable::own),
                median(runs, run -> run.effort().secondsPerEpoch()),
                median(runs, run -> run.effort().trainSeconds())));
        return lines;
    }

    private static double pointForecast(Metrics run) {
        return run.pointForecast().taskLoss().mean();
    }

    private static double twoStage(Metrics run) {
        return run.twoStage().taskLoss().mean();
    }

    private static double own(Metrics run) {
        return run.test().taskLoss().mean();
    }

    private static double foresight(Metrics run) {
        return run.perfectForesight().mean();
    }

    private static Estimate estimate(List<Metrics> runs, ToDoubleFunction<Metrics> figure) {
        return Estimate.of(runs.stream().mapToDouble(figure).toArray());
    }

    private static double deviation(List<Metrics> runs, ToDoubleFunction<Metrics> figure) {
        return estimate(runs, figure).standardError() * Math.sqrt(runs.size());
    }

    private static double median(List<Metrics> runs, ToDoubleFunction<Metrics> figure) {
        double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        return 0.5 * (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]);
    }

    private static String line(String name, List<Metrics> runs, ToDoubleFunction<Metrics> figure) {
        return format("  %-50s %s", name, Summary.estimate(estimate(runs, figure)));
    }

    private static String closed(String from, List<Metrics> runs, ToDoubleFunction<Metrics> base) {
        double start = estimate(runs, base).mean();
        double end = estimate(runs, SeedTable::foresight).mean();
        String name = "gap closed from " + from + " to perfect foresight";
        double share = (start - estimate(runs, SeedTable::own).mean()) / (start - end);
        return format("  %-50s %s", name, start > end ? format("%.1f%%", 100 * share) : "none to close");
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
