package org.soebm.runtime.report;

import java.util.ArrayList;
import java.util.List;
import org.soebm.runtime.report.ValidationCurve.Point;

/**
 * Which part of some methods' curves a picture shows: most epochs of most methods, so that a steep begin, or a method that is
 * far worse, does not hide how the others end.
 *
 * @param low below the least loss
 * @param high above the largest that is shown
 * @param seconds of the points that are shown
 * @param beyond the names of the methods with points that are not shown
 */
record CurveRange(double low, double high, List<Double> seconds, List<String> beyond) {
    /** A curve whose least loss is beyond this multiple of the median is not shown. */
    private static final double FAR = 3;

    /** The share of a curve's epochs that are shown at least. */
    private static final double SHOWN = 0.75;

    /** The range of some methods, of which at least one has a point. */
    static CurveRange of(List<MethodCurves> methods) {
        List<double[]> losses = methods.stream()
                .flatMap(method -> method.runs().stream())
                .filter(run -> !run.isEmpty())
                .map(run -> run.stream().mapToDouble(Point::loss).sorted().toArray())
                .toList();
        double[] least =
                losses.stream().mapToDouble(sorted -> sorted[0]).sorted().toArray();
        double far = least[0] > 0 ? FAR * least[(least.length - 1) / 2] : Double.POSITIVE_INFINITY;
        double most = losses.stream()
                .filter(sorted -> sorted[0] <= far)
                .mapToDouble(sorted -> sorted[(int) Math.ceil(SHOWN * (sorted.length - 1))])
                .max()
                .orElseThrow();
        double room = Math.max(0.05 * (most - least[0]), 1e-3 * Math.max(1e-300, Math.abs(most)));
        double high = most + room;
        List<Double> seconds = new ArrayList<>();
        List<String> beyond = new ArrayList<>();
        for (MethodCurves method : methods) {
            List<Point> points = method.runs().stream().flatMap(List::stream).toList();
            List<Point> shown =
                    points.stream().filter(point -> point.loss() <= high).toList();
            shown.forEach(point -> seconds.add(point.seconds()));
            if (shown.size() < points.size()) {
                beyond.add(method.method());
            }
        }
        return new CurveRange(least[0] - room, high, seconds, beyond);
    }
}
