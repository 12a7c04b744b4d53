/**
 * Work done once before learning: the optimal decision in hindsight a*(y) of every row, kept in a cache on disk. How
 * rows are read and split lives in data.
 */
@NullMarked
package org.soebm.runtime.preprocessing;

import org.jspecify.annotations.NullMarked;
