/**
 * Schedules a generator for the next 24 hours under uncertain demand: a convex task whose expected cost has a closed
 * form. Written as a user of the library would write it.
 */
@NullMarked
package org.soebm.examples.powerscheduling;

import org.jspecify.annotations.NullMarked;
