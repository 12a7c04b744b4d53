package org.soebm.examples.unitcommitment;

import org.soebm.api.task.Task;
import org.soebm.runtime.experiment.ProgressLines;
import org.soebm.runtime.experiment.SeedRuns;
import org.soebm.runtime.learning.LearningMethods;
import org.soebm.runtime.report.SeedTable;

/** Compares predict-then-optimise, a learning method and perfect foresight on five simulated regions. */
public final class FiveSeeds {
    private static final long[] SEEDS = {0, 1, 2, 3, 4};

    private FiveSeeds() {}

    /** Prints the table for SO-EBM, or for the method that is the argument. */
    public static void main(String[] arguments) {
        Task task = new UnitCommitmentTaskProvider().create();
        String method = arguments.length == 0 ? "so-ebm" : arguments[0];
        SeedTable.of(SeedRuns.run(task, LearningMethods.named(method), null, SEEDS, new ProgressLines(System.err)))
                .forEach(System.out::println);
    }
}
