package org.soebm.examples.powerscheduling;

import java.time.Instant;

/**
 * What was measured in one hour.
 *
 * @param time the hour's time stamp, a whole hour
 * @param load electricity load, in the unit of the published data (about 1 to 3)
 * @param temperature outdoor temperature in °F
 */
record LoadRecord(Instant time, double load, double temperature) {}
