/**
 * The network security game: its cost as tensor code, graphs, made-up records of attacks, and the task made of them. How
 * the argmin is found and how the network is trained lives elsewhere.
 */
@NullMarked
package org.soebm.examples.networksecurity;

import org.jspecify.annotations.NullMarked;
