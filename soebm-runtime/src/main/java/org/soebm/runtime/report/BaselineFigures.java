package org.soebm.runtime.report;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.soebm.runtime.evaluation.Estimate;

/**
 * What a way to decide without a method of its own is worth over the seeds of a comparison.
 *
 * @param name of the way
 * @param runs how many seeds have a run that finished
 * @param testTaskLossMean over seeds
 * @param testTaskLossStd sample standard deviation over seeds; NaN for a single one
 * @param differenceToTwoStage of the test task loss, paired by seed; without a standard error for a single one
 */
public record BaselineFigures(
        String name, int runs, double testTaskLossMean, double testTaskLossStd, Estimate differenceToTwoStage) {
    /**
     * The figures of a baseline.
     *
     * @param runs one of each seed, whatever the method
     */
    static BaselineFigures of(String name, Collection<RunFigures> runs, ToDoubleFunction<RunFigures> loss) {
        Sample losses = new Sample(runs.stream().mapToDouble(loss).toArray());
        return new BaselineFigures(
                name,
                runs.size(),
                losses.mean(),
                losses.deviation(),
                new Sample(runs.stream()
                                .mapToDouble(run -> loss.applyAsDouble(run) - run.twoStageTaskLoss())
                                .toArray())
                        .estimate());
    }

    /** The keys and values of the baseline in {@code comparison.json}; null where a figure does not exist. */
    Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("testTaskLossMean", RunFigures.orNull(testTaskLossMean));
        map.put("testTaskLossStd", RunFigures.orNull(testTaskLossStd));
        map.put("differenceToTwoStage", RunFigures.orNull(differenceToTwoStage.mean()));
        map.put("differenceToTwoStageStandardError", RunFigures.orNull(differenceToTwoStage.standardError()));
        return map;
    }
}
