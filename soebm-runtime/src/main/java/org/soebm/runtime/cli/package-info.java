/**
 * The command line. Subcommands parse arguments and print results; the work is done by the other packages of the
 * runtime.
 */
@NullMarked
package org.soebm.runtime.cli;

import org.jspecify.annotations.NullMarked;
