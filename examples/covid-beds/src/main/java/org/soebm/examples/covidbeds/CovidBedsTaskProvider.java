package org.soebm.examples.covidbeds;

import org.soebm.api.task.Task;
import org.soebm.api.task.TaskProvider;

/** Registers {@link CovidBedsTask}; named in {@code META-INF/services}. */
public final class CovidBedsTaskProvider implements TaskProvider {
    /** The system property that limits the bed days of a week, per 100,000 inhabitants. */
    static final String BED_DAYS_PROPERTY = "soebm.covid-beds.bed-days";

    @Override
    public String name() {
        return CovidBedsTask.NAME;
    }

    @Override
    public String description() {
        return "how many hospital beds to staff in the next seven days of an epidemic";
    }

    /**
     * @throws IllegalArgumentException when the system property {@value #BED_DAYS_PROPERTY} is not a positive number
     */
    @Override
    public Task create() {
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
