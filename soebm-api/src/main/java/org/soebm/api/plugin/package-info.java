/**
 * How plug-ins of any kind are found on a class path. What tasks and solvers are is said in their own packages.
 */
@NullMarked
package org.soebm.api.plugin;

import org.jspecify.annotations.NullMarked;
