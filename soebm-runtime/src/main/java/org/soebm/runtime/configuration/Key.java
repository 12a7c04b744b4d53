package org.soebm.runtime.configuration;

/**
 * An entry that a configuration file may have.
 *
 * @param name by which it stands there, sections and all, e.g. {@code energy.learningRate}
 * @param type the values that it takes
 * @param usual what holds where no file and no option says anything; a clause
 * @param description what it is for, a clause
 * @param <T> what its values are in the program
 */
public record Key<T>(String name, ValueType<T> type, String usual, String description) {
    /** The part of the name before the first point, empty where there is none. */
    public String section() {
        int point = name.indexOf('.');
        return point < 0 ? "" : name.substring(0, point);
    }

    /** The name within its section. */
    public String nameInSection() {
        return name.substring(name.indexOf('.') + 1);
    }
}
