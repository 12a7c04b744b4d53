/**
 * Timefold problems that exist already, as a part of a feasible set: the user's own planning solution, constraints and
 * solver configuration, unmodified, with y put in as scenarios and decisions read out. What solves other problems with
 * Timefold is not here.
 */
@NullMarked
package org.soebm.timefold.model;

import org.jspecify.annotations.NullMarked;
