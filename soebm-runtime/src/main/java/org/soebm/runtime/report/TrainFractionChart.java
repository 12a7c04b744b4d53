package org.soebm.runtime.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/**
 * What a method makes of fewer training rows: a line a method over the share of the training rows, with one standard
 * deviation over runs (Fig. 8 of Kong et al., NeurIPS 2022).
 */
public final class TrainFractionChart {
    private static final int WIDTH = 1150;
    private static final int HEIGHT = 760;

    /** Lines of different methods are moved apart by this share of the axis, so that their errors can be told. */
    private static final double APART = 0.004;

    /** Where an error that reaches zero ends on a logarithmic scale: below the picture. */
    private static final double LEAST = 1e-9;

    private TrainFractionChart() {}

    /** The mean test task loss. */
    public static BufferedImage drawLoss(Comparison comparison) {
        YIntervalSeriesCollection lines =
                lines(comparison, MethodFigures::testTaskLossMean, MethodFigures::testTaskLossStd, false);
        NumberAxis axis = new NumberAxis("mean test task loss, smaller is better");
        axis.setAutoRangeIncludesZero(false);
        String note = "";
        List<MethodFigures> figures = comparison.trainFractions().stream()
                .flatMap(fraction -> comparison.figures(fraction).stream())
                .toList();
        if (figures.stream().anyMatch(method -> Double.isFinite(method.testTaskLossMean()))) {
            LossRange range = LossRange.of(figures);
            axis.setRange(range.low() - 0.05 * range.span(), range.high() + 0.05 * range.span());
            if (!range.beyond().isEmpty()) {
                note = "Beyond the picture, in whole or in part: " + String.join(", ", range.beyond());
            }
        }
        return draw(comparison, "test task loss", note, lines, axis);
    }

    /** Seconds of training in all, on a logarithmic scale. */
    public static BufferedImage drawTime(Comparison comparison) {
        YIntervalSeriesCollection lines =
                lines(comparison, MethodFigures::trainSeconds, MethodFigures::trainSecondsStd, true);
        double[] values = comparison.trainFractions().stream()
                .flatMapToDouble(fraction -> comparison.figures(fraction).stream()
                        .flatMapToDouble(method -> DoubleStream.of(
                                method.trainSeconds(), method.trainSeconds() + zeroIfNone(method.trainSecondsStd()))))
                .toArray();
        return draw(
                comparison,
                "seconds of training in all",
                "",
                lines,
                ChartAxes.logarithmic("s, mean, logarithmic scale", values));
    }

    private static double zeroIfNone(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    private static YIntervalSeriesCollection lines(
            Comparison comparison,
            ToDoubleFunction<MethodFigures> mean,
            ToDoubleFunction<MethodFigures> deviation,
            boolean positive) {
        YIntervalSeriesCollection lines = new YIntervalSeriesCollection();
        int count = comparison.methods().size();
        for (int i = 0; i < count; i++) {
            YIntervalSeries line = new YIntervalSeries(comparison.methods().get(i));
            for (double fraction : comparison.trainFractions()) {
                MethodFigures figures = comparison.figures(fraction).get(i);
                double value = mean.applyAsDouble(figures);
                if (Double.isNaN(value) || (positive && value <= 0)) {
                    continue;
                }
                double spread = zeroIfNone(deviation.applyAsDouble(figures));
                double low = positive ? Math.max(value - spread, LEAST) : value - spread;
                line.add(fraction + APART * (i - 0.5 * (count - 1)), value, low, value + spread);
            }
            lines.addSeries(line);
        }
        return lines;
    }

    private static BufferedImage draw(
            Comparison comparison, String what, String note, YIntervalSeriesCollection lines, ValueAxis values) {
        XYErrorRenderer renderer = new XYErrorRenderer();
        renderer.setDefaultLinesVisible(true);
        renderer.setDrawXError(false);
        renderer.setErrorStroke(new BasicStroke(1.2f));
        renderer.setCapLength(6);
        for (int i = 0; i < comparison.methods().size(); i++) {
            renderer.setSeriesPaint(i, MethodColours.of(i));
            renderer.setSeriesStroke(i, new BasicStroke(2));
        }
        double[] shares = comparison.trainFractions().stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        double room = 0.08 * (comparison.largestFraction() - shares[0]);
        NumberAxis fractions = ChartAxes.withTicks(
                "share of the training rows", shares[0] - room, comparison.largestFraction() + room, shares);
        ChartAxes.setFonts(fractions);
        ChartAxes.setFonts(values);
        XYPlot plot = new XYPlot(lines, fractions, values, renderer);
        plot.setBackgroundPaint(Color.WHITE);
        plot.setDomainGridlinePaint(new Color(220, 220, 220));
        plot.setRangeGridlinePaint(new Color(220, 220, 220));
        int runs = comparison.seeds().size();
        JFreeChart chart = new JFreeChart(
                comparison.task() + ": " + what + ", "
                        + (runs == 1 ? "one run" : "mean ± standard deviation of " + runs + " runs"),
                new Font(Font.SANS_SERIF, Font.BOLD, 17),
                plot,
                false);
        LegendTitle legend = new LegendTitle(plot);
        legend.setItemFont(MethodBars.font(14));
        legend.setPosition(RectangleEdge.RIGHT);
        chart.addLegend(legend);
        if (!note.isEmpty()) {
            chart.addSubtitle(new TextTitle(note, MethodBars.font(14)));
        }
        chart.setBackgroundPaint(Color.WHITE);
        chart.setPadding(new RectangleInsets(8, 10, 8, 12));
        return chart.createBufferedImage(WIDTH, HEIGHT);
    }
}
