package org.soebm.examples.unitcommitment;

import org.soebm.api.task.Task;
import org.soebm.api.task.TaskProvider;
import org.soebm.examples.unitcommitment.existing.UnitCommitment;

/** Registers {@link FuelPricesTask}; named in {@code META-INF/services}. */
public final class FuelPricesTaskProvider implements TaskProvider {
    private static final int DAYS = 600;

    /** What is delivered every day from 8 to 20 o'clock, MW, one an hour. */
    static final double[] CONTRACT = {90, 120, 146, 158, 166, 170, 152, 128, 110, 132, 160, 140};

    private static final UnitCommitment STATIONS =
            new UnitCommitment(UnitCommitment.THREE_UNITS.units(), CONTRACT.length, 20);

    @Override
    public String name() {
        return FuelPricesTask.NAME;
    }

    @Override
    public String description() {
        return "which power stations run tomorrow, before fuel prices are known: an existing OR-Tools model, linear cost";
    }

    @Override
    public Task create() {
        return new FuelPricesTask(STATIONS, CONTRACT, DAYS);
    }
}
