package org.soebm.examples.linearcosts;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What the columns of uncertain costs are called: a letter and their number.
 *
 * @param letter such as c
 * @param count how many costs there are
 */
record CostColumns(String letter, int count) {
    private static final String FEATURE = "x";

    /** c0, c1, … */
    List<String> names() {
        return numbered(letter, count);
    }

    /** x0, x1, … */
    static List<String> features(int count) {
        return numbered(FEATURE, count);
    }

    /** Whether a column is one of features. */
    static boolean isFeature(String column) {
        return column.startsWith(FEATURE);
    }

    private static List<String> numbered(String letter, int count) {
        return IntStream.range(0, count).mapToObj(i -> letter + i).toList();
    }
}
