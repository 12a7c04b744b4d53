/**
 * Solves decision problems with OR-Tools and imports models that were written for it. Nothing here knows how a model is
 * learned.
 */
@NullMarked
package org.soebm.ortools;

import org.jspecify.annotations.NullMarked;
