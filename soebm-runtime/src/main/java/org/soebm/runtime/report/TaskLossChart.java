package org.soebm.runtime.report;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.NumberAxis;
import org.soebm.runtime.evaluation.Estimate;

/**
 * The mean test task loss of each method as bars with one standard deviation (Figs. 5 to 7 of Kong et al., NeurIPS 2022).
 * Where zero would hide the differences the axis starts elsewhere, and where one method is far worse than most its bar is
 * cut; the picture says so.
 */
public final class TaskLossChart {
    private static final int WIDTH = 1150;
    private static final String TWO_STAGE = "two-stage";

    /** Losses that differ by less than this share of the largest are not shown from zero. */
    private static final double CLOSE = 0.5;

    /** A loss beyond this multiple of the median is cut. */
    private static final double FAR = 3;

    private TaskLossChart() {}

    /** Draws it for the largest share of the training rows; methods without a finite loss have no bar. */
    public static BufferedImage draw(Comparison comparison) {
        List<MethodFigures> methods = comparison.figures(comparison.largestFraction());
        List<MethodBars.Bar> bars = new ArrayList<>();
        double reference = Double.NaN;
        for (MethodFigures method : methods) {
            double loss = method.testTaskLossMean();
            String figure = Double.isNaN(loss)
                    ? (method.runs() == 0 ? "failed" : "not finite")
                    : Summary.estimate(new Estimate(loss, method.testTaskLossStd()));
            bars.add(new MethodBars.Bar(method.name() + ":  " + figure, loss, method.testTaskLossStd()));
            if (method.name().equals(TWO_STAGE)) {
                reference = loss;
            }
        }
        int runs = comparison.seeds().size();
        String title = comparison.task() + ": test task loss, "
                + (runs == 1 ? "one run" : "mean ± standard deviation of " + runs + " runs");
        return MethodBars.chart(title, bars, axis(methods, !Double.isNaN(reference)), reference)
                .createBufferedImage(WIDTH, MethodBars.height(bars.size()));
    }

    static NumberAxis axis(List<MethodFigures> methods, boolean withReference) {
        List<MethodFigures> finite = methods.stream()
                .filter(method -> Double.isFinite(method.testTaskLossMean()))
                .toList();
        double[] losses = finite.stream()
                .mapToDouble(MethodFigures::testTaskLossMean)
                .sorted()
                .toArray();
        double cut = Double.POSITIVE_INFINITY;
        if (losses.length > 2 && losses[0] > 0) {
            cut = FAR * losses[losses.length / 2];
        }
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        List<String> cutOff = new ArrayList<>();
        for (MethodFigures method : finite) {
            double deviation = Double.isNaN(method.testTaskLossStd()) ? 0 : method.testTaskLossStd();
            if (method.testTaskLossMean() > cut) {
                cutOff.add(method.name());
                continue;
            }
            low = Math.min(low, method.testTaskLossMean() - deviation);
            high = Math.max(high, method.testTaskLossMean() + deviation);
        }
        StringBuilder label = new StringBuilder("mean test task loss, smaller is better");
        if (withReference) {
            label.append("; dashed: ").append(TWO_STAGE);
        }
        NumberAxis axis = new NumberAxis();
        if (finite.isEmpty()) {
            axis.setLabel(label.toString());
            return axis;
        }
        double span = Math.max(high - low, 1e-3 * Math.max(Math.abs(low), Math.abs(high)));
        double largest = Math.max(Math.abs(low), Math.abs(high));
        boolean close = low * high > 0 && span < CLOSE * largest && largest > 0;
        double start = close || low < 0 ? low - 0.3 * span : 0;
        double end = close || high > 0 ? high + 0.1 * span : 0;
        if (start >= end) {
            end = start + 1;
        }
        axis.setRange(start, end);
        if (close) {
            label.append("; THE AXIS DOES NOT START AT ZERO");
        }
        if (!cutOff.isEmpty()) {
            label.append("; cut: ").append(String.join(", ", cutOff));
        }
        axis.setLabel(label.toString());
        return axis;
    }
}
