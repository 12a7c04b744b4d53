package org.soebm.examples.powerscheduling;

import java.util.List;

/**
 * Hourly records without a break longer than a day.
 *
 * @param source where the records come from, for messages: a file, say
 * @param records in any order; where two records share an hour, the first one counts
 */
record LoadSeries(String source, List<LoadRecord> records) {

    LoadSeries {
        records = List.copyOf(records);
    }
}
