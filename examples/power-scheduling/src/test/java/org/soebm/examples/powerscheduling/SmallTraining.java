package org.soebm.examples.powerscheduling;

import static org.soebm.api.cost.AffineResidual.decision;
import static org.soebm.api.cost.AffineResidual.parameter;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.solver.SolverUnavailableException;
import org.soebm.api.task.EnergySettings;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.MultilayerPerceptronSpec;
import org.soebm.api.task.NetworkSpec;
import org.soebm.api.task.Table;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;
import org.soebm.api.task.TrainingSchedule;
import org.soebm.runtime.experiment.ExperimentListener;
import org.soebm.runtime.experiment.SeedRuns;
import org.soebm.runtime.learning.SoEbm;
import org.soebm.runtime.report.Metrics;

/**
 * A program that learns to schedule four hours and names no solver, unless one is given as its argument. It prints which
 * solver worked and the task losses.
 */
final class SmallTraining {
    private static final int HOURS = 4;
    private static final int ROWS = 120;

    private SmallTraining() {}

    public static void main(String[] arguments) {
        String solver = arguments.length == 0 ? null : arguments[0];
        try {
            Metrics metrics = SeedRuns.run(
                            new FourHours(), new SoEbm(), solver, new long[] {1}, ExperimentListener.NONE)
                    .get(0);
            System.out.println(metrics.setting().solver()
                    + " " + metrics.perfectForesight().mean()
                    + " " + metrics.test().taskLoss().mean());
        } catch (SolverUnavailableException e) {
            System.out.println(e.getMessage());
            System.exit(1);
        }
    }

    private static final class FourHours implements Task {
        @Override
        public String name() {
            return "four-hours";
        }

        @Override
        public PenaltyCost cost() {
            PenaltyCost.Builder cost = PenaltyCost.builder(HOURS, HOURS);
            for (int i = 0; i < HOURS; i++) {
                cost.hinge(9, parameter(i).minus(decision(i)))
                        .hinge(1, decision(i).minus(parameter(i)))
                        .square(0.5, decision(i).minus(parameter(i)));
            }
            return cost.build();
        }

        @Override
        public ConstraintSet constraints() {
            return ConstraintSet.builder(HOURS).nonNegative().ramp(0.5).build();
        }

        @Override
        public TaskData data(@Nullable Path source, long seed) {
            Random random = new Random(seed);
            double[][] x = new double[ROWS][1];
            double[][] y = new double[ROWS][HOURS];
            for (int row = 0; row < ROWS; row++) {
                x[row][0] = random.nextGaussian();
                for (int i = 0; i < HOURS; i++) {
                    y[row][i] = 5 + x[row][0] * i + 0.5 * random.nextGaussian();
                }
            }
            return new TaskData(
                    Table.of(List.of("x"), x), Table.of(List.of("y0", "y1", "y2", "y3"), y), 100, "four hours");
        }

        @Override
        public NetworkSpec network() {
            return new MultilayerPerceptronSpec(List.of(16), true, 0);
        }

        @Override
        public HyperParameters hyperParameters() {
            return new HyperParameters(
                    new TrainingSchedule(10, 20, 0.02, 0, 0, 5, 10),
                    new TrainingSchedule(5, 20, 0.001, 0, 0, 5, 10),
                    new EnergySettings(32, 2, 10, List.of(1.0, 0.3)));
        }
    }
}
