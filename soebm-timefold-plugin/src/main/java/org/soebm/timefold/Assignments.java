package org.soebm.timefold;

import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;

/** Placeholder until integers come. */
final class Assignments {
    HardSoftLongScore score(GridSolution solution) {
        throw new IllegalStateException("not yet " + solution);
    }
}
