/**
 * Tables in files, splits into training, validation and test rows, and the scaling of features. What a row means is
 * the task's business, and results beyond plain tables are written elsewhere.
 */
@NullMarked
package org.soebm.runtime.data;

import org.jspecify.annotations.NullMarked;
