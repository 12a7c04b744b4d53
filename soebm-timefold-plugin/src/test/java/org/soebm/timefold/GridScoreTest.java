package org.soebm.timefold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import ai.timefold.solver.core.config.solver.EnvironmentMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.Objective;
import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.cost.PenaltyTerm;
import org.soebm.api.cost.ResidualPenalty;
import org.soebm.api.cost.SmoothObjective;
import org.soebm.api.linear.SparseVector;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.IntegerProblems;
import org.soebm.api.solver.SampleProblems;
import org.soebm.api.solver.SolverOptions;

/** The score that moves leave behind is the score from scratch, and means what it says. */
class GridScoreTest {
    @Property(tries = 60)
    void scoreAfterRandomMovesIsTheScoreFromScratch(@ForAll long seed) {
        Random random = new Random(seed);
        ArgminProblem problem = randomProblem(random);
        Program program = new Program(problem);
        int n = program.variableCount;
        Grid grid = new Grid(program, Box.of(program.set), new double[n], 0);
        SolveBudget budget = new SolveBudget(Duration.ofMinutes(1), Cancellation.NEVER);
        Search search = new Search(program, grid, budget, 10);
        List<GridVariable> variables = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            variables.add(new GridVariable(i, grid.lowest[i], grid.highest[i], grid.index(i, random.nextGaussian())));
        }
        GridSolution solution = new GridSolution(search, variables);
        GridScoreCalculator incremental = new GridScoreCalculator();
        incremental.resetWorkingSolution(solution);
        incremental.calculateScore();
        for (int move = 0; move < 200; move++) {
            for (int k = random.nextInt(3); k >= 0; k--) { // several changes a score
                GridVariable variable = variables.get(random.nextInt(n));
                incremental.beforeVariableChanged(variable, GridVariable.POSITION);
                variable.setPosition(grid.index(variable.variable(), 3 * random.nextGaussian()));
                incremental.afterVariableChanged(variable, GridVariable.POSITION);
            }
            HardSoftLongScore score = incremental.calculateScore();
            GridScoreCalculator scratch = new GridScoreCalculator();
            scratch.resetWorkingSolution(solution);
            assertThat(score).isEqualTo(scratch.calculateScore());
            double[] point = incremental.state().values();
            double objective = problem.objective().value(point) - program.constant; // which no move changes
            assertThat(-score.softScore() / search.softScale()).isCloseTo(objective, within(1e-9));
            boolean missed = program.set.violation(point) > 1e-5;
            assertThat(score.hardScore() < 0).isEqualTo(missed);
        }
    }

    /** Timefold checks each score against one from scratch, and each undone move against the score before. */
    @Test
    void timefoldFindsNoCorruptScore() {
        List<ArgminProblem> problems = new ArrayList<>();
        Random random = new Random(3);
        problems.add(SampleProblems.power(SampleProblems.loads(8, random), new double[8]));
        problems.add(SampleProblems.power(new double[] {1, 3, 2}, new double[] {0.5, 0.1, 1}));
        problems.add(IntegerProblems.knapsack(5, random).problem());
        problems.add(IntegerProblems.unitCommitment(1, 3, random).problem());
        for (int i = 0; i < 20; i++) {
            problems.add(randomProblem(random));
        }
        try (ArgminSolver checked = new TimefoldArgminSolver(SolverOptions.DEFAULT, EnvironmentMode.FULL_ASSERT);
                ArgminSolver unchecked = new TimefoldArgminSolverProvider().create(SolverOptions.DEFAULT)) {
            for (ArgminProblem problem : problems) {
                Decision decision = checked.solve(problem);
                assertThat(decision.values()).isEqualTo(unchecked.solve(problem).values());
            }
        }
    }

    /** Dense and sparse rows and terms, known and Gaussian, integers and oracles; the origin is feasible. */
    private static ArgminProblem randomProblem(Random random) {
        int decisions = 2 + random.nextInt(4);
        ConstraintSet.Builder set = ConstraintSet.builder(decisions);
        int auxiliary = set.auxiliary(-4, Double.POSITIVE_INFINITY);
        set.box(-5, 5);
        for (int i = 0; i < decisions; i++) {
            if (random.nextInt(4) == 0) {
                set.integer(i);
            }
        }
        for (int r = random.nextInt(4); r >= 0; r--) {
            SparseVector row = vector(decisions, random).plus(SparseVector.unit(auxiliary, random.nextInt(3) - 1));
            set.row("row " + r, row, -random.nextDouble(), random.nextBoolean() ? 1 : Double.POSITIVE_INFINITY);
        }
        return new ArgminProblem(objective(decisions, random), set.build());
    }

    private static Objective objective(int decisions, Random random) {
        List<PenaltyTerm> terms = new ArrayList<>();
        for (int k = 0; k < decisions + 2; k++) {
            ResidualPenalty penalty = new ResidualPenalty(
                    random.nextGaussian(), random.nextDouble(), 0.1 + random.nextDouble(), random.nextDouble());
            SparseVector d = k < decisions ? SparseVector.unit(k, 1) : vector(decisions, random);
            terms.add(new PenaltyTerm(d, random.nextGaussian(), random.nextInt(2) * random.nextDouble(), penalty));
        }
        double[] linear = new double[decisions];
        linear[0] = random.nextGaussian();
        PenaltyObjective penalties = new PenaltyObjective(decisions, terms, linear, 1);
        return random.nextInt(4) > 0 ? penalties : asOracle(penalties);
    }

    private static SmoothObjective asOracle(PenaltyObjective penalties) {
        return new SmoothObjective() {
            @Override
            public int dimension() {
                return penalties.dimension();
            }

            @Override
            public double value(double[] decisions) {
                return penalties.value(decisions);
            }

            @Override
            public double valueAndGradient(double[] decisions, double[] gradient) {
                return penalties.valueAndGradient(decisions, gradient);
            }
        };
    }

    private static SparseVector vector(int n, Random random) {
        SparseVector vector = SparseVector.zero();
        for (int i = 0; i < n; i++) {
            if (random.nextInt(3) > 0) {
                vector = vector.plus(SparseVector.unit(i, Math.rint(10 * random.nextGaussian()) / 10));
            }
        }
        return vector;
    }
}
