package org.soebm.runtime.report;

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
 * @param differenceToTwoStage of the test task loss, paired: over runs with the same seed, without a standard error
 *     where only one of them finished; or row by row where a single run was planned
 * @param secondsPerEpoch of the method's own phase; median over runs
 * @param trainSeconds of all phases; mean over runs
 * @param trainSecondsStd sample standard deviation over runs
 * @param validationTaskLossMean of the epochs that were kept; mean over runs
 * @param validationTaskLossStd sample standard deviation over runs
 * @param secondsToBest of training to the epochs that were kept, as {@link ValidationCurve} counts them; mean over runs
 * @param secondsToBestStd sample standard deviation over runs
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
        double validationTaskLossMean,
        double validationTaskLossStd,
        double secondsToBest,
        double secondsToBestStd,
        List<RunFailure> failures) {
    /** Copies the list. */
    public MethodFigures {
        failures = List.copyOf(failures);
    }

    /**
     * The figures of a method.
     *
     * @param planned how many runs there were to be
     * @param runs those that finished
     */
    static MethodFigures of(String name, int planned, List<RunFigures> runs, List<RunFailure> failures) {
        Sample losses = sample(runs, run -> run.testTaskLoss().mean());
        Sample seconds = sample(runs, RunFigures::trainSeconds);
        Sample validation = sample(runs, run -> run.validation().bestTaskLoss());
        Sample toBest = sample(runs, run -> run.validation().secondsToBest());
        return new MethodFigures(
                name,
                runs.size(),
                losses.mean(),
                losses.deviation(),
                sample(runs, run -> run.testRegret().mean()).mean(),
                difference(planned, runs),
                sample(runs, RunFigures::secondsPerEpoch).median(),
                seconds.mean(),
                seconds.deviation(),
                validation.mean(),
                validation.deviation(),
                toBest.mean(),
                toBest.deviation(),
                failures);
    }

    private static Estimate difference(int planned, List<RunFigures> runs) {
        if (planned == 1 && runs.size() == 1) {
            return runs.get(0).differenceToTwoStage();
        }
        return sample(runs, run -> run.differenceToTwoStage().mean()).estimate();
    }

    private static Sample sample(List<RunFigures> runs, ToDoubleFunction<RunFigures> figure) {
        return new Sample(runs.stream().mapToDouble(figure).toArray());
    }

    /** A remark beside the figures where fewer runs finished than were planned; else empty. */
    static String share(int runs, int planned) {
        return runs == 0 || runs == planned ? "" : " (" + runs + " of " + planned + " runs)";
    }

    /** What stands in place of the figures where no run finished. */
    String none() {
        return failures.isEmpty() ? "not run" : "failed";
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
        map.put("validationTaskLossMean", RunFigures.orNull(validationTaskLossMean));
        map.put("validationTaskLossStd", RunFigures.orNull(validationTaskLossStd));
        map.put("secondsToBest", RunFigures.orNull(secondsToBest));
        map.put("secondsToBestStd", RunFigures.orNull(secondsToBestStd));
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
