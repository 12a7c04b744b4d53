package org.soebm.runtime.configuration;

/** An entry of a configuration file that says nothing which can be used; the message names file and line. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a message for users. */
    public ConfigurationException(String message) {
        super(message);
    }
}
