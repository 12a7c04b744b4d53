/**
 * Learning methods, one class each, and the loop of steps, validations and stopping that they share. Solving and saving
 * live elsewhere.
 */
@NullMarked
package org.soebm.runtime.learning;

import org.jspecify.annotations.NullMarked;
