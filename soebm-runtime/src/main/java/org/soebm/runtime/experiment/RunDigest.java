package org.soebm.runtime.experiment;

import ai.djl.Device;
import ai.djl.engine.Engine;
import com.google.gson.Gson;
import org.jspecify.annotations.Nullable;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.task.ObservationModel;
import org.soebm.api.task.Table;
import org.soebm.runtime.digest.ProblemDigest;
import org.soebm.runtime.inference.TaskFingerprint;
import org.soebm.runtime.network.OfflineEngine;
import org.soebm.runtime.objective.StochasticProblem;

/**
 * A digest of all that the figures of a run depend on: task, rows, split, hyper-parameters, network, seed, solver, engine
 * and library. Times aside, runs of the same digest come out the same; the number of threads may change last digits.
 */
final class RunDigest {
    private static final String FORMAT = "soebm-run-3";

    private final String common;

    private RunDigest(String common) {
        this.common = common;
    }

    /**
     * The digest of all methods' runs.
     *
     * @param code what stands for parts of the task that cannot tell their own changes
     */
    static RunDigest of(
            ExperimentPlan plan, TaskCode code, ArgminSolverProvider provider, SolverOptions options, Device device) {
        ProblemDigest digest = ofSetting(plan, code, provider, options, device);
        tables(
                digest,
                plan.data().features(),
                plan.data().parameters(),
                plan.data().observed());
        split(
                digest,
                plan.split().train(),
                plan.split().validation(),
                plan.split().test());
        return new RunDigest(digest.hex());
    }

    /** The digest of runs that leave the test rows alone: they, too, are not looked at. */
    static RunDigest ofLearning(
            ExperimentPlan plan, TaskCode code, ArgminSolverProvider provider, SolverOptions options, Device device) {
        ProblemDigest digest = ofSetting(plan, code, provider, options, device);
        int[] train = plan.split().train();
        int[] validation = plan.split().validation();
        for (int[] rows : new int[][] {train, validation}) {
            tables(
                    digest,
                    plan.data().features().select(rows),
                    plan.data().parameters().select(rows),
                    plan.data().observed().select(rows));
        }
        split(digest, train, validation);
        return new RunDigest(digest.hex());
    }

    private static ProblemDigest ofSetting(
            ExperimentPlan plan, TaskCode code, ArgminSolverProvider provider, SolverOptions options, Device device) {
        StochasticProblem problem = StochasticProblem.of(plan.task(), plan.hyperParameters());
        ObservationModel observationModel = problem.observationModel();
        Engine engine = OfflineEngine.get();
        Gson gson = new Gson(); // every component of these records, whatever records come to have
        return new ProblemDigest()
                .text(FORMAT)
                .text(version(RunDigest.class))
                .text(engine.getEngineName())
                .text(engine.getVersion())
                .text(device.getDeviceType())
                .text(provider.name())
                .text(version(provider.getClass()))
                .number(options.timeLimit().toNanos())
                .number(options.tolerance())
                .number(options.seed())
                .text(plan.task().name())
                .text(version(plan.task().getClass()))
                .text(code.digest())
                .text(TaskFingerprint.of(problem))
                .text(
                        observationModel == null
                                ? ""
                                : observationModel.getClass().getName())
                .text(plan.task().network().getClass().getName())
                .text(gson.toJson(plan.task().network()))
                .text(gson.toJson(plan.hyperParameters()))
                .number(plan.seed())
                .number(plan.skipUnsolvable() ? 1L : 0L);
    }

    /** The digest of a method's run, in hexadecimal digits. */
    String of(String method) {
        return new ProblemDigest().text(common).text(method).hex();
    }

    private static void tables(ProblemDigest digest, Table... tables) {
        for (Table table : tables) {
            table(digest, table);
        }
    }

    private static void table(ProblemDigest digest, Table table) {
        digest.number((long) table.rows()).number((long) table.width());
        for (int row = 0; row < table.rows(); row++) {
            for (double value : table.row(row)) {
                digest.number(value);
            }
        }
    }

    private static void split(ProblemDigest digest, int[]... parts) {
        for (int[] rows : parts) {
            digest.number((long) rows.length);
            for (int row : rows) {
                digest.number((long) row);
            }
        }
    }

    private static String version(Class<?> of) {
        @Nullable String version = of.getPackage().getImplementationVersion();
        return version == null ? "" : version;
    }
}
