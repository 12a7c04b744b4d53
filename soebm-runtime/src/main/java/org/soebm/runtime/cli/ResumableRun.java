package org.soebm.runtime.cli;

import ai.djl.Device;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.CheckedSolver;
import org.soebm.api.solver.SolverOptions;
import org.soebm.runtime.data.ResultFolder;
import org.soebm.runtime.experiment.Experiment;
import org.soebm.runtime.experiment.ExperimentPlan;
import org.soebm.runtime.experiment.ExperimentResult;
import org.soebm.runtime.experiment.ResultFiles;
import org.soebm.runtime.experiment.RunCheckpoint;
import org.soebm.runtime.learning.LearningMethod;
import org.soebm.runtime.learning.TrainingDivergedException;
import org.soebm.runtime.preprocessing.DecisionCache;
import org.soebm.runtime.report.Summary;

/**
 * A training whose results, and until they are there its checkpoint, are in a folder.
 *
 * @param options of the solver
 * @param resume whether to go on from the checkpoint of the same run, where there is one
 */
record ResumableRun(
        ExperimentPlan plan,
        LearningMethod method,
        ArgminSolverProvider provider,
        SolverOptions options,
        Device device,
        Path folder,
        boolean resume) {
    /**
     * Trains, tests and writes the results; or finds that this is done.
     *
     * @param terminal hears how it goes
     * @return what came out, lines for people
     * @throws StoppedException when cancelled or when the loss diverged; the best model so far is kept
     */
    List<String> run(PrintWriter terminal, Cancellation cancellation) {
        RunCheckpoint checkpoint = RunCheckpoint.of(folder, plan, method, provider, options, device, resume);
        try (ResultFolder results = ResultFolder.openAlone(folder, RunCheckpoint.lock(folder))) {
            if (resume && checkpoint.isFinished()) {
                checkpoint.remove();
                return List.of("This run is finished; its results are in " + folder + ".");
            }
            if (!resume && checkpoint.exists()) {
                terminal.println("In " + folder + " there is the checkpoint of a training that did not come to its end."
                        + " Starting anew; with --resume it would go on.");
            }
            try (ArgminSolver solver = CheckedSolver.of(provider, options)) {
                Experiment experiment = new Experiment(plan, provider, solver, DecisionCache.ofUser(), device);
                return run(experiment, checkpoint, results, terminal, cancellation);
            }
        }
    }

    private List<String> run(
            Experiment experiment,
            RunCheckpoint checkpoint,
            ResultFolder results,
            PrintWriter terminal,
            Cancellation cancellation) {
        terminal.println(plan.task().name() + " by " + method.name() + " with " + provider.name() + " on "
                + device.getDeviceType() + ": " + plan.data().description());
        BestSoFarFolder best = new BestSoFarFolder(folder);
        try (TrainingProgress progress = new TrainingProgress(terminal, true);
                ExperimentResult result = experiment.run(method, progress, cancellation, checkpoint)) {
            System.setProperty("java.awt.headless", "true"); // the report's pictures need no display
            ResultFiles.write(results.staging(), plan, result, checkpoint.digest());
            results.publish(ResultFiles.NAMES);
            checkpoint.remove();
            best.remove();
            List<String> lines = new ArrayList<>(Summary.of(result.metrics()));
            lines.add("Written to " + folder + ": " + String.join(", ", ResultFiles.NAMES));
            return lines;
        } catch (CancellationException stopped) {
            throw new StoppedException(best.keep("Stopped", plan, method, experiment, checkpoint, true), stopped);
        } catch (TrainingDivergedException diverged) {
            throw new StoppedException(
                    best.keep(String.valueOf(diverged.getMessage()), plan, method, experiment, checkpoint, false),
                    diverged);
        }
    }
}
