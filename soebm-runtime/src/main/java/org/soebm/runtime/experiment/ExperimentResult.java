package org.soebm.runtime.experiment;

import org.soebm.runtime.learning.Learned;
import org.soebm.runtime.report.Metrics;

/**
 * What comes out of a run.
 *
 * @param metrics its figures
 * @param learned the network and the history; closed with this result
 */
public record ExperimentResult(Metrics metrics, Learned learned) implements AutoCloseable {
    @Override
    public void close() {
        learned.close();
    }
}
