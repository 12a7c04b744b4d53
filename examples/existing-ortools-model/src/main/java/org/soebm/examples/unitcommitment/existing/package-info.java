/**
 * The model as one would find it: a day-ahead unit commitment in OR-Tools that takes tomorrow's demand as a number. It
 * knows nothing of learning.
 */
@NullMarked
package org.soebm.examples.unitcommitment.existing;

import org.jspecify.annotations.NullMarked;
