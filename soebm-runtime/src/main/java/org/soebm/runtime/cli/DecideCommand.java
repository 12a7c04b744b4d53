package org.soebm.runtime.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.soebm.api.task.DataException;
import org.soebm.api.task.Table;
import org.soebm.runtime.inference.CostForecast;
import org.soebm.runtime.inference.DecisionModel;
import org.soebm.runtime.inference.ModelDescription;
import org.soebm.runtime.inference.TrainingData;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** argmin_{a ∈ C} E(x, a; θ) for each row of a file. */
@Command(
        name = "decide",
        description = "Decide with a trained model, one row of features at a time.",
        footer = {
            "",
            "Example: soebm decide --model out/power --features x.csv --out a.csv",
            "",
            "Through pipes: ... | soebm decide --model out/power --features - --out - | ...",
            "",
            "x.csv has a header row and the columns that the model was trained on; a.csv gets the columns a0, a1, ...",
            "Files whose names end in .arrow or .feather are Arrow files, uncompressed."
        })
final class DecideCommand implements Callable<Integer> {
    private static final double[] QUANTILES = {0.05, 0.25, 0.5, 0.75, 0.95};

    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOptions modelOptions;

    @Option(
            names = "--features",
            paramLabel = "FILE",
            required = true,
            description = "CSV or Arrow file of the features x; - is CSV from standard input.")
    private Path featuresFile;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "CSV or Arrow file for the decisions a; - is CSV to standard output.")
    private Path out;

    @Option(
            names = "--costs",
            description =
                    "Also write what each decision costs by the prediction: the columns expectedCost, and costQ05,"
                            + " costQ25, costQ50, costQ75, costQ95, the quantiles.")
    private boolean costs;

    @Override
    public Integer call() {
        ModelDescription description = modelOptions.describe(spec);
        Table features = features(description.features().names());
        warnOfFarFeatures(features, description.trainedOn());
        TableStream.requireWritable(out);
        try (DecisionModel model = modelOptions.load();
                Progress progress = Progress.start(
                        spec.commandLine().getErr(), "Deciding " + features.rows() + " rows", features.rows())) {
            Table decisions = model.decisions(features, (row, decision) -> progress.step(), Main.interruption(spec));
            progress.end("");
            TableStream.write(out, costs ? withCosts(model, features, decisions) : decisions, spec);
        }
        return 0;
    }

    /** What is far from the training rows may still be right; wrong units are more likely. */
    private void warnOfFarFeatures(Table features, TrainingData data) {
        int[] far = {0, -1, -1}; // how many rows, the first, and its feature
        features.forEachRow((row, values) -> {
            int feature = data.farFeature(values);
            if (feature >= 0 && far[0]++ == 0) {
                far[1] = row;
                far[2] = feature;
            }
        });
        if (far[0] > 0) {
            spec.commandLine()
                    .getErr()
                    .println("Warning: " + far[0] + " of " + features.rows()
                            + " rows are far outside of what the model was"
                            + " trained on, the first in row " + (far[1] + 1) + ": "
                            + features.columns().get(far[2]) + " is " + features.row(far[1])[far[2]]
                            + ", but was " + data.least()[far[2]] + " to " + data.greatest()[far[2]]
                            + " in training. Maybe the units differ?");
        }
    }

    private static Table withCosts(DecisionModel model, Table features, Table decisions) {
        List<String> columns = new ArrayList<>(decisions.columns());
        columns.add("expectedCost");
        for (double share : QUANTILES) {
            columns.add(String.format(Locale.ROOT, "costQ%02.0f", 100 * share));
        }
        Table.Builder table = Table.builder(columns);
        decisions.forEachRow((row, decision) -> {
            CostForecast forecast = model.costs(features.row(row), decision);
            double[] values = Arrays.copyOf(decision, columns.size());
            values[decision.length] = forecast.expected();
            for (int i = 0; i < QUANTILES.length; i++) {
                values[decision.length + 1 + i] = forecast.quantile(QUANTILES[i]);
            }
            table.add(values);
        });
        return table.build();
    }

    /** The features, whose columns must be those of the training in the same order wherever they have the same names. */
    private Table features(List<String> trained) {
        Table features = TableStream.read(
                featuresFile, trained.size(), "the model was trained on " + trained.size() + " features");
        List<String> columns = features.columns();
        if (!columns.equals(trained)) {
            if (new HashSet<>(columns).equals(new HashSet<>(trained))) {
                int first = 0;
                while (columns.get(first).equals(trained.get(first))) {
                    first++;
                }
                throw new DataException(TableStream.name(featuresFile)
                        + " has the model's columns in another order: column " + (first + 1) + " is "
                        + columns.get(first) + ", but must be " + trained.get(first) + ".");
            }
            spec.commandLine()
                    .getErr()
                    .println("Warning: the columns of " + TableStream.name(featuresFile)
                            + " have other names than those that the model was"
                            + " trained on; they are taken to be the same in the same order.");
        }
        return features;
    }
}
