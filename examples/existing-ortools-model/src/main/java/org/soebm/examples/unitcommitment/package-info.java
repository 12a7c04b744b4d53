/** Day-ahead unit commitment: an OR-Tools model as one would find it, and the same model with learned demand. */
@NullMarked
package org.soebm.examples.unitcommitment;

import org.jspecify.annotations.NullMarked;
