package org.soebm.runtime.report.page;

/**
 * One thing that a reader who wants to know whether to trust a model should know.
 *
 * @param status how it looks: "good", "fair", "poor" or "plain"; said by {@link #symbol} too, so that colour is not needed
 * @param heading the message
 * @param text the numbers behind it
 */
record Verdict(String status, String heading, String text) {
    /** A sign for the status. */
    String symbol() {
        return switch (status) {
            case "good" -> "✓";
            case "fair" -> "?";
            case "poor" -> "!";
            default -> "i";
        };
    }
}
