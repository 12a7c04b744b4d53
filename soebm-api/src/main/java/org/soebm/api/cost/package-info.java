/**
 * Task costs f(y, a) and the objectives that result when y is known, sampled or Gaussian. Constraints and solvers live
 * elsewhere; nothing here needs an engine until tensors are handed in.
 */
@NullMarked
package org.soebm.api.cost;

import org.jspecify.annotations.NullMarked;
