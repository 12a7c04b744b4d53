package org.soebm.runtime.report.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.soebm.runtime.learning.EpochRecord;

/**
 * A history by phase.
 *
 * @param byName the epochs of each phase, in order
 */
record Phases(Map<String, List<EpochRecord>> byName) {
    static Phases of(List<EpochRecord> history) {
        Map<String, List<EpochRecord>> byName = new LinkedHashMap<>();
        for (EpochRecord epoch : history) {
            byName.computeIfAbsent(epoch.phase(), name -> new ArrayList<>()).add(epoch);
        }
        return new Phases(byName);
    }

    /** The last phase, the method's own. */
    List<EpochRecord> own() {
        List<List<EpochRecord>> phases = List.copyOf(byName.values());
        return phases.get(phases.size() - 1);
    }

    /** The first epoch with the least validation task loss, which is the one that is kept; null where none was validated. */
    static @Nullable EpochRecord best(List<EpochRecord> epochs) {
        EpochRecord best = EpochRecord.best(epochs);
        return Double.isFinite(best.validationTaskLoss()) ? best : null;
    }
}
