package org.soebm.runtime.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.soebm.runtime.report.ValidationCurve.Point;

/**
 * How soon each method comes to good decisions: regret on the validation rows against seconds of training, a line a method,
 * the mean over runs at equal epochs. Thin lines are single runs, dots the epochs whose weights were kept, rings the means of
 * those. Where perfect
 * foresight of the validation rows is not known, it is their task loss, and the picture says so.
 */
public final class ValidationRegretChart {
    private static final int WIDTH = 1150;
    private static final int HEIGHT = 760;
    private static final double DOT = 7;
    private static final double RING = 15;
    private static final Color GRID = new Color(220, 220, 220);

    /** Seconds that differ by more than this ratio have a logarithmic scale. */
    private static final double WIDE = 5;

    private ValidationRegretChart() {}

    /** Draws it for the largest share of the training rows; methods of which no run finished have no line. */
    public static BufferedImage draw(Comparison comparison) {
        return chart(comparison).createBufferedImage(WIDTH, HEIGHT);
    }

    static JFreeChart chart(Comparison comparison) {
        List<RunFigures> runs = comparison.runs().stream()
                .filter(run -> run.key().trainFraction() == comparison.largestFraction())
                .toList();
        boolean isRegret =
                runs.stream().noneMatch(run -> Double.isNaN(run.validation().foresight()));
        List<MethodCurves> methods = comparison.methods().stream()
                .map(method -> MethodCurves.of(
                        method,
                        runs.stream()
                                .filter(run -> run.key().method().equals(method))
                                .map(RunFigures::validation)
                                .toList(),
                        isRegret))
                .toList();
        String what = isRegret ? "validation regret" : "validation task loss";
        NumberAxis losses = new NumberAxis("mean " + what + ", smaller is better");
        ValueAxis seconds = new NumberAxis();
        List<String> notes = new ArrayList<>();
        notes.add(
                "Seconds: optimal decisions in hindsight, two-stage training where a method goes on from it, then its own; no"
                        + " validations.");
        notes.add("Thick: mean at equal epochs. Dots: epochs whose weights were kept; rings: their mean.");
        if (methods.stream().anyMatch(method -> !method.mean().isEmpty())) {
            CurveRange range = CurveRange.of(methods);
            losses.setRange(range.low(), range.high());
            seconds = seconds(
                    range.seconds().stream().mapToDouble(Double::doubleValue).toArray());
            if (!range.beyond().isEmpty()) {
                notes.add("Beyond the picture, in part or in whole: " + String.join(", ", range.beyond()));
            }
        }
        long cached = comparison.cachedRuns(comparison.largestFraction());
        if (cached > 0) {
            notes.add("Optimal decisions of " + cached + " of " + runs.size()
                    + " runs came from the cache, so the time to solve them is not in their seconds.");
        }
        int planned = comparison.seeds().size();
        return chart(
                comparison.task() + ": " + what + " against seconds of training, "
                        + (planned == 1 ? "one run" : "mean of " + planned + " runs"),
                notes,
                plot(methods, seconds, losses));
    }

    private static ValueAxis seconds(double... shown) {
        Sample sample = new Sample(shown);
        if (sample.greatest() > WIDE * sample.least()) {
            return ChartAxes.logarithmic("s of training, logarithmic scale", shown);
        }
        NumberAxis axis = new NumberAxis("s of training");
        double room = 0.03 * Math.max(sample.greatest() - sample.least(), 1e-3 * sample.greatest());
        axis.setRange(sample.least() - room, sample.greatest() + room);
        return axis;
    }

    private static XYPlot plot(List<MethodCurves> methods, ValueAxis seconds, ValueAxis losses) {
        ChartAxes.setFonts(seconds);
        ChartAxes.setFonts(losses);
        XYPlot plot = new XYPlot(null, seconds, losses, null);
        plot.setBackgroundPaint(Color.WHITE);
        plot.setDomainGridlinePaint(GRID);
        plot.setRangeGridlinePaint(GRID);
        plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
        add(plot, lines(1), 90, methods, MethodCurves::runs);
        add(plot, circles(DOT, true), 255, methods, method -> List.of(method.best()));
        XYLineAndShapeRenderer means = lines(2.5f);
        means.setDefaultSeriesVisibleInLegend(true);
        add(plot, means, 255, methods, method -> List.of(method.mean()));
        add(plot, circles(RING, false), 255, methods, method -> List.of(method.meanBest()));
        return plot;
    }

    /** Adds something of all methods, above what is there already. */
    private static void add(
            XYPlot plot,
            XYLineAndShapeRenderer renderer,
            int opacity,
            List<MethodCurves> methods,
            Function<MethodCurves, List<List<Point>>> which) {
        XYSeriesCollection series = new XYSeriesCollection();
        for (int i = 0; i < methods.size(); i++) {
            Color colour = MethodColours.of(i);
            int number = 0;
            for (List<Point> points : which.apply(methods.get(i))) {
                renderer.setSeriesPaint(
                        series.getSeriesCount(),
                        new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), opacity));
                String name = methods.get(i).method();
                XYSeries line = new XYSeries(number == 0 ? name : name + ", run " + (number + 1), false);
                points.forEach(point -> line.add(point.seconds(), point.loss()));
                series.addSeries(line);
                number++;
            }
        }
        int place = plot.getDatasetCount();
        plot.setDataset(place, series);
        plot.setRenderer(place, renderer);
    }

    private static XYLineAndShapeRenderer lines(float width) {
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
        renderer.setAutoPopulateSeriesStroke(false);
        renderer.setDefaultStroke(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        renderer.setDefaultSeriesVisibleInLegend(false);
        return renderer;
    }

    private static XYLineAndShapeRenderer circles(double size, boolean filled) {
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
        renderer.setAutoPopulateSeriesShape(false);
        renderer.setDefaultShape(new Ellipse2D.Double(-0.5 * size, -0.5 * size, size, size));
        renderer.setDefaultShapesFilled(filled);
        renderer.setAutoPopulateSeriesOutlineStroke(false);
        renderer.setDefaultOutlineStroke(new BasicStroke(2.5f));
        renderer.setDefaultSeriesVisibleInLegend(false);
        return renderer;
    }

    private static JFreeChart chart(String title, List<String> notes, XYPlot plot) {
        JFreeChart chart = new JFreeChart(title, new Font(Font.SANS_SERIF, Font.BOLD, 17), plot, false);
        LegendTitle legend = new LegendTitle(plot);
        legend.setItemFont(MethodBars.font(14));
        legend.setPosition(RectangleEdge.RIGHT);
        chart.addLegend(legend);
        notes.forEach(note -> chart.addSubtitle(new TextTitle(note, MethodBars.font(12))));
        chart.setBackgroundPaint(Color.WHITE);
        chart.setPadding(new RectangleInsets(8, 10, 8, 12));
        return chart;
    }
}
