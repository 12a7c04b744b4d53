/**
 * What decisions are worth: task loss, regret and their standard errors. Nothing here trains.
 */
@NullMarked
package org.soebm.runtime.evaluation;

import org.jspecify.annotations.NullMarked;
