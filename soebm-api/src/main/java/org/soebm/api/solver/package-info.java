/**
 * The one problem form between learning and solving, and how solvers are found: {@code argmin_{a ∈ C} objective(a)}
 * goes in, a decision comes out. No solver lives here; they are providers on the class path.
 */
@NullMarked
package org.soebm.api.solver;

import org.jspecify.annotations.NullMarked;
