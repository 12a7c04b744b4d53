package org.soebm.runtime.report.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Properties;

/** What a page has inside that does not depend on the run: template, style, script and the chart library. */
final class PageAssets {
    private static final String CHART_JS = "/META-INF/maven/org.webjars.npm/chart.js/pom.properties";

    private PageAssets() {}

    /** The page, or a part of it that occurs several times, with places to fill. */
    static String template(String name) {
        return text(name + ".html");
    }

    /** The style sheet. */
    static String style() {
        return inline(text("report.css"), "style");
    }

    /** What draws the charts. */
    static String script() {
        return inline(text("report.js"), "script");
    }

    /** Chart.js, minified, with its licence notice; without the address of its source map, which browsers would look for. */
    static String chartLibrary() {
        Properties properties = new Properties();
        try (InputStream stream = open(CHART_JS)) {
            properties.load(stream);
        } catch (IOException e) {
            throw unreadable(CHART_JS, e);
        }
        String file =
                "/META-INF/resources/webjars/chart.js/" + properties.getProperty("version") + "/dist/chart.umd.min.js";
        return inline(text(file).replaceAll("(?m)^//# sourceMappingURL=.*$", ""), "script");
    }

    /** How a content security policy names what may run: {@code 'sha256-…'}. */
    static String policySource(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    /** Content of an element that ends at its end tag, as a browser will read it. */
    private static String inline(String content, String element) {
        if (content.toLowerCase(Locale.ROOT).contains("</" + element)) {
            throw new IllegalStateException("A file of the report has an end tag of " + element + " inside.");
        }
        return content.replace("\r\n", "\n").strip();
    }

    private static String text(String name) {
        try (InputStream stream = open(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private static InputStream open(String name) {
        InputStream stream = PageAssets.class.getResourceAsStream(name);
        if (stream == null) {
            throw new IllegalStateException(
                    "The report's file " + name + " is not on the class path. Maybe the jar of chart.js is missing?");
        }
        return stream;
    }

    private static UncheckedIOException unreadable(String name, IOException e) {
        return new UncheckedIOException("Cannot read the report's file " + name + " on the class path.", e);
    }
}
