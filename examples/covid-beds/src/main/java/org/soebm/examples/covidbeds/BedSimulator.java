package org.soebm.examples.covidbeds;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.soebm.api.task.Simulator;

/**
 * y = g(x, β): occupied hospital beds from the states of the past three weeks and the infection rates of the week ahead.
 *
 * <ul>
 *   <li>x: {@value #PAST_DAYS} days of ln(1 + people per 100,000 inhabitants), column {@code t · 10 + c} for compartment c
 *       of the t-th day, the last of them yesterday evening. In logarithms an epidemic grows along a straight line, and
 *       the simulation gets the people back exactly. Only the last day enters it.
 *   <li>β: infection rate of each of the {@value #DAYS_AHEAD} days ahead, per day.
 *   <li>y: Hr + Hd per 100,000 inhabitants at the end of each of these days.
 * </ul>
 */
public final class BedSimulator implements Simulator {
    static final int PAST_DAYS = 21;
    static final int DAYS_AHEAD = 7;

    /** People of a state after {@link #perInhabitants}. */
    static final double INHABITANTS = 100_000;

    private static final int COUNT = Compartment.COUNT;

    /** The names of the feature columns: S_20 is 20 days before the last one, S_0. */
    static List<String> featureNames() {
        return IntStream.range(0, PAST_DAYS)
                .boxed()
                .flatMap(t -> Compartment.SYMBOLS.stream().map(symbol -> symbol + "_" + (PAST_DAYS - 1 - t)))
                .toList();
    }

    /** A state per {@link #INHABITANTS} people. */
    static double[] perInhabitants(double[] state) {
        double population = Compartment.population(state);
        return Arrays.stream(state)
                .map(people -> INHABITANTS / population * people)
                .toArray();
    }

    /**
     * x of states in any unit of people.
     *
     * @param states {@link #PAST_DAYS} of them
     */
    static double[] features(List<double[]> states) {
        return states.stream()
                .flatMapToDouble(state -> Arrays.stream(perInhabitants(state)).map(Math::log1p))
                .toArray();
    }

    @Override
    public int latentCount() {
        return DAYS_AHEAD;
    }

    @Override
    public int parameterCount() {
        return DAYS_AHEAD;
    }

    @Override
    public NDArray simulate(NDArray features, NDArray latents) {
        try (TensorScope scope = new TensorScope(latents)) {
            long start = (long) (PAST_DAYS - 1) * COUNT;
            NDArray yesterday = features.split(new long[] {start}, 1).get(1); // (B, 10)
            NDArray states = yesterday.exp().sub(yesterday.onesLike()).expandDims(1); // (B, 1, 10)
            double[] inBed = new double[COUNT];
            inBed[Compartment.HOSPITAL_RECOVERING.index()] = 1;
            inBed[Compartment.HOSPITAL_DYING.index()] = 1;
            return scope.keep(Epidemic.trajectories(states, latents).matMul(scope.constant(inBed, COUNT)));
        }
    }

    @Override
    public String fingerprint() {
        return "SEIR+HD, " + PAST_DAYS + " days of ln(1 + people per 100,000), beds of " + DAYS_AHEAD + " days, "
                + Epidemic.STEPS_PER_DAY + " steps a day, rates " + Arrays.deepToString(DiseaseModel.flowMatrix())
                + ", infectivity " + Arrays.toString(DiseaseModel.infectivities());
    }
}
