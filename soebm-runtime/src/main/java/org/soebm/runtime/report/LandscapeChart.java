package org.soebm.runtime.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.LookupPaintScale;
import org.jfree.chart.renderer.PaintScale;
import org.jfree.chart.renderer.xy.XYBlockRenderer;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.PaintScaleLegend;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.util.ShapeUtils;
import org.jfree.data.xy.DefaultXYDataset;
import org.jfree.data.xy.DefaultXYZDataset;
import org.jfree.data.xy.XYDataset;
import org.soebm.runtime.evaluation.Landscape;

/**
 * A picture of a {@link Landscape}: the true energy on the left, the learned one on the right, on one colour scale. What is
 * not feasible is pale, what is not defined is grey.
 */
public final class LandscapeChart {
    private static final int WIDTH = 1500;
    private static final int HEIGHT = 760;
    private static final int TITLE_HEIGHT = 60;
    private static final int SCALE_WIDTH = 110;
    private static final int PANEL_WIDTH = 430;
    private static final int PANEL_HEIGHT = 450;
    private static final int PANEL_SCALE = 2; // pixels, for screens with many of them
    private static final String ACROSS = "d₁: from a* towards the learned decision";
    private static final String UP = "d₂: at right angles, towards another feasible decision";
    private static final Color UNDEFINED = new Color(205, 205, 205);
    private static final Color PALE = new Color(255, 255, 255, 150);
    private static final int COLOURS = 256;

    /** Anchors of a scale from dark blue over green to yellow, of even steps in lightness. */
    private static final Color[] ANCHORS = {
        new Color(68, 1, 84),
        new Color(65, 68, 135),
        new Color(42, 120, 142),
        new Color(34, 168, 132),
        new Color(122, 209, 81),
        new Color(253, 231, 37)
    };

    private LandscapeChart() {}

    /**
     * Draws it.
     *
     * @param title what is shown, one line
     * @param unit of the cost, such as "task cost"
     */
    public static BufferedImage draw(Landscape landscape, String title, String unit) {
        PaintScale scale = scale(landscape);
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            prepare(graphics, WIDTH, HEIGHT);
            graphics.setColor(Color.BLACK);
            graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 20));
            graphics.drawString(title, 24, 38);
            int width = (WIDTH - SCALE_WIDTH) / 2;
            String costs = "True energy f(y, a): what decisions turn out to cost";
            JFreeChart left = chart(landscape, landscape.truth(), costs, ACROSS, UP, scale);
            String expected = "Learned energy E(x, a): the expected cost";
            JFreeChart right = chart(landscape, landscape.learned(), expected, ACROSS, UP, scale);
            PaintScaleLegend legend = legend(scale, unit);
            right.addSubtitle(legend);
            left.draw(graphics, new Rectangle2D.Double(0, TITLE_HEIGHT, width, HEIGHT - TITLE_HEIGHT));
            right.draw(
                    graphics, new Rectangle2D.Double(width, TITLE_HEIGHT, width + SCALE_WIDTH, HEIGHT - TITLE_HEIGHT));
        } finally {
            graphics.dispose();
        }
        return image;
    }

    /**
     * Draws the true energy alone, for narrow places and in twice as many pixels; axes are named and not explained.
     *
     * @param unit of the cost, such as "task cost"
     */
    public static BufferedImage truth(Landscape landscape, String unit) {
        return panel(landscape, landscape.truth(), "True energy f(y, a)", unit);
    }

    /** Draws the learned energy alone, as {@link #truth} the true one and on the same colour scale. */
    public static BufferedImage learned(Landscape landscape, String unit) {
        return panel(landscape, landscape.learned(), "Learned energy E(x, a)", unit);
    }

    private static BufferedImage panel(Landscape landscape, double[][] values, String title, String unit) {
        BufferedImage image =
                new BufferedImage(PANEL_SCALE * PANEL_WIDTH, PANEL_SCALE * PANEL_HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.scale(PANEL_SCALE, PANEL_SCALE);
            prepare(graphics, PANEL_WIDTH, PANEL_HEIGHT);
            PaintScale scale = scale(landscape);
            JFreeChart chart = chart(landscape, values, title, "d₁", "d₂", scale);
            chart.addSubtitle(legend(scale, unit));
            chart.draw(graphics, new Rectangle2D.Double(0, 0, PANEL_WIDTH, PANEL_HEIGHT));
        } finally {
            graphics.dispose();
        }
        return image;
    }

    private static void prepare(Graphics2D graphics, int width, int height) {
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
    }

    private static JFreeChart chart(
            Landscape landscape, double[][] values, String title, String across, String up, PaintScale scale) {
        XYPlot plot = new XYPlot();
        plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
        plot.setDomainAxis(axis(across, landscape.across()));
        plot.setRangeAxis(axis(up, landscape.up()));
        plot.setBackgroundPaint(UNDEFINED);
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinesVisible(false);
        add(plot, blocks(landscape, values), renderer(landscape, scale));
        boolean[][] feasible = landscape.feasible();
        if (feasible != null) {
            double[][] infeasible = new double[values.length][values.length];
            for (int line = 0; line < values.length; line++) {
                for (int column = 0; column < values.length; column++) {
                    boolean shown = feasible[line][column] || Double.isNaN(values[line][column]);
                    infeasible[line][column] = shown ? Double.NaN : 1;
                }
            }
            LookupPaintScale pale = new LookupPaintScale(0, 2, PALE);
            add(plot, blocks(landscape, infeasible), renderer(landscape, pale));
        }
        add(plot, point(0, 0), marker(new Ellipse2D.Double(-8, -8, 16, 16), Color.WHITE));
        add(
                plot,
                point(landscape.decision()[0], landscape.decision()[1]),
                marker(ShapeUtils.createDiagonalCross(8, 2), new Color(230, 30, 30)));
        plot.setFixedLegendItems(legendItems(
                feasible != null,
                Arrays.stream(values).flatMapToDouble(DoubleStream::of).anyMatch(Double::isNaN)));
        JFreeChart chart = new JFreeChart(title, new Font(Font.SANS_SERIF, Font.PLAIN, 17), plot, false);
        chart.setBackgroundPaint(Color.WHITE);
        chart.setPadding(new RectangleInsets(4, 12, 8, 8));
        LegendTitle markers = new LegendTitle(plot);
        markers.setItemFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        markers.setPosition(RectangleEdge.BOTTOM);
        chart.addLegend(markers);
        if (feasible == null) {
            chart.addSubtitle(new TextTitle(
                    "The feasible set has more variables than decisions and is not marked.",
                    new Font(Font.SANS_SERIF, Font.PLAIN, 13)));
        }
        return chart;
    }

    private static void add(XYPlot plot, XYDataset dataset, XYItemRenderer how) {
        int index = plot.getDatasetCount();
        plot.setDataset(index, dataset);
        plot.setRenderer(index, how);
    }

    private static NumberAxis axis(String label, double[] places) {
        NumberAxis axis = new NumberAxis(label);
        double half = 0.5 * step(places);
        axis.setRange(places[0] - half, places[places.length - 1] + half);
        axis.setLabelFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        axis.setTickLabelFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        return axis;
    }

    private static double step(double[] places) {
        return (places[places.length - 1] - places[0]) / (places.length - 1);
    }

    private static DefaultXYZDataset blocks(Landscape landscape, double[][] values) {
        int points = landscape.across().length;
        double[][] cells = new double[3][points * points];
        int count = 0;
        for (int k = 0; k < points * points; k++) {
            double value = values[k / points][k % points];
            if (!Double.isNaN(value)) {
                cells[0][count] = landscape.across()[k % points];
                cells[1][count] = landscape.up()[k / points];
                cells[2][count++] = value;
            }
        }
        DefaultXYZDataset dataset = new DefaultXYZDataset();
        int cellCount = count;
        dataset.addSeries(
                "energy",
                Arrays.stream(cells).map(row -> Arrays.copyOf(row, cellCount)).toArray(double[][]::new));
        return dataset;
    }

    private static XYBlockRenderer renderer(Landscape landscape, PaintScale scale) {
        XYBlockRenderer renderer = new XYBlockRenderer();
        renderer.setBlockWidth(step(landscape.across()));
        renderer.setBlockHeight(step(landscape.up()));
        renderer.setPaintScale(scale);
        return renderer;
    }

    private static DefaultXYDataset point(double x, double y) {
        DefaultXYDataset dataset = new DefaultXYDataset();
        dataset.addSeries("place", new double[][] {{x}, {y}});
        return dataset;
    }

    private static XYLineAndShapeRenderer marker(Shape shape, Color fill) {
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
        renderer.setSeriesShape(0, shape);
        renderer.setUseFillPaint(true);
        renderer.setSeriesFillPaint(0, fill);
        renderer.setDrawOutlines(true);
        renderer.setUseOutlinePaint(true);
        renderer.setSeriesOutlinePaint(0, Color.BLACK);
        renderer.setSeriesOutlineStroke(0, new BasicStroke(1.5f));
        return renderer;
    }

    private static LegendItemCollection legendItems(boolean withFeasible, boolean withUndefined) {
        LegendItemCollection items = new LegendItemCollection();
        items.add(item("a*, optimal in hindsight", new Ellipse2D.Double(-6, -6, 12, 12), Color.WHITE));
        items.add(item("learned minimum", ShapeUtils.createDiagonalCross(6, 2), new Color(230, 30, 30)));
        if (withFeasible) {
            items.add(item("pale: not feasible", new Rectangle2D.Double(-7, -7, 14, 14), new Color(190, 225, 200)));
        }
        if (withUndefined) {
            items.add(item("grey: not defined", new Rectangle2D.Double(-7, -7, 14, 14), UNDEFINED));
        }
        return items;
    }

    private static LegendItem item(String label, Shape shape, Paint fill) {
        return new LegendItem(label, null, null, null, shape, fill, new BasicStroke(1), Color.BLACK);
    }

    private static PaintScaleLegend legend(PaintScale scale, String unit) {
        NumberAxis axis = new NumberAxis(unit);
        axis.setLabelFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        axis.setTickLabelFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        PaintScaleLegend legend = new PaintScaleLegend(scale, axis);
        legend.setPosition(RectangleEdge.RIGHT);
        legend.setStripWidth(18);
        legend.setMargin(new RectangleInsets(40, 8, 70, 4));
        legend.setSubdivisionCount(COLOURS);
        return legend;
    }

    /** From the least to the largest energy of both sides. */
    private static PaintScale scale(Landscape landscape) {
        double[] all = Stream.of(landscape.truth(), landscape.learned())
                .flatMap(Arrays::stream)
                .flatMapToDouble(DoubleStream::of)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        double low = all[0];
        double high = Math.max(all[all.length - 1], low + 1e-9 * Math.max(1, Math.abs(low)));
        LookupPaintScale scale = new LookupPaintScale(low, high, colour(1));
        for (int i = 0; i < COLOURS; i++) {
            double share = (double) i / COLOURS;
            scale.add(low + share * (high - low), colour(Math.sqrt(share))); // more colours where the valleys are
        }
        return scale;
    }

    private static Color colour(double share) {
        double place = share * (ANCHORS.length - 1);
        int below = (int) Math.min(ANCHORS.length - 2, Math.floor(place));
        double rest = place - below;
        Color from = ANCHORS[below];
        Color to = ANCHORS[below + 1];
        return new Color(
                mix(from.getRed(), to.getRed(), rest),
                mix(from.getGreen(), to.getGreen(), rest),
                mix(from.getBlue(), to.getBlue(), rest));
    }

    private static int mix(int from, int to, double share) {
        return (int) Math.round(from + share * (to - from));
    }
}
