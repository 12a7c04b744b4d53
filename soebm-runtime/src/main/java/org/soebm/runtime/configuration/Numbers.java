package org.soebm.runtime.configuration;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;

/** Numbers as they are written in configuration files: 10, 0.5, 1e-5; a double comes back as it was. */
final class Numbers {
    private static final double EXACT = 1e9;

    private Numbers() {}

    static String text(double value) {
        if (value == Math.rint(value) && Math.abs(value) < EXACT) {
            return Long.toString((long) value);
        }
        return Double.toString(value).replace(".0E", "e").replace('E', 'e');
    }

    /** As Java reads a double, without the letters that only Java's own literals have; NaN where it does not. */
    static double parse(String text) {
        if (text.isEmpty() || !text.matches("[-+.0-9eE]+")) {
            return Double.NaN;
        }
        try {
            return JavaDoubleParser.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
