/**
 * Predictive distributions p(y | x; θ) as tensors. How they are predicted, and what is computed from them, lives
 * elsewhere.
 */
@NullMarked
package org.soebm.api.distribution;

import org.jspecify.annotations.NullMarked;
