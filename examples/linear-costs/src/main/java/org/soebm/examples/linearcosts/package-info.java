/**
 * The standard benchmark for decisions under unknown linear costs: shortest path, knapsack and travelling salesman. Written
 * as a user of the library would write it.
 */
@NullMarked
package org.soebm.examples.linearcosts;

import org.jspecify.annotations.NullMarked;
