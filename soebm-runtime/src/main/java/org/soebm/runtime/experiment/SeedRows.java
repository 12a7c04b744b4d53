package org.soebm.runtime.experiment;

import org.soebm.api.task.TaskData;
import org.soebm.runtime.data.Split;

/** The rows of each seed's run; the same for the same seed. */
public interface SeedRows {
    /** All rows. */
    TaskData data(long seed);

    /** Which of them train, validate and test. */
    Split split(TaskData data, long seed);

    /** Where they come from, to be told with the results. */
    default RowSource source() {
        return RowSource.TASK;
    }
}
