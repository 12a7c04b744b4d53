package org.soebm.runtime.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Paint;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.renderer.category.StatisticalBarRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.statistics.DefaultStatisticalCategoryDataset;
import org.jspecify.annotations.Nullable;

/** Bars of one figure a method, one below the other, so that names of any length can be read. */
final class MethodBars {
    /** The height of a picture with some bars, in pixels. */
    static int height(int bars) {
        return 150 + 40 * bars;
    }

    /**
     * One bar.
     *
     * @param label beside it, such as name and figure
     * @param value its length; NaN for none
     * @param deviation to both sides; NaN for none
     */
    record Bar(String label, double value, double deviation) {}

    private MethodBars() {}

    /**
     * A chart of bars.
     *
     * @param axis of the values, with its range
     * @param reference where to draw a dashed line, NaN for none
     */
    static JFreeChart chart(String title, List<Bar> bars, ValueAxis axis, double reference) {
        DefaultStatisticalCategoryDataset dataset = new DefaultStatisticalCategoryDataset();
        for (Bar bar : bars) {
            dataset.add(orNull(bar.value()), orNull(bar.deviation()), "figure", bar.label());
        }
        CategoryAxis names = new CategoryAxis();
        names.setTickLabelFont(font(15));
        names.setMaximumCategoryLabelWidthRatio(0.6f);
        names.setCategoryMargin(0.25);
        names.setTickMarksVisible(false);
        ChartAxes.setFonts(axis);
        CategoryPlot plot = new CategoryPlot(dataset, names, axis, renderer());
        plot.setOrientation(PlotOrientation.HORIZONTAL);
        plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
        plot.setBackgroundPaint(Color.WHITE);
        plot.setRangeGridlinePaint(new Color(190, 190, 190));
        plot.setRangeGridlineStroke(new BasicStroke(0.8f));
        plot.setOutlineVisible(false);
        if (!Double.isNaN(reference)) {
            plot.addRangeMarker(new ValueMarker(
                    reference,
                    Color.DARK_GRAY,
                    new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1, new float[] {6, 5}, 0)));
        }
        JFreeChart chart = new JFreeChart(title, new Font(Font.SANS_SERIF, Font.BOLD, 17), plot, false);
        chart.setBackgroundPaint(Color.WHITE);
        chart.setPadding(new RectangleInsets(8, 10, 8, 24));
        return chart;
    }

    private static @Nullable Double orNull(double value) {
        return Double.isNaN(value) ? null : value;
    }

    static Font font(int size) {
        return new Font(Font.SANS_SERIF, Font.PLAIN, size);
    }

    private static StatisticalBarRenderer renderer() {
        StatisticalBarRenderer renderer = new StatisticalBarRenderer() {
            private static final long serialVersionUID = 1L;

            @Override
            public Paint getItemPaint(int row, int column) {
                return MethodColours.of(column);
            }
        };
        renderer.setBarPainter(new StandardBarPainter());
        renderer.setShadowVisible(false);
        renderer.setDrawBarOutline(false);
        renderer.setIncludeBaseInRange(false);
        renderer.setErrorIndicatorPaint(Color.BLACK);
        renderer.setErrorIndicatorStroke(new BasicStroke(1.5f));
        return renderer;
    }
}
