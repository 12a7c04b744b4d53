package org.soebm.runtime.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportFileTest {
    private static final OffsetDateTime TIME = OffsetDateTime.parse("2026-02-03T04:05:06Z");

    private static List<String> matches(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    private static JsonObject charts(String page) {
        return JsonParser.parseString(matches("<script type=\"application/json\" id=\"charts\">(.*?)</script>", page)
                        .get(0))
                .getAsJsonObject();
    }

    /** The page without the chart library, whose code has angle brackets of its own. */
    private static String own(String page) {
        return page.replace(PageAssets.chartLibrary(), "").replace(PageAssets.script(), "");
    }

    @Test
    void hostileNamesStayText() {
        String page = ReportFile.page(MadeUpReports.hostile(), TIME);
        assertThat(own(page)).doesNotContain("<img", "<!--").contains("&lt;img src");
        assertThat(matches("<(script)", own(page))).as("those of the template").hasSize(3);
        assertThat(matches("(</script)", own(page))).as("those of the template").hasSize(3);
        assertThat(charts(page).getAsJsonArray("parameters").get(0).getAsString())
                .isEqualTo(MadeUpReports.HOSTILE + 0);
        assertThat(own(page)).as("no name is a place to fill").contains("{{task}}", "{{{style}}}");
    }

    @Test
    void thePolicyAllowsWhatIsInThePageAndNothingElse() throws NoSuchAlgorithmException {
        String page = ReportFile.page(MadeUpReports.wide(), TIME);
        String policy =
                matches("Content-Security-Policy\" content=\"(.*?)\">", page).get(0);
        assertThat(policy).startsWith("default-src 'none';").doesNotContain("unsafe");
        List<String> inline = matches("<script>(.*?)</script>", page);
        assertThat(inline).hasSize(2);
        assertThat(policy).contains(source(inline.get(0)), source(inline.get(1)));
        assertThat(policy).contains(source(matches("<style>(.*?)</style>", page).get(0)));
        assertThat(own(page)).doesNotContain("http:", "https:", "style=\"", "onload", "onclick");
        assertThat(page).as("browsers would look for it").doesNotContain("sourceMappingURL");
        assertThat(page).as("the licence's condition").contains("Chart.js v", "Released under the MIT License");
    }

    private static String source(String content) throws NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    }

    @Test
    void theFiguresAreInTablesThatNeedNoScript() {
        String page = own(ReportFile.page(MadeUpReports.hostile(), TIME)).replaceAll("\\s+", " ");
        assertThat(page)
                .contains("3 February 2026, 04:05 (+00:00)")
                .contains("<th scope=\"row\">perfect foresight</th><td>0</td><td>0</td>")
                .contains("<td>1,234.57 ± 0.25</td>")
                .contains("Worse decisions than two-stage")
                .contains("costs 0.50 ± 0.10 more a decision")
                .contains("One draw has nearly all the weight")
                .contains("1,000 to train, 30 to validate, 40 to test")
                .contains("<dt>learning rate</dt><dd>0.01</dd>")
                .contains("<dt>patience</dt><dd>unlimited</dd>")
                .contains("<dt>weights</dt><dd>12</dd>")
                .contains("No landscape of ");
    }

    @Test
    void figuresThatDoNotExistAreDashesAndWhatIsTooLongIsCut() {
        String page = own(ReportFile.page(MadeUpReports.wide(), TIME));
        assertThat(page.replace("null", "")).doesNotContain("NaN", "Infinity");
        assertThat(page)
                .contains("Some predictions are no numbers", "40 predicted parameters")
                .contains("(the first 200 of 300)", "(200 of 3,000 decisions)")
                .doesNotContain("id=\"c-samples\"");
        assertThat(charts(page).getAsJsonArray("parameters")).hasSize(200);
        assertThat(charts(page)
                        .getAsJsonArray("rows")
                        .get(0)
                        .getAsJsonObject()
                        .getAsJsonArray("median")
                        .get(0)
                        .isJsonNull())
                .isTrue();
    }
}
