/** tmp. */
@NullMarked
package org.soebm.runtime.data;

import org.jspecify.annotations.NullMarked;
