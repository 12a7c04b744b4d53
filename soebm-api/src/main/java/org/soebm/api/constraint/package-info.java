/**
 * Feasible sets C in the form that every solver understands: bounds, sparse linear rows, integrality, auxiliary
 * variables. Costs and solvers live elsewhere.
 */
@NullMarked
package org.soebm.api.constraint;

import org.jspecify.annotations.NullMarked;
