package org.soebm.runtime.report.page;

import com.samskivert.mustache.Mustache;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.soebm.runtime.data.AtomicFiles;
import org.soebm.runtime.evaluation.Calibration;
import org.soebm.runtime.evaluation.NotableRow;
import org.soebm.runtime.inference.ModelDescription;

/**
 * {@code report.html}: a run for a person who wants to know whether to trust the model. One file that asks for nothing beside
 * it; a content security policy holds that. Names and texts of tasks, data and columns are shown as text, whatever is in them.
 */
public final class ReportFile {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm (xxx)", Locale.ENGLISH);

    private ReportFile() {}

    /**
     * Writes it.
     *
     * @throws java.io.UncheckedIOException when it cannot be written; nothing is left behind
     */
    public static void write(Path file, RunReport report) {
        AtomicFiles.writeText(file, page(report, OffsetDateTime.now(ZoneId.systemDefault())));
    }

    /** The page. */
    static String page(RunReport report, OffsetDateTime time) {
        return Mustache.compiler()
                .withLoader(name -> new StringReader(PageAssets.template(name)))
                .compile(PageAssets.template("report"))
                .execute(content(report, time));
    }

    private static Map<String, Object> content(RunReport report, OffsetDateTime time) {
        ModelDescription model = report.model();
        Map<String, Object> content = new LinkedHashMap<>();
        String style = PageAssets.style();
        String library = PageAssets.chartLibrary();
        String script = PageAssets.script();
        content.put("style", style);
        content.put("library", library);
        content.put("script", script);
        content.put("stylePolicy", PageAssets.policySource(style));
        content.put("scriptPolicy", PageAssets.policySource(library) + " " + PageAssets.policySource(script));
        content.put("charts", ReportCharts.json(report));
        content.put("task", model.task());
        content.put("method", model.method());
        content.put("data", report.data());
        content.put("time", TIME.format(time));
        content.put("isTwoStage", ReportTables.isTwoStage(report));
        content.put("verdicts", Verdicts.of(report));
        content.put("run", RunFacts.run(report));
        content.put("settings", RunFacts.settings(report));
        content.put("costs", ReportTables.costs(report));
        content.put("gains", ReportTables.gains(report));
        content.put("phases", List.copyOf(Phases.of(report.history()).byName().keySet()));
        content.put(
                "hasSampleSize",
                report.history().stream().anyMatch(epoch -> Double.isFinite(epoch.effectiveSampleSize())));
        content.put("history", ReportTables.history(report));
        Calibration calibration = report.calibration().content();
        content.put("calibrated", calibration != null);
        content.put("calibrationReason", report.calibration().reason());
        if (calibration != null) {
            content.put("coverage", ReportTables.coverage(calibration));
            content.put("coverageByParameter", ReportTables.coverageByParameter(report, calibration));
            content.put("severalParameters", report.parameterNames().size() > 1);
        }
        content.put("targets", report.layout().decisionsAreTargets());
        content.put("rowsNote", rowsNote(report));
        content.put("rows", rows(report));
        LandscapePanels landscape = report.landscape().content();
        content.put("drawn", landscape != null);
        content.put("landscapeReason", report.landscape().reason());
        if (landscape != null) {
            content.put("landscapeRow", landscape.row());
            content.put("truthPicture", Base64.getEncoder().encodeToString(landscape.truth()));
            content.put("learnedPicture", Base64.getEncoder().encodeToString(landscape.learned()));
        }
        return content;
    }

    private static String rowsNote(RunReport report) {
        if (report.rows().isEmpty()) {
            return "No test row has a task loss that is a finite number, so there is none to show.";
        }
        String predicted = report.calibration().content() == null
                ? "Dots are what came."
                : "Shaded is what was predicted, the darker the likelier: the 50, 80 and 95% intervals. Dots are what came.";
        return report.layout().decisionsAreTargets()
                ? predicted
                        + " Each decision is set against one uncertain parameter in the cost, so lines show the decisions"
                        + " in the same picture: what lies between the solid and the dashed line is what costs."
                : predicted
                        + " Decisions are something else than the uncertain parameters and have a picture of their own: the"
                        + " closer they are to the optimal ones, the less they cost as a rule.";
    }

    /** A test row under a heading. */
    record RowSection(
            int index, String heading, String text, ReportTables.Grid parameters, ReportTables.Grid decisions) {}

    private static List<RowSection> rows(RunReport report) {
        List<RowSection> sections = new ArrayList<>();
        for (ReportedRow row : report.rows()) {
            String heading = String.join(
                    " and ", row.kinds().stream().map(ReportFile::heading).toList());
            String twoStage = ReportTables.isTwoStage(report)
                    ? ""
                    : "two-stage's cost " + Numbers.of(row.row().twoStageLoss()) + ", ";
            sections.add(new RowSection(
                    sections.size(),
                    heading.substring(0, 1).toUpperCase(Locale.ROOT) + heading.substring(1),
                    "Row " + Numbers.count(row.row().row()) + " of the data, counted from 0. The decision of "
                            + report.model().method() + " cost "
                            + Numbers.of(row.row().loss()) + ", "
                            + twoStage + "the optimal one in hindsight "
                            + Numbers.of(row.row().optimalLoss()) + ".",
                    ReportTables.parameters(report, row),
                    ReportTables.decisions(report, row)));
        }
        return sections;
    }

    private static String heading(NotableRow kind) {
        return switch (kind) {
            case TYPICAL -> "a typical row: the median task loss";
            case BEST_GAIN -> "the largest gain over two-stage";
            case WORST_SETBACK -> "the largest setback against two-stage";
            case LARGEST_LOSS -> "the largest task loss";
        };
    }
}
