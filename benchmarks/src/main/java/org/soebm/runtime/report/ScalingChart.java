package org.soebm.runtime.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jspecify.annotations.NullMarked;

/** Time above peak memory, both against the same number; time and number on logarithmic scales. */
@NullMarked
public final class ScalingChart {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 720;
    private static final int WEIGHT_OF_TIME = 3;
    private static final int WEIGHT_OF_MEMORY = 2;

    private ScalingChart() {}

    /**
     * A line of times.
     *
     * @param name for the legend
     * @param numbers x
     * @param seconds y; those that are not positive are left out
     */
    public record Line(String name, double[] numbers, double[] seconds) {}

    /**
     * Draws the picture.
     *
     * @param axis what the numbers are
     * @param times at least one line
     * @param peaks megabytes at the numbers of the first line
     */
    public static BufferedImage draw(String title, String axis, List<Line> times, double[] peaks) {
        XYSeriesCollection lines = new XYSeriesCollection();
        for (Line line : times) {
            lines.addSeries(series(line.name(), line.numbers(), line.seconds()));
        }
        LogAxis seconds = ChartAxes.logarithmic(
                "seconds",
                times.stream()
                        .flatMapToDouble(line -> DoubleStream.of(line.seconds()))
                        .toArray());
        XYSeriesCollection memory = new XYSeriesCollection();
        memory.addSeries(series("peak resident memory", times.get(0).numbers(), peaks));
        NumberAxis megabytes = new NumberAxis("MB");
        megabytes.setAutoRangeIncludesZero(true);

        LogAxis domain = ChartAxes.logarithmic(axis, times.get(0).numbers());
        ChartAxes.setFonts(domain);
        CombinedDomainXYPlot plot = new CombinedDomainXYPlot(domain);
        plot.setGap(16);
        plot.add(part(lines, seconds, 0), WEIGHT_OF_TIME);
        plot.add(part(memory, megabytes, times.size()), WEIGHT_OF_MEMORY);
        JFreeChart chart = new JFreeChart(title, new Font(Font.SANS_SERIF, Font.BOLD, 17), plot, false);
        LegendTitle legend = new LegendTitle(plot);
        legend.setItemFont(MethodBars.font(14));
        legend.setPosition(RectangleEdge.BOTTOM);
        chart.addLegend(legend);
        chart.setBackgroundPaint(Color.WHITE);
        chart.setPadding(new RectangleInsets(8, 10, 8, 20));
        return chart.createBufferedImage(WIDTH, HEIGHT);
    }

    private static XYSeries series(String name, double[] x, double[] y) {
        XYSeries series = new XYSeries(name);
        for (int i = 0; i < x.length; i++) {
            if (y[i] > 0) {
                series.add(x[i], y[i]);
            }
        }
        return series;
    }

    private static XYPlot part(XYSeriesCollection lines, ValueAxis values, int firstColour) {
        ChartAxes.setFonts(values);
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, true);
        for (int i = 0; i < lines.getSeriesCount(); i++) {
            renderer.setSeriesPaint(i, MethodColours.of(firstColour + i));
            renderer.setSeriesStroke(i, new BasicStroke(2));
        }
        XYPlot plot = new XYPlot(lines, null, values, renderer);
        plot.setBackgroundPaint(Color.WHITE);
        plot.setDomainGridlinePaint(new Color(220, 220, 220));
        plot.setRangeGridlinePaint(new Color(220, 220, 220));
        return plot;
    }
}
