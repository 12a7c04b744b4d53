package org.soebm.runtime.contrast;

/**
 * Some rows of a batch, side by side in lanes. Lanes beyond the last row repeat it, so that all lanes hold numbers.
 *
 * @param first the first row
 * @param rows how many
 */
record Tile(int first, int rows) {
    /** The row of a lane. */
    int row(int lane) {
        return first + Math.min(lane, rows - 1);
    }
}
