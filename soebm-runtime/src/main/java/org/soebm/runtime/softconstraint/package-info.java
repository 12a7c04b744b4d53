/**
 * Penalties for linear rows and bounds that candidate decisions may leave: a barrier and an augmented Lagrangian, as functions
 * of candidates on the tensors' device. How candidates are drawn and weighted with them is said elsewhere.
 */
@NullMarked
package org.soebm.runtime.softconstraint;

import org.jspecify.annotations.NullMarked;
