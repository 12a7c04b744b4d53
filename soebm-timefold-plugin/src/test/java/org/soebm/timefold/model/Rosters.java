package org.soebm.timefold.model;

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.entity.PlanningPin;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.domain.solution.ProblemFactCollectionProperty;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import ai.timefold.solver.core.api.score.buildin.hardmediumsoft.HardMediumSoftScore;
import ai.timefold.solver.core.api.score.buildin.hardsoft.HardSoftScore;
import ai.timefold.solver.core.api.score.buildin.hardsoftbigdecimal.HardSoftBigDecimalScore;
import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import ai.timefold.solver.core.api.score.stream.Constraint;
import ai.timefold.solver.core.api.score.stream.ConstraintCollectors;
import ai.timefold.solver.core.api.score.stream.ConstraintFactory;
import ai.timefold.solver.core.api.score.stream.ConstraintProvider;
import ai.timefold.solver.core.api.score.stream.Joiners;
import ai.timefold.solver.core.api.score.stream.bi.BiConstraintStream;
import ai.timefold.solver.core.config.constructionheuristic.ConstructionHeuristicPhaseConfig;
import ai.timefold.solver.core.config.localsearch.LocalSearchPhaseConfig;
import ai.timefold.solver.core.config.solver.EnvironmentMode;
import ai.timefold.solver.core.config.solver.SolverConfig;
import ai.timefold.solver.core.config.solver.termination.TerminationConfig;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.soebm.api.cost.AffineResidual;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.cost.Scenarios;

/**
 * A roster of three workers and four shifts: each worker works at most two of them, and worker 0 not the last. A missing
 * head costs 10, a head too many 2, each duty 3. Points are hundredths.
 */
public final class Rosters {
    static final int WORKERS = 3;
    static final int SHIFTS = 4;
    static final String TOO_MANY = "too many shifts";
    static final String NOT_THERE = "not there";

    private Rosters() {}

    /** Whether a worker works in a shift, 0 or 1. */
    @PlanningEntity
    public static class Duty {
        @PlanningId
        private String id;

        private int worker;
        private int shift;

        @PlanningVariable(valueRangeProviderRefs = "working")
        private Integer works;

        @PlanningPin
        private boolean pinned;

        public Duty() {}

        void pinToWork() {
            works = 1;
            pinned = true;
        }

        Duty(int worker, int shift) {
            id = worker + "-" + shift;
            this.worker = worker;
            this.shift = shift;
        }

        public int worker() {
            return worker;
        }

        public int shift() {
            return shift;
        }

        public Integer works() {
            return works;
        }
    }

    /** How many heads a shift needs, scenario by scenario. */
    public record Demand(int shift, double[] heads, double[] weights) {
        double shortage(int staff) {
            double sum = 0;
            for (int s = 0; s < heads.length; s++) {
                sum += weights[s] * Math.max(0, heads[s] - staff);
            }
            return sum;
        }

        double surplus(int staff) {
            double sum = 0;
            for (int s = 0; s < heads.length; s++) {
                sum += weights[s] * Math.max(0, staff - heads[s]);
            }
            return sum;
        }
    }

    /** A worker who cannot work in a shift. */
    public record Absence(int worker, int shift) {}

    /** What all rosters share. */
    @PlanningSolution
    public abstract static class Roster {
        @ProblemFactCollectionProperty
        protected List<Demand> demands = new ArrayList<>();

        @ProblemFactCollectionProperty
        protected List<Absence> absences = new ArrayList<>();

        @PlanningEntityCollectionProperty
        protected List<Duty> duties = new ArrayList<>();

        @ValueRangeProvider(id = "working")
        public List<Integer> working() {
            return List.of(0, 1);
        }

        /** Two workers are on duty all the time, and one of them cannot be at the first shift. */
        void force() {
            absences.add(new Absence(1, 0));
            duties.stream().filter(duty -> duty.worker < 2).forEach(Duty::pinToWork);
        }

        Roster fill(Scenarios scenarios) {
            for (int shift = 0; shift < SHIFTS; shift++) {
                double[] heads = new double[scenarios.count()];
                for (int s = 0; s < heads.length; s++) {
                    heads[s] = scenarios.parameters()[s][shift];
                }
                demands.add(new Demand(shift, heads, scenarios.weights()));
                for (int worker = 0; worker < WORKERS; worker++) {
                    duties.add(new Duty(worker, shift));
                }
            }
            absences.add(new Absence(0, 3));
            return this;
        }

        double[] staff() {
            double[] staff = new double[SHIFTS];
            for (Duty duty : duties) {
                staff[duty.shift] += duty.works;
            }
            return staff;
        }
    }

    @PlanningSolution
    public static final class IntRoster extends Roster {
        @PlanningScore
        private HardSoftScore score;
    }

    @PlanningSolution
    public static final class LongRoster extends Roster {
        @PlanningScore
        private HardSoftLongScore score;
    }

    @PlanningSolution
    public static final class DecimalRoster extends Roster {
        @PlanningScore
        private HardSoftBigDecimalScore score;
    }

    @PlanningSolution
    public static final class MediumRoster extends Roster {
        @PlanningScore
        private HardMediumSoftScore score;
    }

    private static BiConstraintStream<Integer, Integer> overworked(ConstraintFactory factory) {
        return factory.forEach(Duty.class)
                .groupBy(Duty::worker, ConstraintCollectors.sum(Duty::works))
                .filter((worker, shifts) -> shifts > 2);
    }

    private static BiConstraintStream<Duty, Absence> absent(ConstraintFactory factory) {
        return factory.forEach(Duty.class)
                .filter(duty -> duty.works() == 1)
                .join(
                        Absence.class,
                        Joiners.equal(Duty::worker, Absence::worker),
                        Joiners.equal(Duty::shift, Absence::shift));
    }

    private static BiConstraintStream<Integer, Demand> staffed(ConstraintFactory factory) {
        return factory.forEach(Duty.class)
                .groupBy(Duty::shift, ConstraintCollectors.sum(Duty::works))
                .join(Demand.class, Joiners.equal((shift, staff) -> shift, Demand::shift))
                .groupBy((shift, staff, demand) -> staff, (shift, staff, demand) -> demand);
    }

    private static long points(double cost) {
        return Math.round(100 * cost);
    }

    public static final class IntConstraints implements ConstraintProvider {
        @Override
        public Constraint[] defineConstraints(ConstraintFactory factory) {
            return new Constraint[] {
                overworked(factory)
                        .penalize(HardSoftScore.ONE_HARD, (worker, shifts) -> shifts - 2)
                        .asConstraint(TOO_MANY),
                absent(factory).penalize(HardSoftScore.ONE_HARD).asConstraint(NOT_THERE),
                staffed(factory)
                        .penalize(HardSoftScore.ONE_SOFT, (staff, demand) ->
                                (int) points(10 * demand.shortage(staff) + 2 * demand.surplus(staff)))
                        .asConstraint("staff"),
                factory.forEach(Duty.class)
                        .penalize(HardSoftScore.ONE_SOFT, duty -> 300 * duty.works())
                        .asConstraint("wages"),
            };
        }
    }

    public static final class LongConstraints implements ConstraintProvider {
        @Override
        public Constraint[] defineConstraints(ConstraintFactory factory) {
            return new Constraint[] {
                overworked(factory)
                        .penalizeLong(HardSoftLongScore.ONE_HARD, (worker, shifts) -> shifts - 2)
                        .asConstraint(TOO_MANY),
                absent(factory).penalize(HardSoftLongScore.ONE_HARD).asConstraint(NOT_THERE),
                staffed(factory)
                        .penalizeLong(
                                HardSoftLongScore.ONE_SOFT,
                                (staff, demand) -> points(10 * demand.shortage(staff) + 2 * demand.surplus(staff)))
                        .asConstraint("staff"),
                factory.forEach(Duty.class)
                        .penalizeLong(HardSoftLongScore.ONE_SOFT, duty -> 300 * duty.works())
                        .asConstraint("wages"),
            };
        }
    }

    public static final class DecimalConstraints implements ConstraintProvider {
        @Override
        public Constraint[] defineConstraints(ConstraintFactory factory) {
            return new Constraint[] {
                overworked(factory)
                        .penalizeBigDecimal(
                                HardSoftBigDecimalScore.ONE_HARD, (worker, shifts) -> BigDecimal.valueOf(shifts - 2))
                        .asConstraint(TOO_MANY),
                absent(factory).penalize(HardSoftBigDecimalScore.ONE_HARD).asConstraint(NOT_THERE),
                staffed(factory)
                        .penalizeBigDecimal(
                                HardSoftBigDecimalScore.ONE_SOFT,
                                (staff, demand) ->
                                        BigDecimal.valueOf(1000 * demand.shortage(staff) + 200 * demand.surplus(staff)))
                        .asConstraint("staff"),
                factory.forEach(Duty.class)
                        .penalizeBigDecimal(
                                HardSoftBigDecimalScore.ONE_SOFT, duty -> BigDecimal.valueOf(300L * duty.works()))
                        .asConstraint("wages"),
            };
        }
    }

    /** Shortage is more important than all else. */
    public static final class MediumConstraints implements ConstraintProvider {
        @Override
        public Constraint[] defineConstraints(ConstraintFactory factory) {
            return new Constraint[] {
                overworked(factory)
                        .penalize(HardMediumSoftScore.ONE_HARD, (worker, shifts) -> shifts - 2)
                        .asConstraint(TOO_MANY),
                absent(factory).penalize(HardMediumSoftScore.ONE_HARD).asConstraint(NOT_THERE),
                staffed(factory)
                        .penalize(
                                HardMediumSoftScore.ONE_MEDIUM, (staff, demand) -> (int) points(demand.shortage(staff)))
                        .asConstraint("shortage"),
                staffed(factory)
                        .penalize(HardMediumSoftScore.ONE_SOFT, (staff, demand) ->
                                (int) points(2 * demand.surplus(staff)))
                        .asConstraint("surplus"),
                factory.forEach(Duty.class)
                        .penalize(HardMediumSoftScore.ONE_SOFT, duty -> 300 * duty.works())
                        .asConstraint("wages"),
            };
        }
    }

    /** A configuration as a user would write it, that ends by a count. */
    static SolverConfig config(Class<? extends Roster> roster, Class<? extends ConstraintProvider> constraints) {
        return openConfig(roster, constraints).withTerminationConfig(new TerminationConfig().withMoveCountLimit(1500L));
    }

    /** The same without an end. */
    static SolverConfig openConfig(Class<? extends Roster> roster, Class<? extends ConstraintProvider> constraints) {
        return new SolverConfig()
                .withSolutionClass(roster)
                .withEntityClasses(Duty.class)
                .withConstraintProviderClass(constraints)
                .withEnvironmentMode(EnvironmentMode.NO_ASSERT)
                .withPhases(new ConstructionHeuristicPhaseConfig(), new LocalSearchPhaseConfig());
    }

    static SolverConfig longConfig() {
        return config(LongRoster.class, LongConstraints.class);
    }

    static TimefoldModel.Builder<LongRoster> longModel(SolverConfig config) {
        return TimefoldModel.<LongRoster>builder("little roster", config)
                .problem(scenarios -> (LongRoster) new LongRoster().fill(scenarios))
                .decisions(Roster::staff)
                .costPerSoftPoint(0.01);
    }

    static PenaltyCost cost() {
        PenaltyCost.Builder cost = PenaltyCost.builder(SHIFTS, SHIFTS);
        for (int shift = 0; shift < SHIFTS; shift++) {
            AffineResidual shortage = AffineResidual.parameter(shift).minus(AffineResidual.decision(shift));
            cost.hinge(10, shortage).hinge(2, shortage.negate()).identity(3, AffineResidual.decision(shift));
        }
        return cost.build();
    }

    /** The staff counts of every roster that keeps the rules, found by trying all. */
    static List<double[]> feasibleStaff() {
        List<double[]> all = new ArrayList<>();
        for (int roster = 0; roster < 1 << (WORKERS * SHIFTS); roster++) {
            double[] staff = new double[SHIFTS];
            boolean feasible = true;
            for (int worker = 0; worker < WORKERS; worker++) {
                int shifts = roster >> (worker * SHIFTS) & 15;
                feasible &= Integer.bitCount(shifts) <= 2 && !(worker == 0 && (shifts & 8) != 0);
                for (int shift = 0; shift < SHIFTS; shift++) {
                    staff[shift] += shifts >> shift & 1;
                }
            }
            if (feasible) {
                all.add(staff);
            }
        }
        return all;
    }
}
