/**
 * Energies E(x, a; θ) = E f(y, a) of candidate decisions on the device. Where candidates come from lives in proposal.
 */
@NullMarked
package org.soebm.runtime.energy;

import org.jspecify.annotations.NullMarked;
