package org.soebm.runtime.report;

/**
 * A run that did not finish.
 *
 * @param key which one
 * @param message why, for users
 */
public record RunFailure(RunKey key, String message) {}
