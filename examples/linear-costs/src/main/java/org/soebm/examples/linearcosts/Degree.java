package org.soebm.examples.linearcosts;

import org.soebm.api.task.DataException;

/**
 * How far from linear the simulated costs are in the features: the system property {@value #PROPERTY}, a whole number from 1
 * to {@value #LARGEST}, or {@value #USUAL}.
 */
final class Degree {
    static final String PROPERTY = "soebm.linear-costs.degree";
    static final int USUAL = 4;

    private static final int LARGEST = 16;

    private Degree() {}

    /**
     * The degree that the user chose.
     *
     * @throws DataException when it is none
     */
    static int chosen() {
        String text = System.getProperty(PROPERTY, Integer.toString(USUAL));
        if (!text.matches("[0-9]{1,2}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > LARGEST) {
            throw new DataException("The property " + PROPERTY + " is '" + text
                    + "', but must be a whole number from 1 to " + LARGEST + ".");
        }
        return Integer.parseInt(text);
    }
}
