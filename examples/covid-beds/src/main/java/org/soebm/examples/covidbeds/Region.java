package org.soebm.examples.covidbeds;

/**
 * What was observed of the epidemic of one region, day by day without a gap. The arrays are not copied; do not change them.
 *
 * @param name tells the regions apart
 * @param firstDay the number of the first day, on the calendar that all regions share
 * @param states people by compartment in the evening of each day, shape (days, 10)
 */
record Region(String name, long firstDay, double[][] states) {
    /** The number of days. */
    int days() {
        return states.length;
    }
}
