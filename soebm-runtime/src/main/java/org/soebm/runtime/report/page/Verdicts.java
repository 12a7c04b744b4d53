package org.soebm.runtime.report.page;

import java.util.ArrayList;
import java.util.List;
import org.soebm.runtime.evaluation.Calibration;
import org.soebm.runtime.evaluation.Estimate;
import org.soebm.runtime.learning.EpochRecord;
import org.soebm.runtime.report.Metrics;

/** What the figures of a run say, in sentences. */
final class Verdicts {
    /** From how many standard errors on a difference is taken for more than chance. */
    private static final double CLEAR = 2;

    private static final double SMALL_DEVIATION = 0.03; // of coverage: nobody decides otherwise for it
    private static final double LARGE_DEVIATION = 0.10;
    private static final double FEW_DRAWS = 3;
    private static final double ONE_DRAW = 1.5;

    private final RunReport report;
    private final String method;

    private Verdicts(RunReport report) {
        this.report = report;
        method = report.model().method();
    }

    /** All that can be said of a run. */
    static List<Verdict> of(RunReport report) {
        Verdicts verdicts = new Verdicts(report);
        List<Verdict> all = new ArrayList<>();
        all.add(verdicts.decisions());
        all.add(verdicts.calibration());
        if (Double.isFinite(report.metrics().effort().effectiveSampleSize())) {
            all.add(verdicts.sampling());
        }
        all.add(verdicts.training());
        return all;
    }

    private Verdict decisions() {
        Metrics metrics = report.metrics();
        Estimate gain = metrics.gain();
        String rows = Numbers.count(metrics.rows().test()) + " test rows";
        if (ReportTables.isTwoStage(report)) {
            return new Verdict(
                    "plain",
                    "Two-stage is the baseline",
                    "It costs " + Numbers.of(metrics.test().taskLoss()) + " a decision on " + rows
                            + ", and closes " + Numbers.percent(metrics.gapClosedFrom(metrics.pointForecast()))
                            + " of the gap between the point forecast and perfect foresight.");
        }
        double base = metrics.twoStage().taskLoss().mean();
        String share = base > 0 ? " (" + Numbers.percent(Math.abs(gain.mean()) / base) + ")" : "";
        double errors = gain.mean() / gain.standardError();
        String text = method + " costs "
                + Numbers.of(new Estimate(Math.abs(gain.mean()), gain.standardError()))
                + (gain.mean() >= 0 ? " less" : " more") + " a decision than two-stage" + share + ", row by row on "
                + rows
                + ". ";
        String rowShares = " It is better on " + Numbers.percent(report.betterShare()) + " of the rows and worse on "
                + Numbers.percent(report.worseShare()) + ".";
        if (errors >= CLEAR) {
            return new Verdict(
                    "good",
                    "Better decisions than two-stage",
                    text + "That is " + Numbers.of(round(errors)) + " standard errors, more than chance explains."
                            + rowShares);
        }
        if (errors <= -CLEAR) {
            return new Verdict(
                    "poor",
                    "Worse decisions than two-stage",
                    text + "That is " + Numbers.of(round(-errors)) + " standard errors, more than chance explains."
                            + rowShares);
        }
        return new Verdict(
                "fair",
                "No clear difference to two-stage",
                text
                        + (Double.isFinite(errors)
                                ? "That is " + Numbers.of(round(Math.abs(errors)))
                                        + " standard errors, which chance alone may bring about; more test rows or other seeds"
                                        + " would tell."
                                : "That is too few or too equal rows to tell.")
                        + rowShares);
    }

    private Verdict calibration() {
        Calibration calibration = report.calibration().content();
        if (calibration == null) {
            return new Verdict(
                    "plain", "No distribution to check", report.calibration().reason());
        }
        int worst = 0;
        boolean isFine = true;
        for (int level = 0; level < calibration.levels().size(); level++) {
            worst = Math.abs(deviation(calibration, level)) > Math.abs(deviation(calibration, worst)) ? level : worst;
            double noise = CLEAR * calibration.overall().get(level).standardError();
            double allowed = Double.isFinite(noise) ? Math.max(SMALL_DEVIATION, noise) : SMALL_DEVIATION;
            isFine &= Math.abs(deviation(calibration, level)) <= allowed;
        }
        double off = deviation(calibration, worst);
        String text = "Of what came, "
                + Numbers.percent(calibration.overall().get(worst).mean()) + " lies within the predicted "
                + Numbers.percent(calibration.levels().get(worst)) + " intervals.";
        if (calibration.unusable() > 0) {
            return new Verdict(
                    "poor",
                    "Some predictions are no numbers",
                    text + " " + Numbers.count(calibration.unusable())
                            + " predicted parameters are not finite and count as missed. Maybe some features are far from"
                            + " those trained on?");
        }
        if (isFine) {
            return new Verdict(
                    "good", "As sure as it should be", text + " No level is off by more than chance or three points.");
        }
        String status = Math.abs(off) > LARGE_DEVIATION && report.sawParameters() ? "poor" : "fair";
        String heading = off < 0 ? "Too sure of its predictions" : "Less sure than it could be";
        String meaning =
                off < 0 ? " Expect more surprises than it predicts." : " It allows for more surprises than come.";
        return new Verdict(status, heading, text + meaning + purpose());
    }

    private String purpose() {
        String unseen = report.sawParameters()
                ? ""
                : " Training saw y through observations only, which may leave a part of it open, such as a common level;"
                        + " where decisions do not depend on that part, this does no harm.";
        return ReportTables.isTwoStage(report)
                ? unseen
                : unseen
                        + " Training for decisions may pay for lower cost with this: read it with the cost, and do not use"
                        + " the intervals for anything else.";
    }

    private static double deviation(Calibration calibration, int level) {
        return calibration.overall().get(level).mean() - calibration.levels().get(level);
    }

    private Verdict sampling() {
        double size = report.metrics().effort().effectiveSampleSize();
        int draws = report.model().hyperParameters().settings().samples();
        String text = "In the last epoch gradients rest on " + Numbers.of(round(size)) + " of " + Numbers.count(draws)
                + " draws, on average.";
        String advice = " A higher temperature or more draws spread the weight.";
        if (size < ONE_DRAW) {
            return new Verdict("poor", "One draw has nearly all the weight", text + advice);
        }
        return size < FEW_DRAWS
                ? new Verdict("fair", "Few draws have nearly all the weight", text + advice)
                : new Verdict("good", "Enough draws count", text);
    }

    private Verdict training() {
        List<EpochRecord> own = Phases.of(report.history()).own();
        EpochRecord last = own.get(own.size() - 1);
        EpochRecord best = Phases.best(own);
        if (best == null) {
            return new Verdict("fair", "Nothing was validated", "No epoch has a validation task loss.");
        }
        String loss = "validation task loss " + Numbers.of(best.validationTaskLoss());
        if (last.epoch() == 0) {
            return new Verdict("plain", "No epoch of its own", "The start was kept, with " + loss + ".");
        }
        if (best.epoch() == 0) {
            return new Verdict(
                    "fair",
                    "Validation did not improve",
                    "None of " + last.epoch()
                            + " epochs was better on the validation rows than the start, which was kept (" + loss
                            + "). A lower learning rate may help.");
        }
        return best.epoch() == last.epoch()
                ? new Verdict(
                        "fair",
                        "Still improving at the end",
                        "The last of " + last.epoch() + " epochs was the best on the validation rows and was kept ("
                                + loss + "). More epochs may do more.")
                : new Verdict(
                        "good",
                        "Trained until it got no better",
                        "Of " + last.epoch() + " epochs, number " + best.epoch()
                                + " was the best on the validation rows and was kept (" + loss + ").");
    }

    private static double round(double value) {
        return Math.round(10 * value) / 10.0;
    }
}
