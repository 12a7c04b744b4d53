package org.soebm.examples.covidbeds;

import org.soebm.api.task.Task;
import org.soebm.api.task.TaskProvider;

/** Registers {@link CovidBedsTask}; named in {@code META-INF/services}. */
public final class CovidBedsTaskProvider implements TaskProvider {
    /** The system property that limits the bed days of a week, per 100,000 inhabitants. */
    static final String BED_DAYS_PROPERTY = "soebm.covid-beds.bed-days";

    /** The system property that says what the network predicts: {@code rates}, or {@code beds} without a simulation. */
    static final String PREDICT_PROPERTY = "soebm.covid-beds.predict";

    @Override
    public String name() {
        return CovidBedsTask.NAME;
    }

    @Override
    public String description() {
        return "how many hospital beds to staff in the next seven days of an epidemic";
    }

    /**
     * @throws IllegalArgumentException when the system property {@value #BED_DAYS_PROPERTY} is not a positive number, or
     *     {@value #PREDICT_PROPERTY} neither {@code rates} nor {@code beds}
     */
    @Override
    public Task create() {
        CovidBedsTask task = budgeted();
        String predicted = System.getProperty(PREDICT_PROPERTY, "rates");
        return switch (predicted) {
            case "rates" -> task;
            case "beds" -> task.forecastingBeds();
            default ->
                throw new IllegalArgumentException("The system property " + PREDICT_PROPERTY + " is '" + predicted
                        + "', but must be rates or beds. Maybe leave it out?");
        };
    }

    private static CovidBedsTask budgeted() {
        String bedDays = System.getProperty(BED_DAYS_PROPERTY);
        if (bedDays == null) {
            return CovidBedsTask.unlimited();
        }
        try {
            return CovidBedsTask.withBedDays(Double.parseDouble(bedDays));
        } catch (IllegalArgumentException e) { // of the number's syntax or of its size
            throw new IllegalArgumentException(
                    "The system property " + BED_DAYS_PROPERTY + " is '" + bedDays
                            + "', but must be a positive, finite number of bed days per 100,000 inhabitants."
                            + " Maybe leave it out?",
                    e);
        }
    }
}
