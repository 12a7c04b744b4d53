package org.soebm.runtime.learning;

/** What one phase of training minimises. */
sealed interface PhaseObjective permits TrainingObjective, LookAheadObjective {}
