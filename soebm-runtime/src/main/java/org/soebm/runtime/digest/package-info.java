/**
 * Digests by which problems and files are recognised again. What is done with them, such as caches and checks of saved
 * models, lives with those.
 */
@NullMarked
package org.soebm.runtime.digest;

import org.jspecify.annotations.NullMarked;
