package org.soebm.runtime.inference;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolvers;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolveListener;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.task.HyperParameters;
import org.soebm.runtime.digest.Sha256;
import org.soebm.api.task.Table;
import org.soebm.api.task.Task;
import org.soebm.runtime.network.OfflineEngine;
import org.soebm.runtime.preprocessing.Objectives;
import org.soebm.api.task.Tasks;
import org.soebm.runtime.network.GaussianPredictor;

/**
 * A trained model with its task and a solver, ready to decide. Thread-safe; close it when done.
 *
 * <pre>{@code
 * try (DecisionModel model = DecisionModel.load(Path.of("out"))) {
 *     Decision decision = model.decide(features);
 * }
 * }</pre>
 */
public final class DecisionModel implements AutoCloseable {
    private final ModelDescription description;
    private final Task task;
    private final GaussianPredictor predictor;
    private final ArgminSolver solver;
    private final DecisionMaker decisionMaker;

    private DecisionModel(ModelDescription description, Task task, GaussianPredictor predictor, ArgminSolver solver) {
        this.description = description;
        this.task = task;
        this.predictor = predictor;
        this.solver = solver;
        decisionMaker = new DecisionMaker(penaltyCost(task), task.constraints(), solver);
    }

    private static PenaltyCost penaltyCost(Task task) {
        if (task.cost() instanceof PenaltyCost cost) {
            return cost;
        }
        throw new ModelException("Task " + task.name() + " has a cost of type "
                + task.cost().getClass().getSimpleName() + ", but a saved model needs a PenaltyCost.");
    }

    /**
     * What a saved model says of itself, without loading its network or a solver.
     *
     * @throws ModelException when the folder is not a model or its description is damaged
     */
    public static ModelDescription describe(Path folder) {
        return ModelFolder.readDescription(folder);
    }

    /** {@link #load(Path, Tasks, ArgminSolvers, String, SolverOptions, Device)} with whatever is on the class path. */
    public static DecisionModel load(Path folder) {
        return load(folder, Tasks.load(), ArgminSolvers.load(), null, SolverOptions.DEFAULT, Device.cpu());
    }

    /**
     * Loads a saved model.
     *
     * @param folder that {@link #save} wrote
     * @param solverName null for the usual choice
     * @throws ModelException when the folder is not a model, is damaged, or does not fit the installed task
     */
    public static DecisionModel load(
            Path folder,
            Tasks tasks,
            ArgminSolvers solvers,
            @Nullable String solverName,
            SolverOptions options,
            Device device) {
        ModelDescription description = ModelFolder.readDescription(folder);
        Task task = tasks.named(description.task()).create();
        PenaltyCost cost = penaltyCost(task);
        if (!TaskFingerprint.of(cost, task.constraints()).equals(description.taskFingerprint())) {
            throw new ModelException("The model in " + folder + " was trained for another version of task "
                    + task.name() + ": cost or constraints have changed since. Train it again.");
        }
        GaussianPredictor predictor = ModelFolder.readPredictor(folder, description, device);
        try {
            ArgminSolver solver = solvers.select(solverName, typicalProblem(cost, task.constraints(), predictor))
                    .create(options);
            return new DecisionModel(description, task, predictor, solver);
        } catch (RuntimeException failure) {
            predictor.close();
            throw failure;
        }
    }

    /** A problem like those to come, by which a solver is chosen. */
    private static ArgminProblem typicalProblem(
            PenaltyCost cost, ConstraintSet constraints, GaussianPredictor predictor) {
        return new ArgminProblem(
                cost.expectedObjective(
                        predictor.parameterScaling().means(),
                        predictor.parameterScaling().stds()),
                constraints);
    }

    /**
     * Saves a trained predictor as a model folder; each file appears whole or not at all.
     *
     * @param trainedOn the training data in words
     */
    public static void save(
            Path folder,
            Task task,
            String method,
            long seed,
            HyperParameters hyperParameters,
            List<String> featureNames,
            List<String> parameterNames,
            String trainedOn,
            GaussianPredictor predictor) {
        byte[] weights = ModelFolder.encode(predictor.weights());
        List<ModelDescription.ArrayDescription> arrays = new ArrayList<>();
        List<long[]> shapes = predictor.architecture().weightShapes();
        for (int i = 0; i < shapes.size(); i++) {
            arrays.add(new ModelDescription.ArrayDescription(
                    predictor.weightNames().get(i), shapes.get(i)));
        }
        Map<String, String> versions = new LinkedHashMap<>();
        String own = DecisionModel.class.getPackage().getImplementationVersion();
        versions.put("soebm", own == null ? "unpackaged" : own);
        Engine engine = OfflineEngine.get();
        versions.put(engine.getEngineName(), engine.getVersion());
        versions.put("java", System.getProperty("java.version"));
        ModelDescription description = new ModelDescription(
                ModelDescription.FORMAT_VERSION,
                task.name(),
                TaskFingerprint.of(penaltyCost(task), task.constraints()),
                method,
                seed,
                predictor.architecture().network(),
                new ModelDescription.Columns(
                        featureNames,
                        predictor.featureScaling().means(),
                        predictor.featureScaling().stds()),
                new ModelDescription.Columns(
                        parameterNames,
                        predictor.parameterScaling().means(),
                        predictor.parameterScaling().stds()),
                hyperParameters,
                arrays,
                Sha256.of(weights),
                versions,
                trainedOn);
        ModelFolder.write(folder, description, weights);
    }

    /** What the model was trained on and how. */
    public ModelDescription description() {
        return description;
    }

    /** The task that the model decides. */
    public Task task() {
        return task;
    }

    /** The options of the solver, and through {@link Decision} its answers. */
    public ArgminSolver solver() {
        return solver;
    }

    /**
     * The decision for one row of unscaled features.
     *
     * @param features length dx
     * @throws UndecidedRowException when the solver finds none
     */
    public Decision decide(double[] features) {
        return decideAll(Table.of(description.features().names(), new double[][] {features}))
                .get(0);
    }

    /** The decisions for a table of unscaled features, in parallel. */
    public List<Decision> decideAll(Table features) {
        return decideAll(features, SolveListener.NONE, Cancellation.NEVER);
    }

    /** {@link #decideAll(Table)} with progress and cancellation. */
    public List<Decision> decideAll(Table features, SolveListener listener, Cancellation cancellation) {
        return decisionMaker.decide(predictor, features, listener, cancellation);
    }

    /** Frees the network and the solver. */
    @Override
    public void close() {
        try (solver) {
            predictor.close();
        }
    }
}
