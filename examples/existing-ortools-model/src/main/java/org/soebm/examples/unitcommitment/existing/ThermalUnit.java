package org.soebm.examples.unitcommitment.existing;

/**
 * A thermal power station.
 *
 * @param name for the schedule
 * @param minimum least output while on, MW
 * @param maximum most output, MW
 * @param ramp most change of the output from one hour to the next while on, MW
 * @param minimumUp hours that it stays on once started
 * @param minimumDown hours that it stays off once stopped
 * @param startCost EUR a start
 * @param runningCost EUR an hour while on, whatever the output
 * @param fuelCost EUR/MWh
 */
public record ThermalUnit(
        String name,
        double minimum,
        double maximum,
        double ramp,
        int minimumUp,
        int minimumDown,
        double startCost,
        double runningCost,
        double fuelCost) {}
