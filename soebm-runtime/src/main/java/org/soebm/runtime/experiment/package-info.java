/**
 * One run from data to figures: optimal decisions, learning, test. The steps themselves live in preprocessing,
 * learning, inference and evaluation.
 */
@NullMarked
package org.soebm.runtime.experiment;

import org.jspecify.annotations.NullMarked;
