/**
 * How an optimal decision moves with the distribution that it is made under: implicit differentiation of the optimality
 * (KKT) conditions. Knows costs and feasible sets, no network and no solver.
 */
@NullMarked
package org.soebm.runtime.sensitivity;

import org.jspecify.annotations.NullMarked;
