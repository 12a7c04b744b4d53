/** The dependency rules between the modules, shared by the architecture tests of every module. */
@NullMarked
package org.soebm.api.architecture;

import org.jspecify.annotations.NullMarked;
