/** Tests of the network security game, and the game in plain doubles to check tensors and solvers against. */
package org.soebm.examples.networksecurity;
