package org.soebm.runtime.inference;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolvers;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolveListener;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.task.Table;
import org.soebm.api.task.Task;
import org.soebm.api.task.Tasks;
import org.soebm.runtime.digest.Sha256;
import org.soebm.runtime.network.GaussianPredictor;
import org.soebm.runtime.network.OfflineEngine;
import org.soebm.runtime.objective.Objectives;
import org.soebm.runtime.objective.StochasticProblem;

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
    /** The file of a model folder that says what the model is, written last. */
    public static final String DESCRIPTION = ModelFolder.DESCRIPTION;

    /** The file of a model folder that holds the network's parameters. */
    public static final String WEIGHTS = ModelFolder.WEIGHTS;

    private final ModelDescription description;
    private final Task task;
    private final GaussianPredictor predictor;
    private final ArgminSolver solver;
    private final StochasticProblem problem;
    private final DecisionMaker decisionMaker;

    private DecisionModel(ModelDescription description, Task task, GaussianPredictor predictor, ArgminSolver solver) {
        this.description = description;
        this.task = task;
        this.predictor = predictor;
        this.solver = solver;
        problem = StochasticProblem.of(task, description.hyperParameters());
        decisionMaker = new DecisionMaker(description.decisionRule().problem(problem), solver);
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
        return load(folder, Tasks.load(), ArgminSolvers.load(), null, null, Device.cpu());
    }

    /**
     * Loads a saved model.
     *
     * @param folder that {@link #save} wrote
     * @param solverName null for the usual choice
     * @param options of the solver, null for the task's own
     * @throws ModelException when the folder is not a model, is damaged, or does not fit the installed task
     */
    public static DecisionModel load(
            Path folder,
            Tasks tasks,
            ArgminSolvers solvers,
            @Nullable String solverName,
            @Nullable SolverOptions options,
            Device device) {
        ModelDescription description = ModelFolder.readDescription(folder);
        Task task = tasks.named(description.task()).create();
        StochasticProblem problem = StochasticProblem.of(task, description.hyperParameters());
        if (!TaskFingerprint.of(problem).equals(description.taskFingerprint())) {
            throw new ModelException("The model in " + folder + " was trained for another version of task "
                    + task.name() + ": cost or constraints have changed since. Train it again.");
        }
        ModelChecks.requirePredicted(folder.resolve(DESCRIPTION), description, problem);
        StochasticProblem decided = description.decisionRule().problem(problem);
        GaussianPredictor predictor = ModelFolder.readPredictor(folder, description, device);
        try {
            ArgminSolver solver = solvers.select(solverName, Objectives.typical(decided, predictor.parameterScaling()))
                    .create(decided.solverOptions(options != null ? options : task.solverOptions()));
            return new DecisionModel(description, task, predictor, solver);
        } catch (RuntimeException failure) {
            predictor.close();
            throw failure;
        }
    }

    /** Saves a trained predictor as a model folder; each file appears whole or not at all. */
    public static void save(Path folder, Task task, TrainingDescription training, GaussianPredictor predictor) {
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
                TaskFingerprint.of(StochasticProblem.of(task, training.hyperParameters())),
                training.method(),
                training.decisionRule(),
                training.seed(),
                predictor.architecture().network(),
                new ModelDescription.Columns(
                        training.featureNames(),
                        predictor.featureScaling().means(),
                        predictor.featureScaling().stds()),
                new ModelDescription.Columns(
                        training.parameterNames(),
                        predictor.parameterScaling().means(),
                        predictor.parameterScaling().stds()),
                training.hyperParameters(),
                arrays,
                Sha256.of(weights),
                versions,
                training.trainedOn());
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

    /** The task's problem, as this model takes it. */
    public StochasticProblem problem() {
        return problem;
    }

    /** The solver that decides; closed with this model. */
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

    /**
     * The problem that decides one row of unscaled features: argmin E(x, a; θ), or what else the model's rule is.
     *
     * @param features a single row
     * @param objectives of this model's problem; the answer is of use until it is closed
     */
    public ArgminProblem problem(Table features, Objectives objectives) {
        return decisionMaker.problem(objectives, predictor, features);
    }

    /** The decisions for few rows of unscaled features, in parallel, with what the solver says of each. */
    public List<Decision> decideAll(Table features) {
        return decisionMaker.decide(predictor, features);
    }

    /**
     * The decisions for however many rows of unscaled features, in parallel.
     *
     * @return shape (n, da)
     * @throws UndecidedRowException when the solver finds none for a row
     */
    public Table decisions(Table features, SolveListener listener, Cancellation cancellation) {
        return decisionMaker.decisions(predictor, features, listener, cancellation);
    }

    /** Frees the network and the solver. */
    @Override
    public void close() {
        try (solver) {
            predictor.close();
        }
    }
}
