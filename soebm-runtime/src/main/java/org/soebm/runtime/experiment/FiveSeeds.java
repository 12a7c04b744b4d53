package org.soebm.runtime.experiment;

import org.soebm.api.task.Task;
import org.soebm.api.task.Tasks;
import org.soebm.runtime.learning.LearningMethods;
import org.soebm.runtime.report.SeedTable;

/** Prints what a learning method is worth on a task's own data with five seeds. */
public final class FiveSeeds {
    private static final long[] SEEDS = {0, 1, 2, 3, 4};

    private FiveSeeds() {}

    /**
     * Runs the experiments.
     *
     * @param arguments the task's name, and the method's where it is not so-ebm
     */
    public static void main(String[] arguments) {
        if (arguments.length < 1 || arguments.length > 2) {
            System.err.println("Usage: FiveSeeds TASK [METHOD]");
            System.exit(2);
        }
        Task task = Tasks.load().named(arguments[0]).create();
        String method = arguments.length == 1 ? "so-ebm" : arguments[1];
        SeedTable.of(SeedRuns.run(task, LearningMethods.named(method), null, SEEDS, new ProgressLines(System.err)))
                .forEach(System.out::println);
    }
}
