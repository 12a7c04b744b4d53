package org.soebm.runtime.report;

import java.util.List;

/**
 * Which losses a picture shows: those of most methods, so that one that is far worse does not hide how the others differ.
 *
 * @param low least mean minus standard deviation
 * @param high largest mean plus standard deviation
 * @param beyond the names of the methods with a mean that is not shown
 */
record LossRange(double low, double high, List<String> beyond) {
    /** A loss beyond this multiple of the median is not shown. */
    private static final double FAR = 3;

    /** The range of some methods' losses, of which at least one is finite. */
    static LossRange of(List<MethodFigures> methods) {
        List<MethodFigures> finite = methods.stream()
                .filter(method -> Double.isFinite(method.testTaskLossMean()))
                .toList();
        double[] losses = finite.stream()
                .mapToDouble(MethodFigures::testTaskLossMean)
                .sorted()
                .toArray();
        double most = losses[0] > 0 ? FAR * losses[(losses.length - 1) / 2] : Double.POSITIVE_INFINITY;
        List<MethodFigures> shown = finite.stream()
                .filter(method -> method.testTaskLossMean() <= most)
                .toList();
        return new LossRange(
                shown.stream()
                        .mapToDouble(method -> method.testTaskLossMean() - deviation(method))
                        .min()
                        .orElseThrow(),
                shown.stream()
                        .mapToDouble(method -> method.testTaskLossMean() + deviation(method))
                        .max()
                        .orElseThrow(),
                finite.stream()
                        .filter(method -> method.testTaskLossMean() > most)
                        .map(MethodFigures::name)
                        .distinct()
                        .toList());
    }

    private static double deviation(MethodFigures method) {
        return Double.isNaN(method.testTaskLossStd()) ? 0 : method.testTaskLossStd();
    }

    /** From the least to the largest; positive. */
    double span() {
        return Math.max(high - low, 1e-3 * Math.max(1e-300, largest()));
    }

    /** The largest by absolute value. */
    double largest() {
        return Math.max(Math.abs(low), Math.abs(high));
    }
}
