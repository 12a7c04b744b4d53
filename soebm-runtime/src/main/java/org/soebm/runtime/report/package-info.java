/**
 * What a run leaves behind for people and programs: metrics, history, a summary. Nothing here computes results.
 */
@NullMarked
package org.soebm.runtime.report;

import org.jspecify.annotations.NullMarked;
