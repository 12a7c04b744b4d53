package org.soebm.examples.networksecurity;

import java.util.Arrays;
import org.soebm.api.cost.SmoothObjective;
import org.soebm.examples.networksecurity.SecurityGame.Target;

/**
 * f(φ, ·) of one known φ in plain doubles, with its gradient by the adjoint method; shares no code with
 * {@link GameCost}. The chain is eliminated state by state (Grassmann, Taksar and Heyman), so it is accurate for any a in
 * [0, 1] too. For those who compare solvers. Coverage outside [0, 1] counts as the nearest in it.
 */
final class KnownAttraction implements SmoothObjective {
    private final SecurityGame game;
    private final double[] attraction;
    private final boolean[] isTarget;
    private final double[] gain; // what is gained at a node on arrival

    KnownAttraction(SecurityGame game, double[] attraction) {
        this(game, attraction, utilities(game));
    }

    private KnownAttraction(SecurityGame game, double[] attraction, double[] gain) {
        this.game = game;
        this.attraction = attraction.clone();
        this.gain = gain;
        isTarget = new boolean[game.nodes()];
        game.targets().forEach(target -> isTarget[target.node()] = true);
    }

    private static double[] utilities(SecurityGame game) {
        double[] gain = new double[game.nodes()];
        for (Target target : game.targets()) {
            gain[target.node()] = target.utility();
        }
        return gain;
    }

    /** The probability that the walk ends at a target, as an objective. */
    static KnownAttraction arrivingAt(int target, SecurityGame game, double[] attraction) {
        double[] gain = new double[game.nodes()];
        gain[target] = 1;
        return new KnownAttraction(game, attraction, gain);
    }

    @Override
    public int dimension() {
        return game.edges().size();
    }

    @Override
    public double value(double[] decisions) {
        return new Walk(decisions).value();
    }

    /** The probability that the attacker is caught, computed by itself. */
    double caught(double[] decisions) {
        Walk walk = new Walk(decisions);
        double[] visits = walk.solveTransposed(walk.start());
        double sum = 0;
        for (int v = 0; v < game.nodes(); v++) {
            for (int w = 0; w < game.nodes(); w++) {
                sum += visits[v] * walk.choice[v][w] * walk.coverage[v][w];
            }
        }
        return sum;
    }

    @Override
    public double valueAndGradient(double[] decisions, double[] gradient) {
        Walk walk = new Walk(decisions);
        double[] values = walk.solve(walk.directGain());
        for (int v = 0; v < values.length; v++) {
            if (isTarget[v]) {
                values[v] = gain[v];
            }
        }
        double[] visits = walk.solveTransposed(walk.start());
        for (int e = 0; e < dimension(); e++) {
            int from = game.edges().get(e).from();
            int to = game.edges().get(e).to();
            gradient[e] = walk.derivative(from, to, visits, values) + walk.derivative(to, from, visits, values);
        }
        double sum = 0;
        for (int source : game.sources()) {
            sum += values[source] / game.sources().size();
        }
        return sum;
    }

    /** The chain under one coverage. */
    private final class Walk {
        private final double[][] choice = new double[game.nodes()][game.nodes()];
        private final double[][] coverage = new double[game.nodes()][game.nodes()];
        private final double[][] factors = new double[game.nodes()][game.nodes()]; // of the elimination
        private final double[] pivots = new double[game.nodes()];

        Walk(double[] decisions) {
            int n = game.nodes();
            boolean[][] joined = new boolean[n][n];
            for (int e = 0; e < dimension(); e++) {
                int v = game.edges().get(e).from();
                int w = game.edges().get(e).to();
                joined[v][w] = joined[w][v] = true;
                coverage[v][w] = coverage[w][v] = Math.max(0, Math.min(1, decisions[e]));
            }
            double[] leaving = new double[n];
            for (int v = 0; v < n; v++) {
                if (isTarget[v]) {
                    continue;
                }
                double highest = Double.NEGATIVE_INFINITY;
                for (int w = 0; w < n; w++) {
                    if (joined[v][w]) {
                        highest = Math.max(highest, logit(v, w));
                    }
                }
                double sum = 0;
                for (int w = 0; w < n; w++) {
                    choice[v][w] = joined[v][w] ? Math.exp(logit(v, w) - highest) : 0;
                    sum += choice[v][w];
                }
                for (int w = 0; w < n; w++) {
                    choice[v][w] /= sum;
                    double arrival = choice[v][w] * (1 - coverage[v][w]);
                    leaving[v] += choice[v][w] * coverage[v][w] + (isTarget[w] ? arrival : 0);
                    factors[v][w] = isTarget[w] ? 0 : arrival;
                }
            }
            eliminate(leaving);
        }

        private double logit(int v, int w) {
            return attraction[w] - game.coverageEffect() * coverage[v][w];
        }

        /** Takes states out of the chain from the last to the first; what leads through one leads on from it. */
        private void eliminate(double[] leaving) {
            for (int k = game.nodes() - 1; k >= 0; k--) {
                if (isTarget[k]) {
                    continue;
                }
                pivots[k] = leaving[k];
                for (int j = 0; j < k; j++) {
                    pivots[k] += factors[k][j];
                }
                for (int i = 0; i < k; i++) {
                    double into = factors[i][k] / pivots[k];
                    leaving[i] += into * leaving[k];
                    for (int j = 0; j < k; j++) {
                        factors[i][j] += i == j ? 0 : into * factors[k][j];
                    }
                }
            }
        }

        double[] start() {
            double[] start = new double[game.nodes()];
            for (int source : game.sources()) {
                start[source] = 1.0 / game.sources().size();
            }
            return start;
        }

        double[] directGain() {
            double[] direct = new double[game.nodes()];
            for (int v = 0; v < direct.length; v++) {
                for (int w = 0; w < direct.length; w++) {
                    direct[v] += isTarget[w] ? choice[v][w] * (1 - coverage[v][w]) * gain[w] : 0;
                }
            }
            return direct;
        }

        double value() {
            double[] values = solve(directGain());
            double sum = 0;
            for (int source : game.sources()) {
                sum += values[source] / game.sources().size();
            }
            return sum;
        }

        /** x with (I − Q) x = b: with I − Q = U L, first U, then L. */
        double[] solve(double[] b) {
            double[] x = b.clone();
            for (int k = x.length - 1; k >= 0; k--) {
                x[k] = isTarget[k] ? 0 : x[k] / pivots[k];
                for (int i = 0; i < k; i++) {
                    x[i] += factors[i][k] * x[k];
                }
            }
            for (int k = 0; k < x.length; k++) {
                for (int j = 0; j < k && !isTarget[k]; j++) {
                    x[k] += factors[k][j] / pivots[k] * x[j];
                }
            }
            return x;
        }

        /** x with xᵀ(I − Q) = bᵀ. */
        double[] solveTransposed(double[] b) {
            double[] x = b.clone();
            for (int k = x.length - 1; k >= 0; k--) {
                x[k] = isTarget[k] ? 0 : x[k] / pivots[k];
                for (int j = 0; j < k; j++) {
                    x[j] += factors[k][j] * x[k];
                }
            }
            for (int k = 0; k < x.length; k++) {
                for (int i = 0; i < k && !isTarget[k]; i++) {
                    x[k] += factors[i][k] / pivots[k] * x[i];
                }
            }
            return x;
        }

        /** What more coverage of the edge changes by the moves from v to w. */
        double derivative(int v, int w, double[] visits, double[] values) {
            if (isTarget[v]) {
                return 0;
            }
            double here = 0; // the value of v: the mean over its moves
            for (int k = 0; k < values.length; k++) {
                here += choice[v][k] * (1 - coverage[v][k]) * values[k];
            }
            double rarer = -game.coverageEffect() * choice[v][w] * ((1 - coverage[v][w]) * values[w] - here);
            return visits[v] * (rarer - choice[v][w] * values[w]);
        }
    }

    @Override
    public String toString() {
        return "KnownAttraction" + Arrays.toString(attraction);
    }
}
