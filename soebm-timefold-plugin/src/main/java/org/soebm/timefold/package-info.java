/** The solver plug-in for Timefold Solver. It knows the API only. */
@NullMarked
package org.soebm.timefold;

import org.jspecify.annotations.NullMarked;
