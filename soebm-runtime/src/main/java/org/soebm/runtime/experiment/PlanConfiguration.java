package org.soebm.runtime.experiment;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.soebm.runtime.configuration.ConfigurationText;
import org.soebm.runtime.configuration.Key;
import org.soebm.runtime.configuration.RunKeys;

/** A plan as a configuration file, by which {@code soebm train} runs it. */
public final class PlanConfiguration {
    private PlanConfiguration() {}

    /**
     * The text of the file.
     *
     * @param heading lines to begin with, as comments
     * @param method by which the plan was run
     * @param device the type of the device that it ran on
     */
    public static String text(List<String> heading, ExperimentPlan plan, String method, String solver, String device) {
        Map<Key<?>, String> run = new HashMap<>();
        put(run, RunKeys.TASK, plan.task().name());
        put(run, RunKeys.METHOD, method);
        put(run, RunKeys.SOLVER, solver);
        put(run, RunKeys.DEVICE, device);
        Path data = plan.source().data();
        if (data != null) {
            put(run, RunKeys.DATA, data.toString());
        }
        Path split = plan.source().split();
        if (split != null) {
            put(run, RunKeys.SPLIT, split.toString());
        }
        put(run, RunKeys.TRAIN_FRACTION, plan.source().trainFraction());
        put(run, RunKeys.SEED, plan.seed());
        put(run, RunKeys.SKIP_UNSOLVABLE, plan.skipUnsolvable());
        return ConfigurationText.of(heading, run, plan.hyperParameters());
    }

    private static <T> void put(Map<Key<?>, String> run, Key<T> key, T value) {
        run.put(key, key.type().text(value));
    }
}
