package org.soebm.runtime.report.page;

/**
 * The two sides of a landscape as PNG files.
 *
 * @param truth f(y, ·)
 * @param learned E(x, ·)
 * @param row the data's row that it is of, counted from 0
 */
public record LandscapePanels(byte[] truth, byte[] learned, int row) {}
