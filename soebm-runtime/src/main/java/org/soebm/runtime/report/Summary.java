package org.soebm.runtime.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.soebm.runtime.evaluation.Estimate;
import org.soebm.runtime.evaluation.TestLoss;

/** The figures of a run as a small table for people. */
public final class Summary {
    private static final String TWO_STAGE = "two-stage";

    private Summary() {}

    /** The lines of the summary. */
    public static List<String> of(Metrics metrics) {
        Metrics.Rows rows = metrics.rows();
        List<String> lines = new ArrayList<>();
        lines.add(format(
                "%s on %,d test rows, mean and standard error (smaller is better):",
                metrics.setting().task(), rows.test()));
        lines.add(format("  %-18s %18s %18s", "", "task loss", "regret"));
        lines.add(row("point forecast", metrics.pointForecast()));
        lines.add(row(TWO_STAGE, metrics.twoStage()));
        if (!metrics.setting().method().equals(TWO_STAGE)) {
            lines.add(row(metrics.setting().method(), metrics.test()));
            lines.add(gain(metrics));
            lines.add(gapClosed(metrics));
        }
        lines.add(format("  %-18s %18s", "perfect foresight", estimate(metrics.perfectForesight())));
        lines.add(effort(metrics));
        return lines;
    }

    private static String row(String name, TestLoss loss) {
        return format("  %-18s %18s %18s", name, estimate(loss.taskLoss()), estimate(loss.regret()));
    }

    /** A mean with its standard error: four digits, all of those before the point. */
    public static String estimate(Estimate estimate) {
        String pattern = Math.abs(estimate.mean()) < 1e4 ? "%.4g" : "%,.0f";
        String errorPattern = estimate.standardError() < 100 ? "%.2g" : "%,.0f";
        return Double.isNaN(estimate.standardError())
                ? format(pattern, estimate.mean())
                : format(pattern + " ± " + errorPattern, estimate.mean(), estimate.standardError());
    }

    private static String gain(Metrics metrics) {
        double base = metrics.twoStage().taskLoss().mean();
        String share = base > 0 ? format(" (%.1f%%)", 100 * metrics.gain().mean() / base) : "";
        return format("  %-18s %18s%s, row by row against %s", "gain", estimate(metrics.gain()), share, TWO_STAGE);
    }

    private static String gapClosed(Metrics metrics) {
        return format(
                "  %-18s %18s from %s, %s from the point forecast",
                "gap to foresight",
                closed(metrics, metrics.twoStage()),
                TWO_STAGE,
                closed(metrics, metrics.pointForecast()));
    }

    private static String closed(Metrics metrics, TestLoss other) {
        double share = metrics.gapClosedFrom(other);
        return Double.isNaN(share) ? "none to close" : format("%.1f%% closed", 100 * share);
    }

    private static String effort(Metrics metrics) {
        Metrics.Effort effort = metrics.effort();
        StringBuilder line = new StringBuilder(format("  %d epochs", effort.epochs()));
        if (effort.epochs() > 0) {
            line.append(format(", %.3g s each", effort.secondsPerEpoch()));
        }
        line.append(format(
                "; training %.1f s in all; optimal decisions %.1f s%s; %.2g ms a decision",
                effort.trainSeconds(),
                effort.preprocessingSeconds(),
                effort.preprocessingCached() ? " (from the cache)" : "",
                effort.inferenceMillisPerDecision()));
        if (Double.isFinite(effort.effectiveSampleSize())) {
            line.append(format("; effective sample size %.1f", effort.effectiveSampleSize()));
        }
        return line.toString();
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
