/**
 * Reads optimisation models that exist already in a form of OR-Tools: their feasible set becomes a {@link
 * org.soebm.api.constraint.ConstraintSet}, their linear objective a known part of a cost. Nothing is solved here, and no
 * original is changed.
 */
@NullMarked
package org.soebm.ortools.model;

import org.jspecify.annotations.NullMarked;
