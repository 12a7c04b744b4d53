package com.example.newsvendor;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import org.soebm.api.task.DataException;
import org.soebm.api.task.Table;
import org.soebm.api.task.TaskData;

/**
 * Rows to learn from, one a day, of which the last fifth are test rows. Known of a day: the calendar, the temperature
 * forecast, prices and promotions, and what was asked for on the day before and a week before.
 */
final class SalesFeatures {
    private static final int WEEK = 7;
    private static final double TEST_SHARE = 0.2;

    private SalesFeatures() {}

    /**
     * Makes the rows of consecutive days; the first week only serves as the past of the second.
     *
     * @throws DataException when there are too few days
     */
    static TaskData rows(List<SalesDay> days, String description) {
        int count = days.size() - WEEK;
        if (count < WEEK) {
            throw new DataException("There are " + days.size() + " days (" + description + "), but at least " + 2 * WEEK
                    + " are needed, of which the first " + WEEK + " are the past of the others.");
        }
        Table.Builder features = Table.builder(featureNames());
        Table.Builder demand = Table.builder(NewsvendorTask.PRODUCTS.stream()
                .map(product -> "demand " + product.name())
                .toList());
        for (int day = WEEK; day < days.size(); day++) {
            features.add(features(days.get(day), days.get(day - 1), days.get(day - WEEK)));
            demand.add(days.get(day).demand());
        }
        return new TaskData(features.build(), demand.build(), (int) Math.round(count * (1 - TEST_SHARE)), description);
    }

    private static List<String> featureNames() {
        List<String> names = new ArrayList<>();
        for (DayOfWeek weekday : DayOfWeek.values()) {
            names.add("is " + weekday);
        }
        names.addAll(List.of("cos year", "sin year", "temperature", "holiday"));
        for (String feature : List.of("price", "promoted", "demand yesterday", "demand a week ago")) {
            NewsvendorTask.PRODUCTS.forEach(product -> names.add(feature + " " + product.name()));
        }
        return names;
    }

    private static double[] features(SalesDay day, SalesDay yesterday, SalesDay weekAgo) {
        List<Double> values = new ArrayList<>();
        for (DayOfWeek weekday : DayOfWeek.values()) {
            values.add(day.date().getDayOfWeek() == weekday ? 1.0 : 0);
        }
        double angle = 2 * Math.PI * day.date().getDayOfYear() / 365.25;
        values.add(Math.cos(angle));
        values.add(Math.sin(angle));
        values.add(day.temperature());
        values.add(day.holiday() ? 1.0 : 0);
        for (double price : day.prices()) {
            values.add(price);
        }
        for (boolean promoted : day.promoted()) {
            values.add(promoted ? 1.0 : 0);
        }
        for (double demand : yesterday.demand()) {
            values.add(demand);
        }
        for (double demand : weekAgo.demand()) {
            values.add(demand);
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
