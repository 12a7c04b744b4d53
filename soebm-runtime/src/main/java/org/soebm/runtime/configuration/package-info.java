/**
 * What a run can be told, from a file as well: the keys with their types, ranges and meaning, and the files they stand in.
 * What the values do lives elsewhere.
 */
@NullMarked
package org.soebm.runtime.configuration;

import org.jspecify.annotations.NullMarked;
