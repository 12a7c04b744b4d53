package org.soebm.runtime.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.soebm.runtime.cli.CliRun;
import org.soebm.runtime.preprocessing.DecisionCache;

/**
 * Reports in a real browser: Debian's chromium, or what SOEBM_CHROMIUM and SOEBM_CHROMEDRIVER name. Without one the tests are
 * skipped, unless SOEBM_REQUIRE_BROWSER is set.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportBrowserTest {
    private static final Path BROWSER = Path.of(System.getenv().getOrDefault("SOEBM_CHROMIUM", "/usr/bin/chromium"));
    private static final Path DRIVER =
            Path.of(System.getenv().getOrDefault("SOEBM_CHROMEDRIVER", "/usr/bin/chromedriver"));
    private static final int READABLE = 12; // pixels
    private static final Duration PATIENCE = Duration.ofSeconds(15); // where the machine is busy
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    @TempDir
    static Path folder;

    private ChromeDriver browser;

    @BeforeAll
    void openTheBrowser() {
        boolean isThere = Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER);
        String missing = "There is no " + BROWSER + " with " + DRIVER
                + ", so the report is not looked at. Install chromium and chromium-driver.";
        if (!isThere && System.getenv("SOEBM_REQUIRE_BROWSER") != null) {
            fail(missing);
        }
        Assumptions.assumeTrue(isThere, missing);
        SELENIUM.setLevel(Level.SEVERE); // else it warns of a protocol that is not used here
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--user-data-dir=" + folder.resolve("browser"));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile()) // named, so that nothing is looked for or downloaded
                        .build(),
                options);
        browser.manage().timeouts().scriptTimeout(Duration.ofSeconds(20));
        System.setProperty(
                DecisionCache.FOLDER_PROPERTY, folder.resolve("cache").toString());
    }

    @AfterAll
    void closeTheBrowser() {
        System.clearProperty(DecisionCache.FOLDER_PROPERTY);
        if (browser != null) {
            browser.quit();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "newsvendor, so-ebm, true, true",
        "newsvendor, two-stage, true, true",
        "newsvendor, policy-net, false, true",
        "unbounded-price, so-ebm, true, false"
    })
    void aTrainedModelHasAReportThatABrowserShows(String task, String method, boolean hasEnergy, boolean hasTargets) {
        Path out = folder.resolve(task + "-" + method);
        CliRun run = CliRun.of(
                "train", task, "--method", method, "--device", "cpu", "--skip-unsolvable", "--out", out.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();

        for (int width : new int[] {1280, 400}) {
            requireReadable(out.resolve("report.html"), width);
            assertThat(count("#c-coverage")).isEqualTo(hasEnergy ? 1 : 0);
            assertThat(count("img")).isEqualTo(hasEnergy ? 2 : 0);
            assertThat(count(".c-row-both") > 0).isEqualTo(hasTargets);
            assertThat(count(".c-row-decisions") > 0).isEqualTo(!hasTargets);
            assertThat(count("#c-samples")).isEqualTo(method.equals("so-ebm") ? 1 : 0);
            assertThat(count("#c-gain")).isEqualTo(method.equals("two-stage") ? 0 : 1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whateverTheNamesAndNumbersAreThePageStaysWhole(boolean isHostile) {
        Path file = folder.resolve("made-up-" + isHostile + ".html");
        ReportFile.write(file, isHostile ? MadeUpReports.hostile() : MadeUpReports.wide());
        for (int width : new int[] {1280, 400}) {
            requireReadable(file, width);
            assertThat(browser.getTitle()).endsWith("training report");
            assertThat(count("img")).isZero();
        }
    }

    private void requireReadable(Path file, int width) {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        browser.get(file.toUri().toString());
        browser.executeScript("document.querySelectorAll('details').forEach(details => details.open = true)");
        browser.executeAsyncScript(
                "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()));");

        assertThat(browser.manage().logs().get(LogType.BROWSER))
                .as("messages on the console at %d pixels", width)
                .isEmpty();
        assertThat(requests()).as("what the page asks for beside itself").isEmpty();
        assertThat(number("return window.innerWidth")).isEqualTo(width);
        assertThat(number("return document.documentElement.scrollWidth"))
                .as("width of the page at %d pixels", width)
                .isLessThanOrEqualTo(width);
        assertThat(texts(
                        "return [...document.querySelectorAll('body *')]"
                                + ".filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim() !== ''))"
                                + ".filter(e => !e.closest('script, noscript'))"
                                + ".filter(e => parseFloat(getComputedStyle(e).fontSize) < arguments[0])"
                                + ".map(e => e.outerHTML)",
                        READABLE))
                .as("text that is too small")
                .isEmpty();
        assertThat(undrawn()).as("charts that are not drawn").isEmpty();
        assertThat(count("canvas")).isGreaterThanOrEqualTo(5);
        assertThat(texts("return [...document.querySelectorAll('img')]"
                        + ".filter(i => !i.complete || i.naturalWidth === 0).map(i => i.alt)"))
                .as("pictures that are not shown")
                .isEmpty();
        assertThat(texts("return [...document.querySelectorAll('canvas:not([aria-label]), img:not([alt])')]"
                        + ".map(e => e.outerHTML)"))
                .as("pictures that are not described")
                .isEmpty();
    }

    /** Charts with less than three colours or of a strange width, once the browser has had time to draw them. */
    private List<String> undrawn() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<String> undrawn;
        do {
            browser.executeAsyncScript("requestAnimationFrame(arguments[0])");
            undrawn = texts("return [...document.querySelectorAll('canvas')].filter(c => {"
                    + "  const pixels = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
                    + "  const colours = new Set();"
                    + "  for (let i = 0; i < pixels.length; i += 4)"
                    + "    if (pixels[i + 3] > 0) colours.add(pixels[i] << 16 | pixels[i + 1] << 8 | pixels[i + 2]);"
                    + "  return colours.size < 3 || c.clientWidth < 200 || c.clientWidth > innerWidth;"
                    + "}).map(c => c.outerHTML)");
        } while (!undrawn.isEmpty() && System.nanoTime() < end);
        return undrawn;
    }

    /** Addresses of what reports asked for since the last call, but for themselves and data within them. */
    private List<String> requests() {
        List<String> addresses = new ArrayList<>();
        for (LogEntry entry : browser.manage().logs().get(LogType.PERFORMANCE)) {
            JsonObject message =
                    JsonParser.parseString(entry.getMessage()).getAsJsonObject().getAsJsonObject("message");
            if (message.get("method").getAsString().equals("Network.requestWillBeSent")) {
                JsonObject event = message.getAsJsonObject("params");
                String address = event.getAsJsonObject("request").get("url").getAsString();
                String page = event.get("documentURL").getAsString();
                if (page.startsWith("file:") && !address.startsWith("data:") && !address.equals(page)) {
                    addresses.add(address);
                }
            }
        }
        return addresses;
    }

    private long count(String selector) {
        return number("return document.querySelectorAll(arguments[0]).length", selector);
    }

    private long number(String script, Object... arguments) {
        return ((Number) browser.executeScript(script, arguments)).longValue();
    }

    private List<String> texts(String script, Object... arguments) {
        return ((List<?>) browser.executeScript(script, arguments))
                .stream().map(String::valueOf).toList();
    }
}
