/**
 * Tasks: what a user wants decided, as cost, feasible set, data and sensible defaults, registered by a provider.
 * Training and solving live elsewhere.
 */
@NullMarked
package org.soebm.api.task;

import org.jspecify.annotations.NullMarked;
