package org.soebm.runtime.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.soebm.runtime.evaluation.Estimate;

/** A {@link Comparison} as a table for people. */
public final class ComparisonTable {
    private static final String TWO_STAGE = "two-stage";

    private ComparisonTable() {}

    /** The lines of the table, methods as the comparison has them; a part for each share of the training rows. */
    public static List<String> of(Comparison comparison) {
        int runs = comparison.seeds().size();
        List<String> lines = new ArrayList<>();
        lines.add(format(
                "%s, %s with %s on %s; test task loss, smaller is better:",
                comparison.task(),
                runs == 1 ? "one run, seed " + comparison.seeds().get(0) : runs + " runs, " + seeds(comparison),
                comparison.solver(),
                comparison.device()));
        int width = Math.max(
                "perfect foresight".length(),
                comparison.methods().stream().mapToInt(String::length).max().orElse(0));
        for (double fraction : comparison.trainFractions()) {
            if (comparison.trainFractions().size() > 1) {
                lines.add(RunKey.fraction(fraction) + " of the training rows:");
            }
            lines.add(line(width, "", "task loss", "minus two-stage", "s an epoch", "s of training", "s to best"));
            List<MethodFigures> figures = comparison.figures(fraction);
            figures.forEach(method -> lines.add(row(width, method, runs)));
            comparison.baselines(fraction).forEach(baseline -> lines.add(row(width, baseline, runs)));
            figures.forEach(method -> failures(method, runs, lines));
        }
        lines.add(
                runs == 1
                        ? "  The difference is the mean over test rows ± its standard error, row by row."
                        : "  Losses and times: mean ± standard deviation over runs (s an epoch: median). Differences: paired by"
                                + " seed, mean ± standard error.");
        lines.add(
                "  s to best: optimal decisions in hindsight and training up to the epoch that was kept, without validations."
                        + cached(comparison));
        return lines;
    }

    private static String cached(Comparison comparison) {
        long cached = comparison.trainFractions().stream()
                .mapToLong(comparison::cachedRuns)
                .sum();
        return cached == 0
                ? ""
                : format(
                        " Those of %d of %d runs came from the cache.",
                        cached, comparison.runs().size());
    }

    private static String seeds(Comparison comparison) {
        List<Long> seeds = comparison.seeds();
        return "seeds " + seeds.get(0) + " to " + seeds.get(seeds.size() - 1);
    }

    private static String row(int width, MethodFigures method, int planned) {
        if (method.runs() == 0) {
            return line(width, method.name(), method.none(), "", "", "", "");
        }
        return line(
                        width,
                        method.name(),
                        estimate(method.testTaskLossMean(), method.testTaskLossStd()),
                        method.name().equals(TWO_STAGE)
                                ? ""
                                : estimate(
                                        method.differenceToTwoStage().mean(),
                                        method.differenceToTwoStage().standardError()),
                        number("%.3g", method.secondsPerEpoch()),
                        seconds(method.trainSeconds(), method.trainSecondsStd()),
                        seconds(method.secondsToBest(), method.secondsToBestStd()))
                + MethodFigures.share(method.runs(), planned);
    }

    private static String row(int width, BaselineFigures baseline, int planned) {
        if (baseline.runs() == 0) {
            return line(width, baseline.name(), "not run", "", "", "", "");
        }
        return line(
                        width,
                        baseline.name(),
                        estimate(baseline.testTaskLossMean(), baseline.testTaskLossStd()),
                        estimate(
                                baseline.differenceToTwoStage().mean(),
                                baseline.differenceToTwoStage().standardError()),
                        "",
                        "",
                        "")
                + MethodFigures.share(baseline.runs(), planned);
    }

    private static String line(
            int width, String name, String loss, String difference, String epoch, String training, String best) {
        return format("  %-" + width + "s %20s %20s %12s %16s %16s", name, loss, difference, epoch, training, best)
                .stripTrailing();
    }

    private static void failures(MethodFigures method, int runs, List<String> lines) {
        Map<String, List<String>> seeds = new LinkedHashMap<>(); // by message
        for (RunFailure failure : method.failures()) {
            seeds.computeIfAbsent(failure.message(), message -> new ArrayList<>())
                    .add(String.valueOf(failure.key().seed()));
        }
        seeds.forEach((message, list) -> lines.add(format(
                "  %s failed in %d of %d runs (seed %s): %s",
                method.name(), list.size(), runs, String.join(", ", list), message)));
    }

    private static String estimate(double mean, double spread) {
        return Double.isNaN(mean) ? "not finite" : Summary.estimate(new Estimate(mean, spread));
    }

    private static String seconds(double mean, double spread) {
        return number("%.1f", mean) + (Double.isNaN(spread) ? "" : format(" ± %.1f", spread));
    }

    private static String number(String pattern, double value) {
        return Double.isNaN(value) ? "" : format(pattern, value);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
