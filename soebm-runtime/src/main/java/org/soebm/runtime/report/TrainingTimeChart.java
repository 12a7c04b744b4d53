package org.soebm.runtime.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;

/** How long each method trains as bars on a logarithmic scale: an epoch on the left, all phases on the right. */
public final class TrainingTimeChart {
    private static final int WIDTH = 1500;

    private TrainingTimeChart() {}

    /** Draws it for the largest share of the training rows; methods without epochs have no bar on the left. */
    public static BufferedImage draw(Comparison comparison) {
        List<MethodFigures> methods = comparison.figures(comparison.largestFraction());
        int height = MethodBars.height(methods.size());
        BufferedImage image = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, WIDTH, height);
            chart(comparison.task() + ": seconds an epoch", "s, median", methods, MethodFigures::secondsPerEpoch)
                    .draw(graphics, new Rectangle2D.Double(0, 0, WIDTH / 2.0, height));
            chart("seconds of training in all", "s, mean", methods, MethodFigures::trainSeconds)
                    .draw(graphics, new Rectangle2D.Double(WIDTH / 2.0, 0, WIDTH / 2.0, height));
        } finally {
            graphics.dispose();
        }
        return image;
    }

    private static JFreeChart chart(
            String title, String unit, List<MethodFigures> methods, ToDoubleFunction<MethodFigures> figure) {
        List<MethodBars.Bar> bars = new ArrayList<>();
        for (MethodFigures method : methods) {
            double seconds = figure.applyAsDouble(method);
            bars.add(new MethodBars.Bar(
                    method.name() + ":  " + (seconds > 0 ? text(seconds) : "none"),
                    seconds > 0 ? seconds : Double.NaN,
                    Double.NaN));
        }
        LogAxis axis = ChartAxes.logarithmic(
                unit + ", logarithmic scale",
                bars.stream().mapToDouble(MethodBars.Bar::value).toArray());
        return MethodBars.chart(title, bars, axis, Double.NaN);
    }

    private static String text(double seconds) {
        return String.format(Locale.ROOT, seconds < 1000 ? "%.3g s" : "%,.0f s", seconds);
    }
}
