package org.soebm.timefold;

/**
 * Keeps Timefold's log from the console of programs that did not ask for it: a solver logs several lines a search, and
 * thousands of searches run. What the user has set stays.
 */
final class QuietLogging {
    private QuietLogging() {}

    /** Called before Timefold's classes load, and with them their loggers. */
    static void keep() {
        setDefault("slf4j.internal.verbosity", "ERROR"); // SLF4J's remark that it has no provider
        setDefault("org.slf4j.simpleLogger.log.ai.timefold.solver", "warn");
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
