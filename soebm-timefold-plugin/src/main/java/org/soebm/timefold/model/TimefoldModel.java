package org.soebm.timefold.model;

import ai.timefold.solver.core.api.score.Score;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.solver.EnvironmentMode;
import ai.timefold.solver.core.config.solver.SolverConfig;
import ai.timefold.solver.core.config.solver.monitoring.MonitoringConfig;
import ai.timefold.solver.core.impl.io.jaxb.SolverConfigIO;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.NativeModel;
import org.soebm.api.cost.Scenarios;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.Incumbents;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.solver.Support;

/**
 * A Timefold problem that exists already, as the {@link NativeModel} of a feasible set. Planning solution, constraint
 * provider and solver configuration stay as they are; what is added is how scenarios of y get into a solution, and how
 * the decisions are read from a solved one:
 *
 * <pre>{@code
 * TimefoldModel<Schedule> model = TimefoldModel.<Schedule>builder("shift staffing", solverConfig)
 *         .problem(scenarios -> new Schedule(employees, shifts, demands(scenarios)))
 *         .decisions(schedule -> staffCounts(schedule))
 *         .costPerSoftPoint(0.01)
 *         .build();
 * ConstraintSet constraints = ConstraintSet.builder(14).nativeModel(model).build();
 * }</pre>
 *
 * <p>The negative hard levels of a score mean infeasibility. Its soft levels are the cost: minus the soft points times
 * their price must be the task's expected cost f(y, a) over the scenarios, within a {@link Builder#costTolerance}, since
 * the former is what is optimised and the latter what is learned. A part of the score that the decisions do not determine
 * (who works, not how many) is best read as one more decision, with the coefficient 1 in the cost.
 *
 * <p>Each solve runs the user's configuration on a solver of its own, with the options' time limit as another upper limit
 * and with the options' seed where the configuration has none. A problem's start is not used: the configuration says how
 * solutions are constructed. Answers are {@code FEASIBLE} at best, since a local search proves nothing. Thread-safe as
 * far as the user's two functions are.
 *
 * @param <S> the class with the annotation {@code @PlanningSolution}
 */
public final class TimefoldModel<S> implements NativeModel {
    private static final String SOLVER = "timefold";

    private final String name;
    private final SolverConfig config;
    private final Function<Scenarios, S> problem;
    private final Function<S, double[]> decisions;
    private final int scenarioCount;
    private final SoftPrices prices;
    private final double costTolerance;
    private final String version;
    private @Nullable SeededFactory<S> latest;

    /** The solver factory of a seed. */
    private record SeededFactory<S>(long seed, SolverFactory<S> factory) {}

    private TimefoldModel(Builder<S> builder, Function<Scenarios, S> problem, Function<S, double[]> decisions) {
        name = builder.name;
        config = new SolverConfig(builder.config);
        this.problem = problem;
        this.decisions = decisions;
        scenarioCount = builder.scenarioCount;
        prices = builder.prices;
        costTolerance = builder.costTolerance;
        version = builder.version;
    }

    /**
     * Starts the description of a model.
     *
     * @param name what messages call it
     * @param config the solver configuration; it is copied
     */
    public static <S> Builder<S> builder(String name, SolverConfig config) {
        required(config, "solver configuration");
        return new Builder<>(required(name, "name"), config);
    }

    private static <T> T required(T argument, String what) {
        if (argument == null) {
            throw new IllegalArgumentException("The " + what + " of a Timefold model is null.");
        }
        return argument;
    }

    /** What messages call the model. */
    public String name() {
        return name;
    }

    @Override
    public String solver() {
        return SOLVER;
    }

    @Override
    public String description() {
        return "the Timefold model " + name;
    }

    /**
     * The name, the version that the user gave, the number of scenarios, the prices, the cost tolerance and the solver
     * configuration as XML; empty where there is no version.
     */
    @Override
    public String fingerprint() {
        if (version.isEmpty()) {
            return "";
        }
        StringWriter xml = new StringWriter();
        new SolverConfigIO().write(config, xml);
        return String.join(
                "\n",
                name,
                version,
                "scenarios " + scenarioCount,
                "prices " + Arrays.toString(prices.perPoint()),
                "cost tolerance " + costTolerance,
                xml.toString());
    }

    @Override
    public int scenarioCount() {
        return scenarioCount;
    }

    /**
     * Whether a problem over a feasible set with this model can be solved, and if not why. Public for the solver named
     * timefold only, as {@link #solutions} is.
     */
    public Support supports(ArgminProblem argmin) {
        if (argmin.scenarios() == null) {
            return Support.no(description() + " needs the scenarios of y, and the problem has none");
        }
        int auxiliaries = argmin.constraints().auxiliaryCount();
        if (auxiliaries > 0) {
            return Support.no("the feasible set has " + auxiliaries + " auxiliary variables, which " + description()
                    + " gives no values to");
        }
        return Support.yes();
    }

    /**
     * Solves a problem by the user's own solver configuration. Public for the solver named timefold only, which is in
     * another package; take that one from {@code ArgminSolvers}.
     *
     * @param argmin its feasible set has this model, its objective is the average over its scenarios
     * @param atMost how many decisions to give; those after the first are best solutions that the search went through
     * @param options of these, the time limit and, where the configuration has none, the seed
     * @return a feasible decision, with the objective's own value there and an empty message unless the options' time limit
     *     ended the search; else failed where the hard score stayed negative or the answer violates a bound or a row of
     *     the feasible set, or time limit where the options ended it before. The message names what is violated most
     * @throws TimefoldModelException when a function of the user, or the solver, throws or gives something unusable, when
     *     the solution is not initialised, or when the score's cost differs from the objective's
     * @throws java.util.concurrent.CancellationException when cancelled
     * @throws IllegalArgumentException when the problem is not supported
     */
    public List<Decision> solutions(
            ArgminProblem argmin, int atMost, SolverOptions options, Cancellation cancellation) {
        long start = System.nanoTime();
        Support support = supports(argmin);
        if (!support.supported()) {
            throw new IllegalArgumentException("The problem cannot be solved: " + support.reason() + ".");
        }
        cancellation.throwIfCancelled();
        S unsolved = call("problem", problem, Objects.requireNonNull(argmin.scenarios()));
        ModelRun<S> run = new ModelRun<>(name, factory(options.seed()));
        Incumbents incumbents =
                new Incumbents(atMost, values -> decision(argmin, values, Duration.ofNanos(System.nanoTime() - start)));
        ModelRun.Outcome<S> outcome = run.solve(
                unsolved,
                options.timeLimit(),
                cancellation,
                incumbents.areWanted() ? met -> incumbents.offer(values(argmin, met)) : met -> {});
        Score<?> score = outcome.score();
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        if (score == null || !score.isFeasible()) {
            return List.of(run.failed(outcome, isExplainable(), time));
        }
        Decision answer = decision(argmin, values(argmin, outcome.solution()), time);
        if (answer.status().hasDecision()) {
            requireAgreement(
                    score,
                    answer.cost(),
                    Objects.requireNonNull(argmin.scenarios()).count());
            answer = ModelRun.feasible(answer.values(), answer.cost(), time, outcome);
        }
        return incumbents.after(answer);
    }

    /** The first of {@link #solutions}. */
    public Decision solve(ArgminProblem argmin, SolverOptions options, Cancellation cancellation) {
        return solutions(argmin, 1, options, cancellation).get(0);
    }

    /** The decisions of a solution, as the user's function reads them. */
    private double[] values(ArgminProblem argmin, S solution) {
        double[] values = call("decisions", decisions, solution);
        int expected = argmin.constraints().decisionCount();
        if (values.length != expected) {
            throw new TimefoldModelException("The function 'decisions' of " + description() + " gives " + values.length
                    + " decisions, but the feasible set has " + expected + ".");
        }
        return values;
    }

    /** Decisions with their cost, or what they violate. */
    private Decision decision(ArgminProblem argmin, double[] values, Duration time) {
        String violation = LinearViolation.of(argmin.constraints(), values);
        if (violation != null) {
            return LinearViolation.failed(description(), violation, time);
        }
        double[] snapped = LinearViolation.snapped(argmin.constraints(), values);
        double cost = argmin.objective().value(snapped);
        return new Decision(snapped, new double[0], cost, SolveStatus.FEASIBLE, time, "");
    }

    private void requireAgreement(Score<?> score, double cost, int scenarios) {
        double ofScore = prices.cost(name, score);
        double allowed = costTolerance * Math.max(Math.abs(cost), Math.abs(ofScore)) + scenarios * prices.rounding();
        if (!(Math.abs(ofScore - cost) <= allowed)) {
            throw new TimefoldModelException("The score " + score + " of " + description()
                    + " means a cost of " + ofScore + ", but the task's cost of the same decisions is " + cost
                    + ", so what is learned is not what is optimised. Maybe the price of a soft point is another one,"
                    + " or a part of the score is missing in the cost? The check can be switched off by"
                    + " withoutCostCheck().");
        }
    }

    private <A, B> B call(String callback, Function<A, B> function, A argument) {
        B result;
        try {
            result = function.apply(argument);
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            throw new TimefoldModelException(
                    "The function '" + callback + "' of " + description() + " failed: "
                            + TimefoldModelException.firstLine(e),
                    e);
        }
        if (result == null) {
            throw new TimefoldModelException("The function '" + callback + "' of " + description() + " returned null.");
        }
        return result;
    }

    /** Timefold only knows which constraint is broken where they are constraint streams. */
    private boolean isExplainable() {
        return config.getScoreDirectorFactoryConfig() != null
                && config.getScoreDirectorFactoryConfig().getConstraintProviderClass() != null;
    }

    private synchronized SolverFactory<S> factory(long seed) {
        SeededFactory<S> current = latest;
        if (current == null || current.seed() != seed) {
            current = new SeededFactory<>(seed, newFactory(seed));
            latest = current;
        }
        return current.factory();
    }

    private SolverFactory<S> newFactory(long seed) {
        SolverConfig seeded = new SolverConfig(config);
        boolean isOpen = config.getRandomSeed() == null
                && config.getRandomFactoryClass() == null
                && config.getEnvironmentMode() != EnvironmentMode.NON_REPRODUCIBLE;
        if (isOpen) {
            seeded.setRandomSeed(seed);
        }
        if (config.getMonitoringConfig() == null) { // the meters of solvers that run at once have the same names
            seeded.setMonitoringConfig(new MonitoringConfig().withSolverMetricList(List.of()));
        }
        try {
            return SolverFactory.create(seeded);
        } catch (RuntimeException e) {
            throw new TimefoldModelException(
                    "The solver configuration of " + description() + " cannot be used: "
                            + TimefoldModelException.firstLine(e),
                    e);
        }
    }

    /**
     * Collects what a model needs.
     *
     * @param <S> the class with the annotation {@code @PlanningSolution}
     */
    public static final class Builder<S> {
        private final String name;
        private final SolverConfig config;
        private @Nullable Function<Scenarios, S> problem;
        private @Nullable Function<S, double[]> decisions;
        private int scenarioCount = 30;
        private SoftPrices prices = new SoftPrices(new double[] {1});
        private double costTolerance = 0.01;
        private String version = "";

        private Builder(String name, SolverConfig config) {
            this.name = name;
            this.config = config;
        }

        /**
         * How scenarios of y become problem facts: gives a fresh unsolved solution each time. Planning entities must be new
         * ones; facts that do not depend on y may be shared. Called from several threads at once.
         */
        public Builder<S> problem(Function<Scenarios, S> newProblem) {
            problem = required(newProblem, "function 'problem'");
            return this;
        }

        /** How the decisions a, length da, are read from a solved solution. Called from several threads at once. */
        public Builder<S> decisions(Function<S, double[]> newDecisions) {
            decisions = required(newDecisions, "function 'decisions'");
            return this;
        }

        /** By how many scenarios a predicted distribution is represented, at least 1; 30 where nothing is said. */
        public Builder<S> scenarioCount(int count) {
            if (count < 1) {
                throw new IllegalArgumentException(
                        "The number of scenarios of " + name + " is " + count + ", but must be at least 1.");
            }
            scenarioCount = count;
            return this;
        }

        /**
         * What a negative soft point costs, in units of the task's cost; 1 where nothing is said. Scores with several soft
         * levels need a price for each, highest level first (for hard, medium, soft: those of medium and soft). Timefold
         * optimises one level after the other, so the cost is minimised where a higher level's price outweighs all of the
         * lower ones.
         *
         * @param highestLevelFirst finite, at least 0, not all of them 0
         */
        public Builder<S> costPerSoftPoint(double... highestLevelFirst) {
            prices = new SoftPrices(
                    required(highestLevelFirst, "cost of a soft point").clone());
            return this;
        }

        /**
         * How far the score's cost may differ from the task's, relative to the larger of them; 0.01 where nothing is said.
         * One soft point of each level a scenario is allowed on top, since scores round.
         */
        public Builder<S> costTolerance(double relative) {
            if (!(relative >= 0 && relative < 1)) {
                throw new IllegalArgumentException(
                        "The cost tolerance of " + name + " is " + relative + ", but must be at least 0 and below 1.");
            }
            costTolerance = relative;
            return this;
        }

        /** Lets the score's cost differ from the task's: then what is learned may not be what is optimised. */
        public Builder<S> withoutCostCheck() {
            costTolerance = Double.POSITIVE_INFINITY;
            return this;
        }

        /**
         * A text to change whenever the constraints, the facts or one of the two functions change, by which cached
         * decisions and saved models know what they belong to. Without it decisions are not cached.
         */
        public Builder<S> fingerprint(String newVersion) {
            version = required(newVersion, "fingerprint");
            return this;
        }

        /**
         * The finished model.
         *
         * @throws IllegalArgumentException when one of the two functions is missing
         * @throws TimefoldModelException when Timefold does not take the configuration
         */
        public TimefoldModel<S> build() {
            if (problem == null || decisions == null) {
                throw new IllegalArgumentException("The Timefold model " + name + " lacks the function '"
                        + (problem == null ? "problem" : "decisions") + "'.");
            }
            TimefoldModel<S> model = new TimefoldModel<>(this, problem, decisions);
            model.factory(SolverOptions.DEFAULT.seed()); // fails now rather than at the first solve
            return model;
        }
    }
}
