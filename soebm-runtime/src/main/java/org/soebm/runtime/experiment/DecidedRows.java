package org.soebm.runtime.experiment;

import org.soebm.api.task.Table;

/**
 * Decisions for the test rows, and what they cost.
 *
 * @param decisions a, shape (n, da)
 * @param losses f(y, a) a row
 */
record DecidedRows(Table decisions, double[] losses) {}
