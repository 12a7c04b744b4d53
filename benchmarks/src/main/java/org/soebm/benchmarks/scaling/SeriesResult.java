package org.soebm.benchmarks.scaling;

import java.util.List;
import java.util.Locale;

/** What was measured of a series, as many points as it has settings. */
record SeriesResult(Series series, List<Measured> points) {
    private static final int FEWEST_POINTS = 3;

    double[] numbers() {
        return series.settings().stream()
                .mapToDouble(series.number()::applyAsInt)
                .toArray();
    }

    double[] seconds() {
        return points.stream().mapToDouble(Measured::seconds).toArray();
    }

    /** Seconds less those that the network takes. */
    double[] secondsOfCandidates() {
        return points.stream()
                .mapToDouble(point -> point.seconds() - point.networkSeconds())
                .toArray();
    }

    double[] peaks() {
        return points.stream().mapToDouble(Measured::peak).toArray();
    }

    boolean hasNetwork() {
        return points.stream().anyMatch(point -> point.networkSeconds() > 0);
    }

    /** Whether there are enough points to speak of growth. */
    boolean hasGrowth() {
        return points.size() >= FEWEST_POINTS;
    }

    double exponent() {
        return Growth.exponent(numbers(), seconds());
    }

    double exponentOfCandidates() {
        return Growth.exponent(numbers(), secondsOfCandidates());
    }

    /** A table in Markdown. */
    String table() {
        StringBuilder table = new StringBuilder("**" + series.title() + "**\n\n");
        table.append(
                hasNetwork()
                        ? "| " + series.axis() + " | ms | ms, network alone | ms, the rest | peak memory, MB |\n"
                                + "|---:|---:|---:|---:|---:|\n"
                        : "| " + series.axis() + " | ms | peak memory, MB |\n|---:|---:|---:|\n");
        for (int i = 0; i < points.size(); i++) {
            Measured point = points.get(i);
            table.append(String.format(Locale.ROOT, "| %,d | %s", (long) numbers()[i], millis(point.seconds())));
            if (hasNetwork()) {
                table.append(String.format(
                        Locale.ROOT,
                        " | %s | %s",
                        millis(point.networkSeconds()),
                        millis(point.seconds() - point.networkSeconds())));
            }
            table.append(String.format(Locale.ROOT, " | %,.0f |%n", point.peak()));
        }
        if (!hasGrowth()) {
            return table.toString();
        }
        table.append(String.format(Locale.ROOT, "| growth exponent | %.2f", exponent()));
        table.append(hasNetwork() ? String.format(Locale.ROOT, " | | %.2f | |%n", exponentOfCandidates()) : " | |\n");
        return table.toString();
    }

    private static String millis(double seconds) {
        double millis = 1e3 * seconds;
        return String.format(Locale.ROOT, millis >= 100 ? "%,.0f" : millis >= 10 ? "%.1f" : "%.2f", millis);
    }
}
