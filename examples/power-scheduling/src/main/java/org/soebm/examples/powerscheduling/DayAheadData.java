package org.soebm.examples.powerscheduling;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.soebm.api.task.DataException;
import org.soebm.api.task.Table;
import org.soebm.api.task.TaskData;

/** Turns hourly records into rows to learn from: one for each day and the day after it. */
final class DayAheadData {

    private static final double TRAINING_SHARE = 0.8;
    private static final List<String> FEATURES =
            DayAheadFeature.ALL.stream().map(DayAheadFeature::name).toList();
    private static final List<String> PARAMETERS =
            IntStream.range(0, LocalDay.HOURS).mapToObj(hour -> "y" + hour).toList();

    private DayAheadData() {}

    /**
     * @param series each on its own: no row reaches from one into the next
     * @throws DataException if a series lacks a day or has fewer than two
     */
    static TaskData of(List<LoadSeries> series, String description) {
        List<double[]> features = new ArrayList<>();
        List<double[]> parameters = new ArrayList<>();
        for (LoadSeries one : series) {
            List<LocalDay> days = LocalDay.of(one);
            if (days.size() < 2) {
                throw new DataException(
                        "The %s has too few days (%d): a row needs a day and the next one. Maybe the file was cut off?"
                                .formatted(one.source(), days.size()));
            }
            for (int i = 1; i < days.size(); i++) {
                features.add(features(days.get(i - 1), days.get(i)));
                parameters.add(parameters(days.get(i)));
            }
        }
        return new TaskData(
                Table.of(FEATURES, features.toArray(double[][]::new)),
                Table.of(PARAMETERS, parameters.toArray(double[][]::new)),
                (int) (TRAINING_SHARE * features.size()),
                description);
    }

    private static double[] features(LocalDay past, LocalDay next) {
        return DayAheadFeature.ALL.stream()
                .mapToDouble(feature -> feature.value().applyAsDouble(past, next))
                .toArray();
    }

    private static double[] parameters(LocalDay next) {
        return next.hours().stream().mapToDouble(LoadRecord::load).toArray();
    }
}
