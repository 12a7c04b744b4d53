/** A solver plug-in to start from. */
@NullMarked
package com.example.solver;

import org.jspecify.annotations.NullMarked;
