/** Shift staffing: a Timefold model as one would find it, and the same model with learned demand. */
@NullMarked
package org.soebm.examples.shiftstaffing;

import org.jspecify.annotations.NullMarked;
