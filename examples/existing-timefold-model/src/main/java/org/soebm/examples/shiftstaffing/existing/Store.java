package org.soebm.examples.shiftstaffing.existing;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;
import static java.time.DayOfWeek.THURSDAY;
import static java.time.DayOfWeek.TUESDAY;
import static java.time.DayOfWeek.WEDNESDAY;
import static org.soebm.examples.shiftstaffing.existing.Period.EARLY;
import static org.soebm.examples.shiftstaffing.existing.Period.LATE;
import static org.soebm.examples.shiftstaffing.existing.Skill.KEYS;
import static org.soebm.examples.shiftstaffing.existing.Skill.TILL;

import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.constructionheuristic.ConstructionHeuristicPhaseConfig;
import ai.timefold.solver.core.config.localsearch.LocalSearchPhaseConfig;
import ai.timefold.solver.core.config.localsearch.decider.acceptor.LocalSearchAcceptorConfig;
import ai.timefold.solver.core.config.localsearch.decider.forager.LocalSearchForagerConfig;
import ai.timefold.solver.core.config.solver.EnvironmentMode;
import ai.timefold.solver.core.config.solver.SolverConfig;
import ai.timefold.solver.core.config.solver.termination.TerminationConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The store whose weeks are scheduled. */
public final class Store {
    /** Who works there. */
    public static final List<Employee> EMPLOYEES = List.of(
            new Employee("Ada", Set.of(TILL, KEYS), 14_400, 5, Set.of(SUNDAY), Set.of(LATE)),
            new Employee("Ben", Set.of(TILL, KEYS), 14_400, 5, Set.of(MONDAY), Set.of(EARLY)),
            new Employee("Cem", Set.of(TILL, KEYS), 13_600, 5, Set.of(WEDNESDAY), Set.of()),
            new Employee("Dora", Set.of(TILL, KEYS), 13_600, 5, Set.of(THURSDAY), Set.of(LATE)),
            new Employee("Eli", Set.of(TILL), 12_000, 5, Set.of(TUESDAY), Set.of(EARLY)),
            new Employee("Fay", Set.of(TILL, KEYS), 12_000, 5, Set.of(), Set.of(LATE)),
            new Employee("Gus", Set.of(TILL, KEYS), 12_000, 5, Set.of(FRIDAY), Set.of()),
            new Employee("Hana", Set.of(TILL), 12_000, 4, Set.of(SATURDAY, SUNDAY), Set.of(LATE)),
            new Employee("Ivo", Set.of(TILL), 10_400, 4, Set.of(MONDAY, TUESDAY), Set.of(EARLY)),
            new Employee("Jin", Set.of(TILL), 10_400, 4, Set.of(WEDNESDAY), Set.of(EARLY)),
            new Employee("Kim", Set.of(TILL), 10_400, 3, Set.of(MONDAY, TUESDAY, WEDNESDAY), Set.of()),
            new Employee("Lea", Set.of(TILL), 10_400, 3, Set.of(MONDAY, THURSDAY), Set.of(EARLY)));

    private Store() {}

    /** A search of a fixed number of moves from a fixed seed, so that the same forecast gives the same schedule. */
    public static SolverConfig solverConfig() {
        return new SolverConfig()
                .withSolutionClass(Schedule.class)
                .withEntityClasses(Assignment.class)
                .withConstraintProviderClass(StaffingConstraintProvider.class)
                .withEnvironmentMode(EnvironmentMode.NO_ASSERT)
                .withRandomSeed(1L)
                .withPhases(
                        new ConstructionHeuristicPhaseConfig(),
                        new LocalSearchPhaseConfig()
                                .withAcceptorConfig(new LocalSearchAcceptorConfig()
                                        .withSimulatedAnnealingStartingTemperature("1hard/5000soft"))
                                .withForagerConfig(new LocalSearchForagerConfig().withAcceptedCountLimit(1)))
                .withTerminationConfig(new TerminationConfig().withMoveCountLimit(6_000L));
    }

    /**
     * The week's schedule for a forecast.
     *
     * @param heads how many heads each shift of {@link Shift#OF_WEEK} needs
     */
    public static Schedule plan(double[] heads) {
        List<Demand> demands = new ArrayList<>();
        for (Shift shift : Shift.OF_WEEK) {
            demands.add(Demand.of(shift, heads[shift.index()]));
        }
        return SolverFactory.<Schedule>create(solverConfig()).buildSolver().solve(new Schedule(EMPLOYEES, demands));
    }
}
