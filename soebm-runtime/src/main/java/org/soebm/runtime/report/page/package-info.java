/**
 * The report of a run as one page of HTML that needs nothing beside it. Nothing here computes results.
 */
@NullMarked
package org.soebm.runtime.report.page;

import org.jspecify.annotations.NullMarked;
