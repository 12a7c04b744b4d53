package org.soebm.runtime.report;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** Axes with ticks at chosen numbers, written out. */
final class ChartAxes {
    private static final int LOWEST_DECADE = -9;
    private static final int HIGHEST_DECADE = 9;

    /** Ticks at 1, 2 and 5 of each decade up to this ratio of largest and least value, else at 1 only. */
    private static final double WIDE = 2000;

    private ChartAxes() {}

    /** A linear axis from and to a number, with ticks at some numbers. */
    static NumberAxis withTicks(String label, double low, double high, double[] ticks) {
        NumberAxis axis = new NumberAxis(label) {
            private static final long serialVersionUID = 1L;

            @Override
            @SuppressWarnings("rawtypes") // as JFreeChart has it
            public List refreshTicks(Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
                return ticks(DoubleStream.of(ticks), edge);
            }
        };
        axis.setRange(low, high);
        return axis;
    }

    /**
     * A logarithmic axis with room for all values.
     *
     * @param values those that are not positive are left out
     */
    static LogAxis logarithmic(String label, double... values) {
        double[] positive = Arrays.stream(values).filter(value -> value > 0).toArray();
        double least = Arrays.stream(positive).min().orElse(1);
        double most = Arrays.stream(positive).max().orElse(1);
        double[] steps = steps(1, 2, 5);
        double low =
                Arrays.stream(steps).filter(step -> step < 0.8 * least).max().orElse(0.5 * least);
        double high = Arrays.stream(steps).filter(step -> step >= most).min().orElse(most);
        double[] ticks = high / low > WIDE ? steps(1) : steps;
        LogAxis axis = new LogAxis(label) {
            private static final long serialVersionUID = 1L;

            @Override
            @SuppressWarnings("rawtypes") // as JFreeChart has it
            public List refreshTicks(Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
                return ticks(Arrays.stream(ticks).filter(tick -> tick >= low && tick <= high), edge);
            }
        };
        axis.setRange(low, 1.05 * high);
        return axis;
    }

    private static double[] steps(int... digits) {
        return IntStream.rangeClosed(LOWEST_DECADE, HIGHEST_DECADE)
                .boxed()
                .flatMapToDouble(decade -> Arrays.stream(digits)
                        .mapToDouble(digit -> decade < 0
                                ? digit / Math.pow(10, -decade) // the number next to the decimal one
                                : digit * Math.pow(10, decade)))
                .toArray();
    }

    private static List<NumberTick> ticks(DoubleStream places, RectangleEdge edge) {
        DecimalFormat format = new DecimalFormat("#,##0.#########", DecimalFormatSymbols.getInstance(Locale.ROOT));
        TextAnchor anchor = edge.equals(RectangleEdge.BOTTOM) ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT;
        return places.mapToObj(place ->
                        new NumberTick(TickType.MAJOR, place, format.format(place), anchor, TextAnchor.CENTER, 0))
                .toList();
    }

    /** The fonts of an axis, for pictures of about 1,000 pixels. */
    static void setFonts(ValueAxis axis) {
        axis.setLabelFont(MethodBars.font(14));
        axis.setTickLabelFont(MethodBars.font(13));
    }
}
