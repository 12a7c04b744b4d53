package org.soebm.examples.shiftstaffing.existing;

/**
 * The margin that an employee is expected to bring in by what they sell in a shift, beyond what anybody would; negative
 * where they bring in less.
 *
 * @param cents in cents
 */
public record Sales(Employee employee, Shift shift, long cents) {}
