package org.soebm.timefold;

/**
 * Keeps Timefold's log from the console of programs that log with SLF4J's simple logger and did not ask for it: a solver
 * logs several lines a search, and thousands of searches run. What the user has set stays.
 */
final class QuietLogging {
    private static final String LEVEL = "org.slf4j.simpleLogger.log.ai.timefold.solver";

    private QuietLogging() {}

    /** Called before Timefold's classes load, and with them their loggers. */
    static void keep() {
        if (System.getProperty(LEVEL) == null) {
            System.setProperty(LEVEL, "warn");
        }
    }
}
