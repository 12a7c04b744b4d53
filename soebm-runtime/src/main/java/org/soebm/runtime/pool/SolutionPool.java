package org.soebm.runtime.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Distinct feasible decisions, at most so many. Two decisions are the same when their entries agree to {@value #SAME},
 * relative to the larger of 1 and their size. Those of {@link #add} stay; those of {@link #addNew}, which a training meets on
 * its way, make room for each other, the oldest first. Not thread-safe.
 */
public final class SolutionPool {
    /** By how much a solver's answers to one problem may differ. */
    private static final double SAME = 1e-6;

    private final int width;
    private final int capacity;
    private final List<double[]> decisions = new ArrayList<>();
    private final Map<Key, Integer> places = new HashMap<>();
    private final Deque<Integer> replaceable = new ArrayDeque<>(); // places, the oldest first
    private long version;

    /** A decision up to rounding. */
    private record Key(long[] rounded) {
        static Key of(double[] decision) {
            long[] rounded = new long[decision.length];
            for (int i = 0; i < rounded.length; i++) {
                double unit = SAME * Math.max(1, Math.scalb(1.0, Math.getExponent(decision[i])));
                rounded[i] = Double.doubleToLongBits(Math.rint(decision[i] / unit) * unit + 0.0);
            }
            return new Key(rounded);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && Arrays.equals(rounded, key.rounded);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(rounded);
        }
    }

    /**
     * An empty pool.
     *
     * @param width da, the number of decisions
     * @param capacity how many it holds at most, at least 1
     */
    public SolutionPool(int width, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("A pool of at most " + capacity + " decisions holds none.");
        }
        this.width = width;
        this.capacity = capacity;
    }

    /** Adds a decision that stays, if it is new and there is room; whether it was added. */
    public boolean add(double[] decision) {
        Key key = key(decision);
        if (places.containsKey(key) || decisions.size() >= capacity) {
            return false;
        }
        places.put(key, decisions.size());
        decisions.add(decision.clone());
        version++;
        return true;
    }

    /** Adds a decision, if it is new, in the place of the oldest that was so added where the pool is full; whether it did. */
    public boolean addNew(double[] decision) {
        Key key = key(decision);
        if (places.containsKey(key)) {
            return false;
        }
        if (decisions.size() < capacity) {
            replaceable.add(decisions.size());
            return add(decision);
        }
        Integer place = replaceable.poll();
        if (place == null) {
            return false;
        }
        places.remove(key(decisions.get(place)));
        places.put(key, place);
        decisions.set(place, decision.clone());
        replaceable.add(place);
        version++;
        return true;
    }

    private Key key(double[] decision) {
        if (decision.length != width) {
            throw new IllegalArgumentException(
                    "The pool holds " + width + " decisions at a time, but was given " + decision.length + ".");
        }
        return Key.of(decision);
    }

    /** How many decisions it holds. */
    public int size() {
        return decisions.size();
    }

    /** da. */
    public int width() {
        return width;
    }

    /** A number that changes with the pool. */
    public long version() {
        return version;
    }

    /** The decision at a place, from 0; not to be changed. */
    public double[] get(int place) {
        return decisions.get(place);
    }

    /** The place of a decision, or −1. */
    public int placeOf(double[] decision) {
        return places.getOrDefault(key(decision), -1);
    }

    /** All decisions in single precision, row-major. */
    public float[] toFloats() {
        float[] values = new float[decisions.size() * width];
        int next = 0;
        for (double[] decision : decisions) {
            for (double value : decision) {
                values[next++] = (float) value;
            }
        }
        return values;
    }

    /**
     * The place of the decision that is cheapest under some coefficients.
     *
     * @param coefficients c of cᵀa, length da
     * @throws IllegalStateException when the pool is empty
     */
    public int cheapest(double[] coefficients) {
        if (decisions.isEmpty()) {
            throw new IllegalStateException("The pool is empty.");
        }
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int place = 0; place < decisions.size(); place++) {
            double cost = cost(coefficients, decisions.get(place));
            if (cost < least) {
                least = cost;
                best = place;
            }
        }
        return best;
    }

    /**
     * exp(−cᵀs/T) of each decision s, divided by their sum; in log space.
     *
     * @param coefficients c, length da
     * @param temperature T, positive
     */
    public double[] softmin(double[] coefficients, double temperature) {
        double[] weights = new double[decisions.size()];
        double largest = Double.NEGATIVE_INFINITY;
        for (int place = 0; place < weights.length; place++) {
            weights[place] = -cost(coefficients, decisions.get(place)) / temperature;
            largest = Math.max(largest, weights[place]);
        }
        double sum = 0;
        for (int place = 0; place < weights.length; place++) {
            weights[place] = Math.exp(weights[place] - largest);
            sum += weights[place];
        }
        for (int place = 0; place < weights.length; place++) {
            weights[place] /= sum;
        }
        return weights;
    }

    /** The mean decision, each as likely. */
    public double[] mean() {
        double[] weights = new double[decisions.size()];
        Arrays.fill(weights, 1.0 / weights.length);
        return mean(weights);
    }

    /**
     * The mean decision.
     *
     * @param weights of the decisions, which sum to 1
     */
    public double[] mean(double[] weights) {
        double[] mean = new double[width];
        for (int place = 0; place < weights.length; place++) {
            double[] decision = decisions.get(place);
            for (int i = 0; i < width; i++) {
                mean[i] += weights[place] * decision[i];
            }
        }
        return mean;
    }

    private static double cost(double[] coefficients, double[] decision) {
        double cost = 0;
        for (int i = 0; i < decision.length; i++) {
            cost += coefficients[i] * decision[i];
        }
        return cost;
    }

    /** What {@link #addNew} has added and is still there: the places, the oldest first, then the decision at each. */
    public List<double[]> additions() {
        List<double[]> additions = new ArrayList<>();
        additions.add(replaceable.stream().mapToDouble(Integer::doubleValue).toArray());
        replaceable.forEach(place -> additions.add(decisions.get(place)));
        return additions;
    }

    /**
     * Adds what another pool, to which the same decisions were {@linkplain #add added}, had learned since.
     *
     * @param additions its {@link #additions}
     * @throws IllegalArgumentException when they do not follow on this pool's decisions
     */
    public void restore(List<double[]> additions) {
        double[] order = additions.get(0);
        int[] byPlace = IntStream.range(0, order.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> order[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int i : byPlace) {
            if (order[i] != decisions.size() || !addNew(additions.get(i + 1))) {
                throw new IllegalArgumentException("The pool of " + decisions.size()
                        + " decisions is not the one whose additions are to be restored.");
            }
        }
        replaceable.clear();
        for (double place : order) {
            replaceable.add((int) place);
        }
    }
}
