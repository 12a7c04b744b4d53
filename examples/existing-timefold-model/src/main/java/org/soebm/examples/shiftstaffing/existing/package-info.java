/**
 * The staff schedule of a store as a Timefold model that exists already: employees, shifts, a forecast of demand, and
 * constraints. It knows nothing of learning.
 */
@NullMarked
package org.soebm.examples.shiftstaffing.existing;

import org.jspecify.annotations.NullMarked;
