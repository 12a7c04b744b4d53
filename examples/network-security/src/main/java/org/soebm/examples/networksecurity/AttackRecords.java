package org.soebm.examples.networksecurity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.soebm.api.task.GraphConvolutionSpec.Edge;
import org.soebm.api.task.Table;
import org.soebm.api.task.TaskData;

/**
 * Made-up records of attacks on a network, one row a period of time. Independently for each period:
 *
 * <pre>
 *   attractiveness  φ = −1.5 + 1.25 z,   z = √0.7 · (Â²ε, scaled to variance 1) + √0.3 · ε'
 *   features        x = random graph network of z + 0.3 · noise
 *   past coverage   a = min(1, budget · share · direction), share uniform in [0.2, 1], direction uniform on the simplex
 *   observations    a, and how often 20 attackers set out along each edge under φ and a, as far as it is on record
 * </pre>
 *
 * <p>with ε, ε' and noise standard Gaussian a node and Â the normalised adjacency matrix with loops of
 * {@link org.soebm.api.task.GraphConvolutionSpec}: what attracts spreads to the neighbours and theirs. The random graph
 * network is that of the graph's seed, the same for all seeds of the data. {@link CrowdedPlaces} says what is on record,
 * unless records are complete.
 */
final class AttackRecords {
    private static final double MEAN = -1.5;
    private static final double STD = 1.25;
    private static final double SPREAD_SHARE = 0.7;
    private static final double NOISE = 0.3;
    private static final double SMALLEST_SHARE = 0.2;
    private static final int WALKS = 20;

    private final SecurityGame game;
    private final boolean complete;
    private final Random random;
    private final Random recording;
    private final double[] selfWeight; // diagonal of Â
    private final double[] edgeWeight; // Â on the edges
    private final double[] spreadStd; // of Â²ε
    private final RandomGraphNetwork network;
    private final AttackerWalks walks;

    private AttackRecords(SecurityGame game, boolean complete, long graphSeed, long seed) {
        this.complete = complete;
        this.game = game;
        random = new Random(seed);
        recording = new Random(~seed); // of its own, so that complete records are those of the same attacks
        network = new RandomGraphNetwork(game, graphSeed);
        walks = new AttackerWalks(game);
        double[] degree = new double[game.nodes()];
        Arrays.fill(degree, 1);
        for (Edge edge : game.edges()) {
            degree[edge.from()]++;
            degree[edge.to()]++;
        }
        selfWeight = Arrays.stream(degree).map(d -> 1 / d).toArray();
        edgeWeight = game.edges().stream()
                .mapToDouble(edge -> 1 / Math.sqrt(degree[edge.from()] * degree[edge.to()]))
                .toArray();
        double[] variance = new double[game.nodes()];
        for (int v = 0; v < game.nodes(); v++) {
            double[] unit = new double[game.nodes()];
            unit[v] = 1;
            double[] column = spread(spread(unit));
            Arrays.setAll(variance, w -> variance[w] + column[w] * column[w]);
        }
        spreadStd = Arrays.stream(variance).map(Math::sqrt).toArray();
    }

    /**
     * Periods of which the last fourth is for tests.
     *
     * @param periods how many
     * @param complete whether every move is on record
     * @param graphSeed of the network that makes the features
     * @param seed of everything else
     */
    static TaskData generate(SecurityGame game, int periods, boolean complete, long graphSeed, long seed) {
        AttackRecords records = new AttackRecords(game, complete, graphSeed, seed);
        List<double[]> features = new ArrayList<>();
        List<double[]> attractions = new ArrayList<>();
        List<double[]> observations = new ArrayList<>();
        for (int period = 0; period < periods; period++) {
            double[] z = records.attraction();
            double[] attraction =
                    Arrays.stream(z).map(value -> MEAN + STD * value).toArray();
            double[] x = records.network.features(z);
            Arrays.setAll(x, i -> x[i] + NOISE * records.random.nextGaussian());
            features.add(x);
            attractions.add(attraction);
            observations.add(records.observe(attraction, z));
        }
        return new TaskData(
                Table.of(featureNames(game), features.toArray(double[][]::new)),
                Table.of(names("phi", game.nodes()), attractions.toArray(double[][]::new)),
                Table.of(observationNames(game), observations.toArray(double[][]::new)),
                periods - periods / 4,
                periods + " simulated periods on a graph of " + game.nodes() + " nodes and "
                        + game.edges().size() + " edges" + (complete ? ", complete records" : "") + ", seed " + seed);
    }

    /** z, of mean 0 and variance 1 at each node. */
    private double[] attraction() {
        double[] spread = spread(spread(gaussians(game.nodes())));
        double[] own = gaussians(game.nodes());
        double[] z = new double[game.nodes()];
        Arrays.setAll(
                z, v -> Math.sqrt(SPREAD_SHARE) * spread[v] / spreadStd[v] + Math.sqrt(1 - SPREAD_SHARE) * own[v]);
        return z;
    }

    private double[] observe(double[] attraction, double[] z) {
        double[] coverage = coverage();
        double[] counts = walks.counts(attraction, coverage, WALKS, random);
        if (!complete) {
            counts = CrowdedPlaces.recorded(counts, game.edges(), z, recording);
        }
        double[] observation = Arrays.copyOf(coverage, coverage.length + counts.length);
        System.arraycopy(counts, 0, observation, coverage.length, counts.length);
        return observation;
    }

    private double[] coverage() {
        double total = game.budget() * (SMALLEST_SHARE + (1 - SMALLEST_SHARE) * random.nextDouble());
        double[] direction = new double[game.edges().size()];
        Arrays.setAll(direction, e -> -Math.log1p(-random.nextDouble()));
        double sum = Arrays.stream(direction).sum();
        Arrays.setAll(direction, e -> Math.min(1, total * direction[e] / sum));
        return direction;
    }

    /** Âx. */
    private double[] spread(double[] x) {
        double[] result = new double[x.length];
        Arrays.setAll(result, v -> selfWeight[v] * x[v]);
        for (int e = 0; e < edgeWeight.length; e++) {
            Edge edge = game.edges().get(e);
            result[edge.from()] += edgeWeight[e] * x[edge.to()];
            result[edge.to()] += edgeWeight[e] * x[edge.from()];
        }
        return result;
    }

    private double[] gaussians(int count) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> random.nextGaussian());
        return values;
    }

    private static List<String> names(String prefix, int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(prefix + i);
        }
        return names;
    }

    private static List<String> featureNames(SecurityGame game) {
        List<String> names = new ArrayList<>();
        for (int v = 0; v < game.nodes(); v++) {
            names.addAll(names("node" + v + "feature", RandomGraphNetwork.FEATURES));
        }
        return names;
    }

    private static List<String> observationNames(SecurityGame game) {
        List<String> names = new ArrayList<>(names("coverage", game.edges().size()));
        for (Edge edge : game.edges()) {
            names.add("moves" + edge.from() + "to" + edge.to());
        }
        for (Edge edge : game.edges()) {
            names.add("moves" + edge.to() + "to" + edge.from());
        }
        return names;
    }
}
