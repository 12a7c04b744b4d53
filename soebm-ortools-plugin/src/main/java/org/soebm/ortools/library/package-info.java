/** The native libraries of OR-Tools: loading them, and saying what to do where they do not load. No solving here. */
@NullMarked
package org.soebm.ortools.library;

import org.jspecify.annotations.NullMarked;
