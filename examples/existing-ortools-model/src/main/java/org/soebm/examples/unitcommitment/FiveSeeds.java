package org.soebm.examples.unitcommitment;

import org.soebm.api.task.Task;
import org.soebm.runtime.experiment.ProgressLines;
import org.soebm.runtime.experiment.SeedRuns;
import org.soebm.runtime.learning.SoEbm;
import org.soebm.runtime.report.SeedTable;

/** Compares predict-then-optimise, SO-EBM and perfect foresight on five simulated regions. */
public final class FiveSeeds {
    private static final long[] SEEDS = {0, 1, 2, 3, 4};

    private FiveSeeds() {}

    /** Prints the table; an argument names another solver. */
    public static void main(String[] arguments) {
        Task task = new UnitCommitmentTaskProvider().create();
        String solver = arguments.length == 0 ? null : arguments[0];
        SeedTable.of(SeedRuns.run(task, new SoEbm(), solver, SEEDS, new ProgressLines(System.err)))
                .forEach(System.out::println);
    }
}
