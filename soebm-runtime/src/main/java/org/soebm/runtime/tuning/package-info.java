/** Search for hyper-parameters by the task loss on the validation rows. How a set of them is tried lives in experiment. */
@NullMarked
package org.soebm.runtime.tuning;

import org.jspecify.annotations.NullMarked;
