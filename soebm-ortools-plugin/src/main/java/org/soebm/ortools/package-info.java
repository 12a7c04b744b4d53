/**
 * Solves decision problems with OR-Tools. Nothing here knows how a model is learned.
 *
 * <p>A problem passes through {@code OrToolsArgminSolver}, {@code PenaltyProgram} (which method?), a method, {@code
 * BackEnd} (which native solver?) and {@code AnswerCheck}, which trusts none of them. Over a CP-SAT model, {@code
 * CpSatProgram} takes the middle of that way; {@code MixedIntegerLinear} asks it about integers alone.
 */
@NullMarked
package org.soebm.ortools;

import org.jspecify.annotations.NullMarked;
