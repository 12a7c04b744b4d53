package org.soebm.timefold.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.timefold.solver.core.config.phase.NoChangePhaseConfig;
import ai.timefold.solver.core.config.solver.SolverConfig;
import ai.timefold.solver.core.config.solver.termination.TerminationConfig;
import ai.timefold.solver.core.impl.io.jaxb.SolverConfigIO;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.AffineResidual;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.cost.Scenarios;
import org.soebm.api.linear.SparseVector;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolveListener;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;
import org.soebm.timefold.model.Rosters.DecimalConstraints;
import org.soebm.timefold.model.Rosters.DecimalRoster;
import org.soebm.timefold.model.Rosters.IntConstraints;
import org.soebm.timefold.model.Rosters.IntRoster;
import org.soebm.timefold.model.Rosters.LongConstraints;
import org.soebm.timefold.model.Rosters.LongRoster;
import org.soebm.timefold.model.Rosters.MediumConstraints;
import org.soebm.timefold.model.Rosters.MediumRoster;
import org.soebm.timefold.model.Rosters.Roster;

class TimefoldModelTest {
    private static final SolverOptions OPTIONS = SolverOptions.DEFAULT;
    private static final Scenarios KNOWN = Scenarios.known(new double[] {1.3, 0.2, 2.6, 1.5});

    private final PenaltyCost cost = Rosters.cost();

    @Test
    void hindsightOptimumIsThatOfTryingAllRosters() {
        TimefoldModel<LongRoster> model =
                Rosters.longModel(Rosters.longConfig()).build();
        Random random = new Random(1);

        for (int row = 0; row < 20; row++) {
            double[] y = random.doubles(Rosters.SHIFTS, 0, 3).toArray();
            Decision decision = solve(model, Scenarios.known(y));

            assertThat(decision.status()).isEqualTo(SolveStatus.FEASIBLE);
            assertThat(decision.isConverged()).as(decision.message()).isTrue();
            // Two rosters may differ by less than the score's rounding.
            assertThat(decision.cost()).isCloseTo(optimum(Scenarios.known(y)), within(0.05));
            assertThat(decision.cost()).isEqualTo(cost.cost(y, decision.values()), within(1e-9));
        }
    }

    @Test
    void optimumOverScenariosIsThatOfTryingAllRosters() {
        TimefoldModel<LongRoster> model =
                Rosters.longModel(Rosters.longConfig()).build();
        Random random = new Random(2);

        for (int row = 0; row < 20; row++) {
            Scenarios scenarios = Scenarios.ofGaussian(
                    random.doubles(Rosters.SHIFTS, 0, 3).toArray(),
                    random.doubles(Rosters.SHIFTS, 0, 1).toArray(),
                    30);
            Decision decision = solve(model, scenarios);

            assertThat(decision.status()).isEqualTo(SolveStatus.FEASIBLE);
            assertThat(decision.cost()).isCloseTo(optimum(scenarios), within(0.05));
            assertThat(decision.cost()).isEqualTo(cost.sampleAverage(scenarios).value(decision.values()));
            assertThat(Rosters.feasibleStaff()).anyMatch(staff -> Arrays.equals(staff, decision.values()));
        }
    }

    @Test
    void scoresOfAllKindsMeanTheSameCost() {
        Decision ofLongs = solve(Rosters.longModel(Rosters.longConfig()).build(), KNOWN);
        TimefoldModel<IntRoster> ints = model(Rosters.config(IntRoster.class, IntConstraints.class), IntRoster::new)
                .costPerSoftPoint(0.01)
                .build();
        TimefoldModel<DecimalRoster> decimals = model(
                        Rosters.config(DecimalRoster.class, DecimalConstraints.class), DecimalRoster::new)
                .costPerSoftPoint(0.01)
                .costTolerance(1e-9)
                .build();

        assertThat(ofLongs.cost()).isCloseTo(optimum(KNOWN), within(1e-9));
        assertThat(solve(ints, KNOWN).cost()).isCloseTo(ofLongs.cost(), within(1e-9));
        assertThat(solve(decimals, KNOWN).cost()).isCloseTo(ofLongs.cost(), within(1e-9));
    }

    @Test
    void mediumLevelHasAPriceOfItsOwn() {
        TimefoldModel.Builder<MediumRoster> medium =
                model(Rosters.config(MediumRoster.class, MediumConstraints.class), MediumRoster::new);

        Decision decision = solve(medium.costPerSoftPoint(0.1, 0.01).build(), KNOWN);

        double leastShortage = Rosters.feasibleStaff().stream()
                .mapToDouble(staff -> shortage(KNOWN.parameters()[0], staff))
                .min()
                .orElseThrow();
        assertThat(decision.status()).isEqualTo(SolveStatus.FEASIBLE);
        assertThat(shortage(KNOWN.parameters()[0], decision.values())).isCloseTo(leastShortage, within(1e-9));
        assertThatThrownBy(() -> solve(medium.costPerSoftPoint(0.01).build(), KNOWN))
                .isInstanceOf(TimefoldModelException.class)
                .hasMessageContaining("little roster")
                .hasMessageContaining("2 soft levels")
                .hasMessageContaining("1 prices");
    }

    @Test
    void infeasibleModelNamesItsScoreAndTheWorstConstraint() {
        for (TimefoldModel<? extends Roster> model : List.of(
                forced(Rosters.config(IntRoster.class, IntConstraints.class), IntRoster::new),
                forced(Rosters.config(LongRoster.class, LongConstraints.class), LongRoster::new),
                forced(Rosters.config(DecimalRoster.class, DecimalConstraints.class), DecimalRoster::new),
                forced(Rosters.config(MediumRoster.class, MediumConstraints.class), MediumRoster::new))) {
            Decision decision = solve(model, KNOWN);

            assertThat(decision.status()).isEqualTo(SolveStatus.FAILED); // a local search proves nothing
            assertThat(decision.message())
                    .contains("cannot prove")
                    .contains("little roster")
                    .contains("-6hard")
                    .contains(Rosters.TOO_MANY + " (-4hard");
        }
    }

    @Test
    void wrongPriceIsNoticed() {
        TimefoldModel.Builder<LongRoster> builder =
                Rosters.longModel(Rosters.longConfig()).costPerSoftPoint(0.02);
        double right = optimum(KNOWN);

        assertThatThrownBy(() -> solve(builder.build(), KNOWN))
                .isInstanceOf(TimefoldModelException.class)
                .hasMessageContaining("little roster")
                .hasMessageContaining("what is learned is not what is optimised")
                .hasMessageContaining("" + right)
                .hasMessageContaining("" + 2 * right);
        assertThat(solve(builder.withoutCostCheck().build(), KNOWN).cost()).isCloseTo(right, within(1e-9));
    }

    @Test
    void costThatIsMissingFromTheTaskIsNoticed() {
        PenaltyCost.Builder withoutWages = PenaltyCost.builder(Rosters.SHIFTS, Rosters.SHIFTS);
        for (int shift = 0; shift < Rosters.SHIFTS; shift++) {
            AffineResidual shortage = AffineResidual.parameter(shift).minus(AffineResidual.decision(shift));
            withoutWages.hinge(10, shortage).hinge(2, shortage.negate());
        }
        TimefoldModel<LongRoster> model =
                Rosters.longModel(Rosters.longConfig()).build();
        ArgminProblem problem =
                new ArgminProblem(withoutWages.build().sampleAverage(KNOWN), constraints(model)).withScenarios(KNOWN);

        assertThatThrownBy(() -> model.solve(problem, OPTIONS, Cancellation.NEVER))
                .isInstanceOf(TimefoldModelException.class)
                .hasMessageContaining("not what is optimised");
    }

    @Test
    void eightThreadsSolveEachTheirOwnProblem() {
        TimefoldModel<LongRoster> model =
                Rosters.longModel(Rosters.longConfig()).build();
        Random random = new Random(3);
        List<Scenarios> rows = IntStream.range(0, 48)
                .mapToObj(row ->
                        Scenarios.known(random.doubles(Rosters.SHIFTS, 0, 3).toArray()))
                .toList();

        List<Decision> decisions = solver(model, OPTIONS.withThreads(8))
                .solveAll(rows.size(), row -> problem(model, rows.get(row)), SolveListener.NONE, Cancellation.NEVER);

        for (int row = 0; row < rows.size(); row++) {
            assertThat(decisions.get(row).cost()).isCloseTo(optimum(rows.get(row)), within(0.05));
            assertThat(decisions.get(row).values())
                    .isEqualTo(solve(model, rows.get(row)).values());
        }
    }

    @Test
    @Timeout(60)
    void searchWithoutAnEndStopsWhenCancelled() {
        TimefoldModel<LongRoster> model = Rosters.longModel(Rosters.openConfig(LongRoster.class, LongConstraints.class))
                .build();
        AtomicInteger looks = new AtomicInteger();

        assertThatThrownBy(() -> model.solve(problem(model, KNOWN), OPTIONS, () -> looks.incrementAndGet() > 5))
                .isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> model.solve(problem(model, KNOWN), OPTIONS, () -> true))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    @Timeout(60)
    void failureOfTheCancellationReachesTheCaller() {
        TimefoldModel<LongRoster> model = Rosters.longModel(Rosters.openConfig(LongRoster.class, LongConstraints.class))
                .build();
        AtomicInteger looks = new AtomicInteger();

        assertThatThrownBy(() -> model.solve(problem(model, KNOWN), OPTIONS, () -> {
                    if (looks.incrementAndGet() > 3) {
                        throw new IllegalStateException("broken question");
                    }
                    return false;
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken question");
    }

    @Test
    void bestSolutionsOnTheWayAreFurtherSolutions() {
        TimefoldModel<LongRoster> model =
                Rosters.longModel(Rosters.longConfig()).build();
        Random random = new Random(1);
        int most = 0;
        for (int trial = 0; trial < 10; trial++) {
            ArgminProblem problem =
                    problem(model, Scenarios.known(random.doubles(4, 0, 3).toArray()));

            List<Decision> solutions = model.solutions(problem, 4, OPTIONS, Cancellation.NEVER);

            most = Math.max(most, solutions.size());
            assertThat(solutions.get(0).cost())
                    .isEqualTo(model.solve(problem, OPTIONS, Cancellation.NEVER).cost());
            assertThat(solutions).isSortedAccordingTo(Comparator.comparingDouble(Decision::cost));
            assertThat(solutions).extracting(Decision::values).doesNotHaveDuplicates();
            assertThat(solutions)
                    .allSatisfy(solution -> assertThat(solution.cost())
                            .isEqualTo(problem.objective().value(solution.values())));
        }
        assertThat(most).isBetween(2, 4);
    }

    @Test
    @Timeout(60)
    void timeLimitEndsASearchWithoutAnEnd() {
        TimefoldModel<LongRoster> model = Rosters.longModel(Rosters.openConfig(LongRoster.class, LongConstraints.class))
                .build();

        Decision decision =
                model.solve(problem(model, KNOWN), OPTIONS.withTimeLimit(Duration.ofSeconds(2)), Cancellation.NEVER);

        assertThat(decision.status()).isEqualTo(SolveStatus.FEASIBLE);
        assertThat(decision.message()).contains("time limit");
        assertThat(decision.isConverged()).isFalse();
        assertThat(decision.solveTime()).isBetween(Duration.ofMillis(1_900), Duration.ofSeconds(20));
    }

    @Test
    @Timeout(60)
    void timeLimitWithoutAFeasibleSolutionSaysSo() {
        TimefoldModel<LongRoster> model =
                forced(Rosters.openConfig(LongRoster.class, LongConstraints.class), LongRoster::new);

        Decision decision =
                model.solve(problem(model, KNOWN), OPTIONS.withTimeLimit(Duration.ofMillis(200)), Cancellation.NEVER);

        assertThat(decision.status()).isEqualTo(SolveStatus.TIME_LIMIT);
        assertThat(decision.message()).contains("time limit").contains(Rosters.TOO_MANY);
    }

    @Test
    @Timeout(60)
    void shorterTerminationOfTheUserWins() {
        SolverConfig config = Rosters.openConfig(LongRoster.class, LongConstraints.class)
                .withTerminationConfig(new TerminationConfig().withSpentLimit(Duration.ofMillis(100)));

        Decision decision = Rosters.longModel(config)
                .build()
                .solve(
                        problem(Rosters.longModel(config).build(), KNOWN),
                        OPTIONS.withTimeLimit(Duration.ofHours(1)),
                        Cancellation.NEVER);

        assertThat(decision.message()).doesNotContain("time limit");
        assertThat(decision.solveTime()).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void seedOfTheOptionsCountsWhereTheUserSetNone() {
        SolverConfig hasty = Rosters.openConfig(LongRoster.class, LongConstraints.class)
                .withTerminationConfig(new TerminationConfig().withMoveCountLimit(30L));
        TimefoldModel<LongRoster> open = Rosters.longModel(hasty).build();
        TimefoldModel<LongRoster> seeded =
                Rosters.longModel(new SolverConfig(hasty).withRandomSeed(7L)).build();
        Set<List<Double>> ofOpen = new HashSet<>();
        Set<List<Double>> ofSeeded = new HashSet<>();

        for (long seed = 0; seed < 20; seed++) {
            ofOpen.add(values(open, seed));
            ofSeeded.add(values(seeded, seed));
            assertThat(values(open, seed)).isEqualTo(values(open, seed));
        }

        assertThat(ofOpen).hasSizeGreaterThan(1);
        assertThat(ofSeeded).containsExactly(values(open, 7));
    }

    @Test
    void configurationAndEntitiesStayAsTheyAre() {
        SolverConfig config = Rosters.longConfig();
        String before = xml(config);
        List<LongRoster> made = Collections.synchronizedList(new ArrayList<>());
        TimefoldModel<LongRoster> model = Rosters.longModel(config)
                .problem(scenarios -> {
                    LongRoster roster = (LongRoster) new LongRoster().fill(scenarios);
                    made.add(roster);
                    return roster;
                })
                .build();

        solve(model, KNOWN);
        config.getTerminationConfig().setMoveCountLimit(0L); // the model has a copy
        assertThat(solve(model, KNOWN).cost()).isCloseTo(optimum(KNOWN), within(0.05));
        config.getTerminationConfig().setMoveCountLimit(1500L);

        assertThat(xml(config)).isEqualTo(before);
        assertThat(made).hasSize(2);
        assertThat(made.get(0).duties).hasSize(12).allMatch(duty -> duty.works() == null);
        assertThat(made.get(0).demands.get(0).heads()).containsExactly(KNOWN.parameters()[0][0]);
    }

    @Test
    void failingCallbacksAreNamed() {
        TimefoldModel.Builder<LongRoster> builder = Rosters.longModel(Rosters.longConfig());
        assertThatThrownBy(() -> solve(
                        builder.problem(scenarios -> {
                                    throw new IllegalStateException("no such shift");
                                })
                                .build(),
                        KNOWN))
                .isInstanceOf(TimefoldModelException.class)
                .hasMessageContaining("'problem'")
                .hasMessageContaining("little roster")
                .hasMessageContaining("no such shift")
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> solve(builder.problem(scenarios -> null).build(), KNOWN))
                .isInstanceOf(TimefoldModelException.class)
                .hasMessageContaining("'problem'")
                .hasMessageContaining("null");
        builder.problem(scenarios -> (LongRoster) new LongRoster().fill(scenarios));
        assertThatThrownBy(() -> solve(
                        builder.decisions(roster -> {
                                    throw new ArithmeticException("lost count");
                                })
                                .build(),
                        KNOWN))
                .isInstanceOf(TimefoldModelException.class)
                .hasMessageContaining("'decisions'")
                .hasMessageContaining("lost count");
        for (Error error : List.of(new AssertionError("not so"), new StackOverflowError())) {
            assertThatThrownBy(() -> solve(
                            builder.decisions(roster -> {
                                        throw error;
                                    })
                                    .build(),
                            KNOWN))
                    .isInstanceOf(TimefoldModelException.class)
                    .hasMessageContaining("'decisions'")
                    .hasCause(error);
        }
        assertThatThrownBy(() -> solve(
                        builder.decisions(roster -> {
                                    throw new IllegalStateException("first line\n second line");
                                })
                                .build(),
                        KNOWN))
                .hasMessageContaining("first line")
                .message()
                .doesNotContain("\n");
        assertThatThrownBy(
                        () -> solve(builder.decisions(roster -> new double[3]).build(), KNOWN))
                .isInstanceOf(TimefoldModelException.class)
                .hasMessageContaining("3 decisions")
                .hasMessageContaining("has 4");
    }

    @Test
    void failingConstraintIsReportedWithTheModel() {
        TimefoldModel<LongRoster> model = Rosters.longModel(Rosters.longConfig())
                .problem(scenarios -> {
                    LongRoster roster = (LongRoster) new LongRoster().fill(scenarios);
                    roster.demands.add(new Rosters.Demand(0, new double[] {1}, new double[0]));
                    return roster;
                })
                .build();

        assertThatThrownBy(() -> solve(model, KNOWN))
                .isInstanceOf(TimefoldModelException.class)
                .hasMessageContaining("little roster")
                .hasRootCauseInstanceOf(ArrayIndexOutOfBoundsException.class);
    }

    @Test
    void errorInsideTimefoldIsReportedWithTheModel() {
        TimefoldModel<LongRoster> model = Rosters.longModel(Rosters.longConfig())
                .problem(scenarios -> {
                    LongRoster roster = (LongRoster) new LongRoster().fill(scenarios);
                    roster.demands = new ArrayList<>(roster.demands) {
                        @Override
                        public Iterator<Rosters.Demand> iterator() {
                            throw new AssertionError("broken fact");
                        }

                        @Override
                        public void forEach(Consumer<? super Rosters.Demand> action) {
                            throw new AssertionError("broken fact");
                        }
                    };
                    return roster;
                })
                .build();

        assertThatThrownBy(() -> solve(model, KNOWN))
                .isInstanceOf(TimefoldModelException.class)
                .hasMessageContaining("little roster")
                .hasMessageContaining("broken fact");
    }

    @Test
    void unassignedVariablesAreReported() {
        SolverConfig idle = Rosters.longConfig().withPhases(new NoChangePhaseConfig());

        assertThatThrownBy(() -> solve(Rosters.longModel(idle).build(), KNOWN))
                .isInstanceOf(TimefoldModelException.class)
                .hasMessageContaining("little roster")
                .hasMessageContaining("unassigned");
    }

    @Test
    void boundsAndRowsOfTheFeasibleSetAreCheckedToo() {
        TimefoldModel<LongRoster> model =
                Rosters.longModel(Rosters.longConfig()).build();
        Scenarios busy = Scenarios.known(new double[] {2, 2, 2, 0});

        Decision bound = model.solve(
                problem(model, busy, ConstraintSet.builder(4).bounds(1, 0, 1)), OPTIONS, Cancellation.NEVER);
        Decision row = model.solve(
                problem(
                        model,
                        busy,
                        ConstraintSet.builder(4)
                                .row("quiet morning", SparseVector.of(new int[] {0, 1}, new double[] {1, 1}), 0, 3)),
                OPTIONS,
                Cancellation.NEVER);

        assertThat(bound.status()).isEqualTo(SolveStatus.FAILED);
        assertThat(bound.message())
                .contains("little roster")
                .contains("decision 1 is 2.0")
                .contains("[0.0, 1.0]");
        assertThat(row.status()).isEqualTo(SolveStatus.FAILED);
        assertThat(row.message()).contains("quiet morning").contains("by 1.0");
        assertThat(LinearViolation.of(ConstraintSet.builder(1).integer(0).build(), new double[] {0.5}))
                .contains("must be whole");
        assertThat(LinearViolation.of(ConstraintSet.unconstrained(1), new double[] {Double.NaN}))
                .contains("NaN");
    }

    @Test
    void toleranceOfOneDecisionDoesNotGrowWithAnother() {
        ConstraintSet set = ConstraintSet.builder(2)
                .bounds(0, 0, 1)
                .integer(0)
                .row("small", SparseVector.unit(0, 1), 0, 0.5)
                .build();
        assertThat(LinearViolation.of(set, new double[] {0.4, 2e6})).contains("must be whole");
        assertThat(LinearViolation.of(set, new double[] {-1, 2e6})).contains("decision 0 is -1.0");
        assertThat(LinearViolation.of(set, new double[] {1, 2e6})).contains("row small is violated by 0.5");
        assertThat(LinearViolation.of(set, new double[] {4e-7, 2e6})).isNull();

        ConstraintSet large = ConstraintSet.builder(2).bounds(0, 0, 1e9).build();
        assertThat(LinearViolation.of(large, new double[] {1e9 + 100, 0})).isNull();
        assertThat(LinearViolation.of(large, new double[] {-0.01, 0})).contains("decision 0");
        assertThat(LinearViolation.snapped(large, new double[] {1e9 + 100, 0.3}))
                .containsExactly(1e9, 0.3);
    }

    @Test
    void costIsThatOfTheWholeNumbersThatAreMeant() {
        TimefoldModel<LongRoster> model = Rosters.longModel(Rosters.longConfig())
                .decisions(roster ->
                        Arrays.stream(roster.staff()).map(a -> a + 4e-7).toArray())
                .build();
        Decision decision =
                model.solve(problem(model, KNOWN, ConstraintSet.builder(4).allInteger()), OPTIONS, Cancellation.NEVER);
        assertThat(decision.values())
                .isEqualTo(Arrays.stream(decision.values()).map(Math::rint).toArray());
        assertThat(decision.cost()).isCloseTo(optimum(KNOWN), within(1e-9));
    }

    @Test
    void problemsThatItCannotTakeAreRefusedWithTheReason() {
        TimefoldModel<LongRoster> model =
                Rosters.longModel(Rosters.longConfig()).build();
        ArgminProblem withoutScenarios = new ArgminProblem(cost.sampleAverage(KNOWN), constraints(model));
        ConstraintSet.Builder builder = ConstraintSet.builder(4);
        builder.auxiliary(0, 1);

        assertThat(model.supports(withoutScenarios).reason()).contains("needs the scenarios of y");
        assertThat(model.supports(problem(model, KNOWN, builder)).reason()).contains("1 auxiliary variables");
        assertThat(model.supports(problem(model, KNOWN)).supported()).isTrue();
        assertThatThrownBy(() -> model.solve(withoutScenarios, OPTIONS, Cancellation.NEVER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs the scenarios of y");
    }

    @Test
    void fingerprintChangesWithAllThatDecisionsDependOn() {
        String first =
                Rosters.longModel(Rosters.longConfig()).fingerprint("1").build().fingerprint();
        SolverConfig longer = Rosters.longConfig();
        longer.getTerminationConfig().setMoveCountLimit(5000L);

        assertThat(Rosters.longModel(Rosters.longConfig())
                        .fingerprint("1")
                        .build()
                        .fingerprint())
                .isEqualTo(first)
                .contains("little roster");
        assertThat(Rosters.longModel(Rosters.longConfig())
                        .fingerprint("2")
                        .build()
                        .fingerprint())
                .isNotEqualTo(first);
        List<TimefoldModel.Builder<LongRoster>> others = List.of(
                Rosters.longModel(longer),
                Rosters.longModel(Rosters.longConfig()).scenarioCount(7),
                Rosters.longModel(Rosters.longConfig()).costPerSoftPoint(7),
                Rosters.longModel(Rosters.longConfig()).costTolerance(0.07));
        for (TimefoldModel.Builder<LongRoster> other : others) {
            assertThat(other.fingerprint("1").build().fingerprint()).isNotEqualTo(first);
        }
        assertThat(Rosters.longModel(Rosters.longConfig()).build().fingerprint())
                .isEmpty();
    }

    @Test
    void wrongDescriptionsFailEarly() {
        SolverConfig config = Rosters.longConfig();
        assertThatThrownBy(() -> TimefoldModel.<LongRoster>builder("little roster", config)
                        .decisions(Roster::staff)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'problem'");
        assertThatThrownBy(() -> Rosters.longModel(config).costPerSoftPoint(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1.0");
        assertThatThrownBy(() -> Rosters.longModel(config).costPerSoftPoint(0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Rosters.longModel(config).scenarioCount(0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Rosters.longModel(config).costTolerance(1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Rosters.longModel(new SolverConfig()).build())
                .isInstanceOf(TimefoldModelException.class)
                .hasMessageContaining("little roster")
                .hasMessageContaining("solutionClass")
                .message()
                .doesNotContain("\n");
    }

    @Test
    @SuppressWarnings({"NullAway", "DataFlowIssue"})
    void missingArgumentsAreNamed() {
        SolverConfig config = Rosters.longConfig();
        assertThatThrownBy(() -> TimefoldModel.builder("little roster", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("solver configuration");
        assertThatThrownBy(() -> TimefoldModel.builder(null, config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name");
        assertThatThrownBy(() -> Rosters.longModel(config).problem(null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'problem'");
        assertThatThrownBy(() -> Rosters.longModel(config).decisions(null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'decisions'");
    }

    @Test
    void manySolvesLeaveNoMemoryBehind() {
        SolverConfig quick = Rosters.openConfig(LongRoster.class, LongConstraints.class)
                .withTerminationConfig(new TerminationConfig().withMoveCountLimit(40L));
        TimefoldModel<LongRoster> model = Rosters.longModel(quick).build();
        solveRows(model, 300);
        long before = usedMemory();

        solveRows(model, 1500);

        // A kilobyte a solve would be 1.5 MB; a roster has more than that.
        assertThat(usedMemory() - before).isLessThan(1_500_000);
    }

    private void solveRows(TimefoldModel<LongRoster> model, int rows) {
        Random random = new Random(4);
        solver(model, OPTIONS.withThreads(4))
                .solveAll(
                        rows,
                        row -> problem(
                                model,
                                Scenarios.known(DoubleStream.generate(() -> 1.5)
                                        .limit(Rosters.SHIFTS)
                                        .map(y -> y + random.nextDouble())
                                        .toArray())),
                        SolveListener.NONE,
                        Cancellation.NEVER);
    }

    private static long usedMemory() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }

    private static <R extends Roster> TimefoldModel.Builder<R> model(SolverConfig config, Supplier<R> empty) {
        return TimefoldModel.<R>builder("little roster", config)
                .problem(scenarios -> {
                    R roster = empty.get();
                    roster.fill(scenarios);
                    return roster;
                })
                .decisions(Roster::staff);
    }

    /** A model without a feasible solution. */
    private static <R extends Roster> TimefoldModel<R> forced(SolverConfig config, Supplier<R> empty) {
        return TimefoldModel.<R>builder("little roster", config)
                .problem(scenarios -> {
                    R roster = empty.get();
                    roster.fill(scenarios);
                    roster.force();
                    return roster;
                })
                .decisions(Roster::staff)
                .build();
    }

    private Decision solve(TimefoldModel<?> model, Scenarios scenarios) {
        return model.solve(problem(model, scenarios), OPTIONS, Cancellation.NEVER);
    }

    private List<Double> values(TimefoldModel<?> model, long seed) {
        Decision decision = model.solve(
                problem(model, Scenarios.known(new double[] {2.5, 2.5, 2.5, 2.5})),
                OPTIONS.withSeed(seed),
                Cancellation.NEVER);
        return DoubleStream.of(decision.values()).boxed().toList();
    }

    private static ConstraintSet constraints(TimefoldModel<?> model) {
        return ConstraintSet.builder(Rosters.SHIFTS).nativeModel(model).build();
    }

    private ArgminProblem problem(TimefoldModel<?> model, Scenarios scenarios) {
        return problem(model, scenarios, ConstraintSet.builder(Rosters.SHIFTS));
    }

    private ArgminProblem problem(TimefoldModel<?> model, Scenarios scenarios, ConstraintSet.Builder constraints) {
        return new ArgminProblem(
                        cost.sampleAverage(scenarios),
                        constraints.nativeModel(model).build())
                .withScenarios(scenarios);
    }

    private double optimum(Scenarios scenarios) {
        return Rosters.feasibleStaff().stream()
                .mapToDouble(staff -> {
                    double sum = 0;
                    for (int s = 0; s < scenarios.count(); s++) {
                        sum += scenarios.weights()[s] * cost.cost(scenarios.parameters()[s], staff);
                    }
                    return sum;
                })
                .min()
                .orElseThrow();
    }

    private static double shortage(double[] y, double[] staff) {
        return IntStream.range(0, y.length)
                .mapToDouble(i -> Math.max(0, y[i] - staff[i]))
                .sum();
    }

    private static String xml(SolverConfig config) {
        StringWriter writer = new StringWriter();
        new SolverConfigIO().write(config, writer);
        return writer.toString();
    }

    private static ArgminSolver solver(TimefoldModel<?> model, SolverOptions options) {
        return new ArgminSolver() {
            @Override
            public Decision solve(ArgminProblem problem, Cancellation cancellation) {
                return model.solve(problem, options, cancellation);
            }

            @Override
            public SolverOptions options() {
                return options;
            }

            @Override
            public void close() {}
        };
    }
}
