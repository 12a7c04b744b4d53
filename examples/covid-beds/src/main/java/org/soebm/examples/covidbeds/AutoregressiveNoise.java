package org.soebm.examples.covidbeds;

import java.util.random.RandomGenerator;

/** A Gaussian AR(1) process of constant spread, v ← ρ v + √(1 − ρ²) σ ε. */
final class AutoregressiveNoise {
    private final double memory;
    private final double std;
    private final RandomGenerator random;
    private double value;

    /**
     * @param memory ρ, the correlation from one day to the next
     * @param std σ of the values
     */
    AutoregressiveNoise(double memory, double std, RandomGenerator random) {
        this.memory = memory;
        this.std = std;
        this.random = random;
        value = std * random.nextGaussian();
    }

    double next() {
        value = memory * value + Math.sqrt(1 - memory * memory) * std * random.nextGaussian();
        return value;
    }
}
