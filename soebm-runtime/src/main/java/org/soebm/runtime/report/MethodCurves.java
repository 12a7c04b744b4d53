package org.soebm.runtime.report;

import java.util.ArrayList;
import java.util.List;
import org.soebm.runtime.report.ValidationCurve.Point;

/**
 * What a picture of regret against seconds shows of a method.
 *
 * @param method by name
 * @param runs the curve of each run
 * @param mean over runs, at equal epochs
 * @param best of each run the epoch whose weights were kept, where there is one
 * @param meanBest the mean of those, or none
 */
record MethodCurves(String method, List<List<Point>> runs, List<Point> mean, List<Point> best, List<Point> meanBest) {
    /** Copies the lists. */
    MethodCurves {
        runs = List.copyOf(runs);
        mean = List.copyOf(mean);
        best = List.copyOf(best);
        meanBest = List.copyOf(meanBest);
    }

    /**
     * The curves of a method.
     *
     * @param curves one a run
     * @param isRegret whether to subtract what perfect foresight costs
     */
    static MethodCurves of(String method, List<ValidationCurve> curves, boolean isRegret) {
        List<List<Point>> runs = new ArrayList<>();
        List<Point> best = new ArrayList<>();
        for (ValidationCurve curve : curves) {
            double zero = isRegret ? curve.foresight() : 0;
            runs.add(curve.points().stream().map(point -> above(zero, point)).toList());
            Point kept = curve.best();
            if (kept != null) {
                best.add(above(zero, kept));
            }
        }
        return new MethodCurves(method, runs, mean(runs), best, best.isEmpty() ? List.of() : List.of(mean(0, best)));
    }

    private static Point above(double zero, Point point) {
        return new Point(point.epoch(), point.seconds(), point.loss() - zero);
    }

    /** Of the epochs that every run has: where runs stop early at different epochs, it ends where the first of them does. */
    private static List<Point> mean(List<List<Point>> runs) {
        List<Point> means = new ArrayList<>();
        for (Point first : runs.isEmpty() ? List.<Point>of() : runs.get(0)) {
            List<Point> same = runs.stream()
                    .flatMap(run -> run.stream().filter(point -> point.epoch() == first.epoch()))
                    .toList();
            if (same.size() == runs.size()) {
                means.add(mean(first.epoch(), same));
            }
        }
        return means;
    }

    private static Point mean(int epoch, List<Point> points) {
        return new Point(
                epoch,
                new Sample(points.stream().mapToDouble(Point::seconds).toArray()).mean(),
                new Sample(points.stream().mapToDouble(Point::loss).toArray()).mean());
    }
}
