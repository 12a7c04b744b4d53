package org.soebm.runtime.report;

import java.awt.Color;

/** One colour a method, the same in all pictures of a comparison. */
final class MethodColours {
    private static final Color[] COLOURS = {
        new Color(110, 110, 110),
        new Color(78, 121, 167),
        new Color(242, 142, 43),
        new Color(89, 161, 79),
        new Color(176, 122, 161),
        new Color(118, 183, 178),
        new Color(225, 87, 89),
        new Color(237, 201, 72),
        new Color(156, 117, 95),
        new Color(255, 157, 167),
        new Color(44, 62, 130),
        new Color(150, 190, 60)
    };

    private MethodColours() {}

    /** The colour of the method at a place in the comparison's list. */
    static Color of(int place) {
        return COLOURS[place % COLOURS.length];
    }
}
