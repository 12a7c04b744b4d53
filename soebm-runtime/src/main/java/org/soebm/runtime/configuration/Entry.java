package org.soebm.runtime.configuration;

/**
 * A line of a configuration file.
 *
 * @param name of the key, sections and all
 * @param value as it stands there; of a list the values with commas between them
 * @param isList whether it stands there as a list
 * @param line from 1, 0 where it is not known
 */
record Entry(String name, String value, boolean isList, int line) {}
