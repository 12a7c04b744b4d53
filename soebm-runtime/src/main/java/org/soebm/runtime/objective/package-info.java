/**
 * From a task's cost to the problems that a solver takes: known y, closed-form expectation, sample average, and tensor
 * code as an oracle. Predicting and solving live elsewhere.
 */
@NullMarked
package org.soebm.runtime.objective;

import org.jspecify.annotations.NullMarked;
