/** Feasible decisions that solvers have found: gathered before training and in it, without duplicates, bounded. */
@NullMarked
package org.soebm.runtime.pool;

import org.jspecify.annotations.NullMarked;
