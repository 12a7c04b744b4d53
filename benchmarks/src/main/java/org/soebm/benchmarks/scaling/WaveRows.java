package org.soebm.benchmarks.scaling;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Made-up load curves, waves of random level, height and phase with a period of 24 decisions,
 *
 * <pre>  y_i = level + height · sin(2π i/24 + phase) + roughness · ε_i,      ε_i ~ N(0, 1),</pre>
 *
 * and features that tell level, height and phase apart from noise. Without roughness two neighbours differ by 0.27 at most,
 * so that generation can follow.
 */
record WaveRows(int featureCount, int parameterCount, double roughness) implements RowSource {
    private static final RandomGeneratorFactory<RandomGenerator> GENERATORS =
            RandomGeneratorFactory.of("L64X128MixRandom"); // of any seed in no time, so that rows need no order
    private static final int PERIOD = 24;
    private static final double NOISE = 0.1;

    @Override
    public void write(long row, double[] features, double[] parameters) {
        RandomGenerator random = GENERATORS.create(row);
        double level = random.nextDouble(1, 2);
        double height = random.nextDouble(0.5, 1);
        double phase = random.nextDouble(0, 2 * Math.PI);
        double[] signals = {level, height * Math.sin(phase), height * Math.cos(phase)};
        for (int i = 0; i < features.length; i++) {
            features[i] = signals[i % signals.length] + NOISE * random.nextGaussian();
        }
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = level
                    + height * Math.sin(2 * Math.PI * i / PERIOD + phase)
                    + (roughness == 0 ? 0 : roughness * random.nextGaussian());
        }
    }
}
