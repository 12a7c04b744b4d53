package org.soebm.benchmarks.scaling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.ArgminSolvers;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.SolveListener;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.task.Table;
import org.soebm.runtime.inference.DecisionMaker;
import org.soebm.runtime.learning.Learned;
import org.soebm.runtime.learning.LearningProblem;
import org.soebm.runtime.learning.StepProbe;
import org.soebm.runtime.learning.TrainingListener;
import org.soebm.runtime.learning.TwoStage;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.preprocessing.HindsightDecisions;

/**
 * One point of a sweep, measured in this process.
 *
 * @param seconds median of an operation
 * @param networkSeconds of them what the same steps take without candidates, 0 where there is no such thing
 * @param peak megabytes
 * @param resident megabytes, one number a time of looking
 */
record Measured(double seconds, double networkSeconds, double peak, double[] resident) {
    /** Rows of a step of an epoch. */
    static final int BATCH = 2048;

    /** Rows of the steps during which memory should stay level. */
    static final int SMALL_BATCH = 256;

    /** How often memory is looked at while it should stay level, and steps between two looks. */
    static final int LOOKS = 10;

    static final int STEPS_A_LOOK = 200;

    private static final double ROUGHNESS = 0.3;
    private static final int TRAINING_ROWS = 2048; // of a network that only has to predict
    private static final int FEWEST = 3;
    private static final int MOST = 50;
    private static final double ENOUGH_SECONDS = 2;
    private static final double WARM_UP_SECONDS = 4;

    /** Prints the measurement as {@link #of(String)} reads it. */
    public static void main(String[] arguments) {
        Measured measured = of(Setting.of(arguments));
        StringBuilder line =
                new StringBuilder(String.format("%s %s %s", measured.seconds, measured.networkSeconds, measured.peak));
        for (double megabytes : measured.resident) {
            line.append(' ').append(megabytes);
        }
        System.out.println(line);
    }

    /** What {@link #main} printed. */
    static Measured of(String line) {
        double[] numbers =
                Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
        return new Measured(numbers[0], numbers[1], numbers[2], Arrays.copyOfRange(numbers, 3, numbers.length));
    }

    private static Measured of(Setting setting) {
        ArgminSolverProvider provider = ArgminSolvers.load().named("ortools");
        try (ArgminSolver solver = provider.create(SolverOptions.DEFAULT.withThreads(setting.threads()))) {
            return switch (setting.kind()) {
                case STEP -> steps(setting, solver, setting.rows());
                case EPOCH -> steps(setting, solver, BATCH);
                case LEVEL -> level(setting, solver);
                case PREPROCESSING -> preprocessing(setting, 0, provider, solver);
                case ROUGH_PREPROCESSING -> preprocessing(setting, ROUGHNESS, provider, solver);
                case INFERENCE -> inference(setting, solver);
            };
        }
    }

    private static RowSource rows(Setting setting, double roughness) {
        return new WaveRows(ScalingProblem.FEATURES, setting.decisions(), roughness);
    }

    private static Measured steps(Setting setting, ArgminSolver solver, int batch) {
        LearningProblem problem = ScalingProblem.learning(rows(setting, 0), setting.rows(), setting.samples(), solver);
        try (StepProbe probe = new StepProbe(problem)) {
            double seconds;
            double peak;
            double now;
            try (StepProbe.Steps steps = probe.ofEnergy()) {
                seconds = median(() -> epoch(steps, setting.rows(), batch));
                peak = ResidentMemory.peak();
                now = ResidentMemory.now();
            }
            try (StepProbe.Steps steps = probe.ofNetwork()) {
                double network = median(() -> epoch(steps, setting.rows(), batch));
                return new Measured(seconds, network, peak, new double[] {now});
            }
        }
    }

    private static void epoch(StepProbe.Steps steps, int rows, int batch) {
        for (int from = 0; from < rows; from += batch) {
            int to = Math.min(rows, from + batch);
            if (to - from > 1) {
                steps.run(from, to);
            }
        }
    }

    private static Measured level(Setting setting, ArgminSolver solver) {
        LearningProblem problem = ScalingProblem.learning(rows(setting, 0), setting.rows(), setting.samples(), solver);
        double[] resident = new double[LOOKS];
        long start = System.nanoTime();
        try (StepProbe probe = new StepProbe(problem);
                StepProbe.Steps steps = probe.ofEnergy()) {
            int from = 0;
            for (int look = 0; look < LOOKS; look++) {
                for (int step = 0; step < STEPS_A_LOOK; step++) {
                    steps.run(from, from + SMALL_BATCH);
                    from = from + 2 * SMALL_BATCH <= setting.rows() ? from + SMALL_BATCH : 0;
                }
                resident[look] = ResidentMemory.now();
            }
        }
        double seconds = (System.nanoTime() - start) * 1e-9 / LOOKS / STEPS_A_LOOK;
        return new Measured(seconds, 0, ResidentMemory.peak(), resident);
    }

    private static Measured preprocessing(
            Setting setting, double roughness, ArgminSolverProvider provider, ArgminSolver solver) {
        StochasticProblem problem = ScalingProblem.of(setting.decisions());
        Table parameters =
                ScalingProblem.rows(rows(setting, roughness), setting.rows()).parameters();
        HindsightDecisions decisions = new HindsightDecisions(problem.cost(), problem.constraints(), provider, solver);
        return solved(() -> decisions.solve(parameters, SolveListener.NONE, Cancellation.NEVER));
    }

    private static Measured inference(Setting setting, ArgminSolver solver) {
        LearningProblem problem = ScalingProblem.learning(rows(setting, 0), TRAINING_ROWS, setting.samples(), solver);
        Table features = ScalingProblem.rows(rows(setting, 0), setting.rows()).features();
        try (Learned learned = new TwoStage().learn(problem, TrainingListener.NONE)) {
            DecisionMaker decisionMaker = new DecisionMaker(problem.problem(), solver);
            return solved(() -> decisionMaker.decide(learned.predictor(), features));
        }
    }

    private static Measured solved(Runnable solves) {
        double seconds = median(solves);
        return new Measured(seconds, 0, ResidentMemory.peak(), new double[] {ResidentMemory.now()});
    }

    /** The median seconds of an operation, once the compiler has done with what it consists of. */
    private static double median(Runnable operation) {
        long warmUp = System.nanoTime();
        do {
            operation.run();
        } while ((System.nanoTime() - warmUp) * 1e-9 < WARM_UP_SECONDS);
        List<Double> seconds = new ArrayList<>();
        double sum = 0;
        while (seconds.size() < FEWEST || (sum < ENOUGH_SECONDS && seconds.size() < MOST)) {
            long start = System.nanoTime();
            operation.run();
            double taken = (System.nanoTime() - start) * 1e-9;
            seconds.add(taken);
            sum += taken;
        }
        seconds.sort(null);
        return seconds.get(seconds.size() / 2);
    }
}
