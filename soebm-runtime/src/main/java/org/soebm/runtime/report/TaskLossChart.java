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

    private TaskLossChart() {}

    /** Draws it for the largest share of the training rows; methods without a finite loss have no bar. */
    public static BufferedImage draw(Comparison comparison) {
        List<MethodFigures> methods = comparison.figures(comparison.largestFraction());
        List<MethodBars.Bar> bars = new ArrayList<>();
        double reference = Double.NaN;
        int runs = comparison.seeds().size();
        for (MethodFigures method : methods) {
            double loss = method.testTaskLossMean();
            String figure = Double.isNaN(loss)
                    ? (method.runs() == 0 ? method.none() : "not finite")
                    : Summary.estimate(new Estimate(loss, method.testTaskLossStd()));
            String share = MethodFigures.share(method.runs(), runs);
            bars.add(new MethodBars.Bar(method.name() + ":  " + figure + share, loss, method.testTaskLossStd()));
            if (method.name().equals(TWO_STAGE)) {
                reference = loss;
            }
        }
        String title = comparison.task() + ": test task loss, "
                + (runs == 1 ? "one run" : "mean ± standard deviation of " + runs + " runs");
        return MethodBars.chart(title, bars, axis(methods, !Double.isNaN(reference)), reference)
                .createBufferedImage(WIDTH, MethodBars.height(bars.size()));
    }

    private static NumberAxis axis(List<MethodFigures> methods, boolean withReference) {
        StringBuilder label = new StringBuilder("mean test task loss, smaller is better");
        if (withReference) {
            label.append("; dashed: ").append(TWO_STAGE);
        }
        NumberAxis axis = new NumberAxis();
        if (methods.stream().anyMatch(method -> Double.isFinite(method.testTaskLossMean()))) {
            LossRange range = LossRange.of(methods);
            boolean close = range.low() * range.high() > 0 && range.span() < CLOSE * range.largest();
            double start = close || range.low() < 0 ? range.low() - 0.3 * range.span() : 0;
            double end = close || range.high() > 0 ? range.high() + 0.1 * range.span() : 0;
            axis.setRange(start, end > start ? end : start + 1); // all losses may be 0
            if (close) {
                label.append("; the axis does not start at zero");
            }
            if (!range.beyond().isEmpty()) {
                label.append("; bar cut: ").append(String.join(", ", range.beyond()));
            }
        }
        axis.setLabel(label.toString());
        return axis;
    }
}
