package org.soebm.timefold;

import java.util.Iterator;
import java.util.Random;

/** Where the moves of a search come from: one iterator for all its steps. */
interface MoveSource extends Iterator<GridMove> {
    /** A step starts at the working solution; the random numbers are Timefold's. */
    void continueFrom(GridSolution working, Random random);
}
