/** How long the stages of the library take, by JMH. Benchmarks of package-private code stand in that code's package. */
@NullMarked
package org.soebm.benchmarks;

import org.jspecify.annotations.NullMarked;
