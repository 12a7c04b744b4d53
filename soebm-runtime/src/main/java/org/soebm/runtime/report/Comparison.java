package org.soebm.runtime.report;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Methods beside each other on the same data, splits and seeds.
 *
 * @param task by name
 * @param solver by name
 * @param device cpu or gpu
 * @param methods by name, in the order in which they are shown
 * @param trainFractions of the training rows, ascending
 * @param seeds one a run
 * @param runs those that finished
 * @param failures those that did not
 */
public record Comparison(
        String task,
        String solver,
        String device,
        List<String> methods,
        List<Double> trainFractions,
        List<Long> seeds,
        List<RunFigures> runs,
        List<RunFailure> failures) {
    /** Copies the lists, runs and failures by fraction, seed and method, in whatever order they came about. */
    public Comparison {
        methods = List.copyOf(methods);
        trainFractions = List.copyOf(trainFractions);
        seeds = List.copyOf(seeds);
        Comparator<RunKey> order = Comparator.comparingDouble(RunKey::trainFraction)
                .thenComparing(RunKey::seed)
                .thenComparing(RunKey::method, Comparator.comparingInt(methods::indexOf));
        runs = runs.stream()
                .sorted(Comparator.comparing(RunFigures::key, order))
                .toList();
        failures = failures.stream()
                .sorted(Comparator.comparing(RunFailure::key, order))
                .toList();
    }

    /** Whether no run has finished or failed. */
    public boolean isEmpty() {
        return runs.isEmpty() && failures.isEmpty();
    }

    /** The largest share of the training rows, whose figures count. */
    public double largestFraction() {
        return trainFractions.get(trainFractions.size() - 1);
    }

    /** The figures of each method at a share of the training rows. */
    public List<MethodFigures> figures(double trainFraction) {
        return methods.stream()
                .map(method -> MethodFigures.of(
                        method,
                        seeds.size(),
                        runs.stream()
                                .filter(run -> isOf(run.key(), method, trainFraction))
                                .toList(),
                        failures.stream()
                                .filter(failure -> isOf(failure.key(), method, trainFraction))
                                .toList()))
                .toList();
    }

    /**
     * What decisions by the point forecast of two-stage training cost at a share of the training rows, and what perfect
     * foresight does.
     */
    public List<BaselineFigures> baselines(double trainFraction) {
        Map<Long, RunFigures> bySeed = new LinkedHashMap<>();
        runs.stream()
                .filter(run -> run.key().trainFraction() == trainFraction)
                .forEach(run -> bySeed.putIfAbsent(run.key().seed(), run));
        return List.of(
                BaselineFigures.of("point forecast", bySeed.values(), RunFigures::pointForecastTaskLoss),
                BaselineFigures.of("perfect foresight", bySeed.values(), RunFigures::perfectForesightTaskLoss));
    }

    /** How many runs took optimal decisions from the cache, so that the time of those is missing in their seconds to best. */
    long cachedRuns(double trainFraction) {
        return runs.stream()
                .filter(run -> run.key().trainFraction() == trainFraction
                        && run.validation().isPreprocessingCached())
                .count();
    }

    private static boolean isOf(RunKey key, String method, double trainFraction) {
        return key.method().equals(method) && key.trainFraction() == trainFraction;
    }
}
