/**
 * From features to decisions: predict, build one argmin problem a row, solve. Training lives in learning.
 */
@NullMarked
package org.soebm.runtime.inference;

import org.jspecify.annotations.NullMarked;
