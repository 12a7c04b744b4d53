package org.soebm.examples.linearcosts;

import java.util.List;
import org.soebm.api.task.CandidateSettings;
import org.soebm.api.task.DecisionPrior;
import org.soebm.api.task.EnergySettings;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.TrainingSchedule;

/**
 * Hyper-parameters of the tasks with linear costs. Temperature and margin were chosen on the validation rows of shortest paths of
 * degrees 4 and 6.
 */
final class BenchmarkSettings {
    /** Linear regression is fitted at once. */
    static final TrainingSchedule LIKELIHOOD = new TrainingSchedule(0, 1000, 0.05, 0, 0, 1, 1);

    static final TrainingSchedule ENERGY = new TrainingSchedule(30, 64, 0.02, 0, 0.98, 5, 1000);

    private static final int POOL = 4096;

    private BenchmarkSettings() {}

    /** Candidates are all of the pool. */
    static HyperParameters with(CandidateSettings candidates) {
        return new HyperParameters(
                        LIKELIHOOD, ENERGY, new EnergySettings(POOL, 2, 0, 0, List.of(1.0), DecisionPrior.UNIFORM, 1))
                .withCandidates(candidates.withPoolSize(POOL));
    }
}
