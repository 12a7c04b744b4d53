/**
 * Nearest points of feasible sets, for many points at once on the tensors' device: in closed form for boxes, simplices and
 * single rows, by operator splitting for other polytopes. What is projected, and why, is decided elsewhere.
 */
@NullMarked
package org.soebm.runtime.projection;

import org.jspecify.annotations.NullMarked;
