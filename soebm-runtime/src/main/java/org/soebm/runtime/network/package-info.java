/**
 * Networks that predict p(y | x; θ), and snapshots and moving averages of their weights. How they are trained lives in
 * learning, what is done with the distribution in energy and inference.
 */
@NullMarked
package org.soebm.runtime.network;

import org.jspecify.annotations.NullMarked;
