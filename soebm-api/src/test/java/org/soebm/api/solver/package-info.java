/** The test suite that every solver plug-in must pass, and the problems and reference values it uses. */
@NullMarked
package org.soebm.api.solver;

import org.jspecify.annotations.NullMarked;
