package org.soebm.api.solver;

import java.time.Duration;

/**
 * What a solver is asked to keep to.
 *
 * @param timeLimit for one problem, positive
 * @param tolerance allowed gap to the optimum, relative to max(|optimum|, 1); between 0 and 1, both excluded
 * @param threads how many problems are solved at once by {@link ArgminSolver#solveAll}, at least 1
 * @param seed for solvers that draw random numbers; same seed, same answer
 */
public record SolverOptions(Duration timeLimit, double tolerance, int threads, long seed) {
    /** 60 seconds, 1e-6, all processors, seed 0. */
    public static final SolverOptions DEFAULT =
            new SolverOptions(Duration.ofSeconds(60), 1e-6, Runtime.getRuntime().availableProcessors(), 0);

    /**
     * @throws IllegalArgumentException when a value is out of its range
     */
    public SolverOptions {
        if (timeLimit.isZero() || timeLimit.isNegative()) {
            throw new IllegalArgumentException("The time limit is " + timeLimit + ", but must be positive.");
        }
        if (!(tolerance > 0 && tolerance < 1)) {
            throw new IllegalArgumentException("The tolerance is " + tolerance + ", but must lie between 0 and 1.");
        }
        if (threads < 1) {
            throw new IllegalArgumentException("The number of threads is " + threads + ", but must be at least 1.");
        }
    }

    /** These options with another time limit. */
    public SolverOptions withTimeLimit(Duration newTimeLimit) {
        return new SolverOptions(newTimeLimit, tolerance, threads, seed);
    }

    /** These options with another tolerance. */
    public SolverOptions withTolerance(double newTolerance) {
        return new SolverOptions(timeLimit, newTolerance, threads, seed);
    }

    /** These options with another number of threads. */
    public SolverOptions withThreads(int newThreads) {
        return new SolverOptions(timeLimit, tolerance, newThreads, seed);
    }

    /** These options with another seed. */
    public SolverOptions withSeed(long newSeed) {
        return new SolverOptions(timeLimit, tolerance, threads, newSeed);
    }
}
