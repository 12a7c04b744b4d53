package org.soebm.examples.unitcommitment;

import org.soebm.examples.unitcommitment.existing.ThermalUnit;

/** What a station of the existing model burns. Its costs, in euros, were worked out at the prices that stand here. */
enum Fuel {
    COAL(7, 0.34),
    GAS(19, 0.20),
    OIL(24, 0.27);

    /** Of an allowance to emit a tonne, when the costs were worked out, EUR. */
    private static final double ALLOWANCE = 10;

    private final double price; // EUR/MWh of heat
    private final double emission; // t/MWh of heat

    Fuel(double price, double emission) {
        this.price = price;
        this.emission = emission;
    }

    /** The fuel of a station. */
    static Fuel of(ThermalUnit unit) {
        return switch (unit.name()) {
            case "base" -> COAL;
            case "middle" -> GAS;
            case "peaker" -> OIL;
            default ->
                throw new IllegalArgumentException(
                        "Nothing is known about the fuel of station " + unit.name() + ". Maybe add it to Fuel?");
        };
    }

    /** How much heat, in MWh, a cost of the existing model stands for. */
    double heat(double cost) {
        return cost / (price + emission * ALLOWANCE);
    }

    /** Tonnes of CO2 that a MWh of heat emits. */
    double emission() {
        return emission;
    }
}
