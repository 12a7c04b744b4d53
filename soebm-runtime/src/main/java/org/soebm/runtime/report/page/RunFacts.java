package org.soebm.runtime.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.soebm.api.task.HyperParameters;
import org.soebm.runtime.inference.ModelDescription;
import org.soebm.runtime.report.Metrics;

/** What was trained on what, with which settings, and how long it took. */
final class RunFacts {
    private RunFacts() {}

    static List<Fact> run(RunReport report) {
        ModelDescription model = report.model();
        Metrics metrics = report.metrics();
        Metrics.Rows rows = metrics.rows();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Task", model.task()));
        facts.add(new Fact("Method", model.method()));
        facts.add(new Fact("Solver", metrics.setting().solver()));
        facts.add(new Fact("Device", metrics.setting().device()));
        facts.add(new Fact("Data", report.data()));
        facts.add(new Fact(
                "Rows",
                Numbers.count(rows.train()) + " to train, " + Numbers.count(rows.validation()) + " to validate, "
                        + Numbers.count(rows.test()) + " to test"
                        + (rows.skipped() > 0 ? ", " + Numbers.count(rows.skipped()) + " left out" : "")));
        facts.add(new Fact(
                "Width",
                Numbers.count(model.features().names().size()) + " features, "
                        + Numbers.count(report.parameterNames().size()) + " uncertain parameters, "
                        + Numbers.count(report.layout().decisionCount()) + " decisions"));
        facts.add(new Fact("Seed", Long.toString(model.seed())));
        return facts;
    }

    /** A group of settings under a heading. */
    record Group(String heading, List<Fact> facts) {}

    static List<Group> settings(RunReport report) {
        ModelDescription model = report.model();
        HyperParameters settings = model.hyperParameters();
        List<Group> groups = new ArrayList<>();
        for (String phase : Phases.of(report.history()).byName().keySet()) {
            HyperParameters.Phase schedule = phase.equals(ReportTables.TWO_STAGE)
                    ? HyperParameters.Phase.LIKELIHOOD
                    : phase.equals("policy-net") ? HyperParameters.Phase.POLICY : HyperParameters.Phase.ENERGY;
            groups.add(new Group("Schedule of " + phase, RecordFacts.of(settings.schedule(schedule))));
        }
        if (!ReportTables.isTwoStage(report)) {
            List<Fact> energy = new ArrayList<>(RecordFacts.of(settings.settings()));
            energy.add(new Fact("scenarios", Numbers.count(settings.scenarios())));
            groups.add(new Group("Energy", energy));
        }
        List<Fact> network = new ArrayList<>();
        network.add(new Fact(
                "kind",
                RecordFacts.words(model.network().getClass().getSimpleName()).replace(" spec", "")));
        network.addAll(RecordFacts.of((Record) model.network()));
        network.add(new Fact(
                "weights",
                Numbers.count(model.weights().stream()
                        .mapToLong(array -> LongStream.of(array.shape()).reduce(1, (a, b) -> a * b))
                        .sum())));
        groups.add(new Group("Network", network));
        groups.add(new Group("Times", times(report.metrics().effort())));
        List<Fact> versions = new ArrayList<>();
        model.versions().forEach((name, version) -> versions.add(new Fact(name, version)));
        groups.add(new Group("Versions", versions));
        return groups;
    }

    private static List<Fact> times(Metrics.Effort effort) {
        return List.of(
                new Fact(
                        "optimal decisions of the training rows",
                        Numbers.seconds(effort.preprocessingSeconds())
                                + (effort.preprocessingCached() ? ", from the cache" : "")),
                new Fact("training, with validation", Numbers.seconds(effort.trainSeconds())),
                new Fact("epoch, median", Numbers.seconds(effort.secondsPerEpoch())),
                new Fact("decision, all cores together", Numbers.seconds(1e-3 * effort.inferenceMillisPerDecision())));
    }
}
