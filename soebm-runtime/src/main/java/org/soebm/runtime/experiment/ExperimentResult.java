package org.soebm.runtime.experiment;

import org.soebm.runtime.learning.Learned;
import org.soebm.runtime.report.Metrics;

/**
 * What comes out of a run.
 *
 * @param metrics its figures
 * @param learned the network and the history; closed with this result
 * @param test what a report on the test rows is made from
 */
public record ExperimentResult(Metrics metrics, Learned learned, TestOutcome test) implements AutoCloseable {
    @Override
    public void close() {
        learned.close();
    }
}
