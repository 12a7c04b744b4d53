package org.soebm.runtime.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.soebm.runtime.evaluation.Estimate;

/**
 * What a method is worth over the runs of a comparison that trained on the same share of rows. A figure that does not
 * exist is NaN, such as the standard deviation of a single run.
 *
 * @param name the method's
 * @param runs how many finished
 * @param testTaskLossMean over runs
 * @param testTaskLossStd sample standard deviation over runs
 * @param testRegretMean over runs
 * @param differenceToTwoStage of the test task loss, paired: over runs with the same seed, or row by row for a single run
 * @param secondsPerEpoch of the method's own phase; median over runs
 * @param trainSeconds of all phases; mean over runs
 * @param trainSecondsStd sample standard deviation over runs
 * @param failures the runs that did not finish
 */
public record MethodFigures(
        String name,
        int runs,
        double testTaskLossMean,
        double testTaskLossStd,
        double testRegretMean,
        Estimate differenceToTwoStage,
        double secondsPerEpoch,
        double trainSeconds,
        double trainSecondsStd,
        List<RunFailure> failures) {
    /** Copies the list. */
    public MethodFigures {
        failures = List.copyOf(failures);
    }

    static MethodFigures of(String name, List<RunFigures> runs, List<RunFailure> failures) {
        double[] losses = values(runs, run -> run.testTaskLoss().mean());
        double[] seconds = values(runs, RunFigures::trainSeconds);
        return new MethodFigures(
                name,
                runs.size(),
                mean(losses),
                deviation(losses),
                mean(values(runs, run -> run.testRegret().mean())),
                difference(runs),
                median(values(runs, RunFigures::secondsPerEpoch)),
                mean(seconds),
                deviation(seconds),
                failures);
    }

    private static Estimate difference(List<RunFigures> runs) {
        if (runs.size() == 1) {
            return runs.get(0).differenceToTwoStage();
        }
        double[] differences = values(runs, run -> run.differenceToTwoStage().mean());
        return new Estimate(mean(differences), deviation(differences) / Math.sqrt(differences.length));
    }

    private static double[] values(List<RunFigures> runs, ToDoubleFunction<RunFigures> figure) {
        return runs.stream().mapToDouble(figure).toArray();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
    }

    private static double median(double[] values) {
        double[] sorted = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        int n = sorted.length;
        return n == 0 ? Double.NaN : 0.5 * (sorted[(n - 1) / 2] + sorted[n / 2]);
    }

    /** The keys and values of the method in {@code comparison.json}; null where a figure does not exist. */
    Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("testTaskLossMean", RunFigures.orNull(testTaskLossMean));
        map.put("testTaskLossStd", RunFigures.orNull(testTaskLossStd));
        map.put("testRegretMean", RunFigures.orNull(testRegretMean));
        map.put("differenceToTwoStage", RunFigures.orNull(differenceToTwoStage.mean()));
        map.put("differenceToTwoStageStandardError", RunFigures.orNull(differenceToTwoStage.standardError()));
        map.put("secondsPerEpoch", RunFigures.orNull(secondsPerEpoch));
        map.put("trainSeconds", RunFigures.orNull(trainSeconds));
        map.put("trainSecondsStd", RunFigures.orNull(trainSecondsStd));
        map.put("finishedRuns", runs);
        map.put("failures", failures.size());
        map.put(
                "failureMessages",
                failures.stream()
                        .map(failure -> "seed " + failure.key().seed() + ": " + failure.message())
                        .toList());
        return map;
    }
}
