/**
 * The solver plug-in for Timefold Solver. It knows the API only. A problem becomes a {@code Program}; {@code Engine} runs
 * Timefold on a grid of its variables, {@code DescentMoves}, {@code PatternMoves} and {@code AssignmentMoves} offer the
 * moves, and the score calculators score them.
 */
@NullMarked
package org.soebm.timefold;

import org.jspecify.annotations.NullMarked;
