package org.soebm.runtime.inference;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolvers;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.CheckedSolver;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolveListener;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.task.DataException;
import org.soebm.api.task.Table;
import org.soebm.api.task.Task;
import org.soebm.api.task.Tasks;
import org.soebm.runtime.digest.Sha256;
import org.soebm.runtime.network.GaussianPredictor;
import org.soebm.runtime.network.OfflineEngine;
import org.soebm.runtime.objective.DecisionRule;
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

    /** Samples of y that the distribution of a cost is taken from. */
    private static final int COST_SAMPLES = 1000;

    private final ModelDescription description;
    private final Task task;
    private final GaussianPredictor predictor;
    private final ArgminSolver solver;
    private final StochasticProblem problem;
    private final DecisionMaker decisionMaker;
    private final OutcomeSamples costSamples;
    private final CloseGate gate = new CloseGate();

    private DecisionModel(ModelDescription description, Task task, GaussianPredictor predictor, ArgminSolver solver) {
        this.description = description;
        this.task = task;
        this.predictor = predictor;
        this.solver = solver;
        problem = StochasticProblem.of(task, description.hyperParameters());
        decisionMaker = new DecisionMaker(description.decisionRule().problem(problem), solver);
        costSamples = OutcomeSamples.of(problem, COST_SAMPLES);
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
            ArgminSolver solver = CheckedSolver.of(
                    solvers.select(solverName, Objectives.typical(decided, predictor.parameterScaling())),
                    decided.solverOptions(options != null ? options : task.solverOptions()));
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
     * @throws DataException when there are more or fewer features, or one is not finite
     * @throws ClosedModelException when the model is closed
     */
    public Decision decide(double[] features) {
        return decideAll(row(features)).get(0);
    }

    private Table row(double[] features) {
        List<String> names = description.features().names();
        if (features.length != names.size()) {
            throw new DataException(
                    "There are " + features.length + " features, but the model was trained on " + names.size() + ".");
        }
        for (int i = 0; i < features.length; i++) {
            if (!Double.isFinite(features[i])) {
                throw new DataException("The feature " + names.get(i) + " is " + features[i] + ", but must be finite.");
            }
        }
        return Table.of(names, new double[][] {features});
    }

    /**
     * The decision for one row of unscaled features, with what it is going to cost.
     *
     * @param features length dx
     * @throws UndecidedRowException when the solver finds none
     * @throws ModelException when the model predicts decisions instead of what is uncertain
     */
    public DecisionForecast decideWithCosts(double[] features) {
        return gate.within(() -> {
            Decision decision = decide(features);
            return new DecisionForecast(decision, costs(features, decision.values()));
        });
    }

    /**
     * What any decision is going to cost under the predictive distribution of one row of unscaled features.
     *
     * @param features length dx
     * @param decision a, length da; feasible or not
     * @throws ModelException when the model predicts decisions instead of what is uncertain
     * @throws DataException when there are more or fewer decisions than the task has, or features than the model
     */
    public CostForecast costs(double[] features, double[] decision) {
        requireDistribution();
        if (decision.length != problem.cost().decisionCount()) {
            throw new DataException("There are " + decision.length + " decisions, but task " + task.name() + " has "
                    + problem.cost().decisionCount() + ".");
        }
        Table row = row(features);
        return gate.within(() -> {
            try (Objectives objectives = new Objectives(problem.cost(), problem.constraints(), predictor.device())) {
                double[][] outcomes =
                        costSamples.scenarios(predictor, row, 0).apply(0).parameters();
                return new CostForecast(
                        decisionMaker
                                .problem(objectives, predictor, row)
                                .objective()
                                .value(decision),
                        objectives.costs(outcomes, decision));
            }
        });
    }

    private void requireDistribution() {
        if (description.decisionRule() != DecisionRule.EXPECTED_COST) {
            throw new ModelException("The model was trained by " + description.method()
                    + ", which predicts decisions, and not what they depend on: there is no distribution of costs.");
        }
    }

    /** {@link #sampleDecisions(double[], int, long)}, the same draws in each call. */
    public double[][] sampleDecisions(double[] features, int count) {
        return sampleDecisions(features, count, 0);
    }

    /**
     * Draws decisions from q(a | x; θ) ∝ exp(−E(x, a; θ)/T) on the feasible set C, T being the temperature of the training: by
     * how much they scatter tells how much the energy cares. They come from a Markov chain (hit-and-run, slice sampling).
     *
     * @param features one row, unscaled, length dx
     * @param seed of the draws
     * @return feasible decisions, shape (count, da)
     * @throws ModelException when decisions cannot be drawn: where the feasible set has auxiliary variables, a solver's own
     *     model, or integers under equality rows, and where the model predicts decisions
     */
    public double[][] sampleDecisions(double[] features, int count, long seed) {
        requireDistribution();
        if (count < 1) {
            throw new IllegalArgumentException("The number of draws is " + count + ", but must be at least 1.");
        }
        DecisionDraws draws = new DecisionDraws(
                problem.constraints(), description.hyperParameters().settings());
        Table row = row(features);
        return gate.within(() -> {
            try (Objectives objectives = new Objectives(problem.cost(), problem.constraints(), predictor.device())) {
                ArgminProblem argmin = decisionMaker.problem(objectives, predictor, row);
                Decision optimum = decide(features);
                return draws.of(argmin.objective(), optimum.values(), count, new Random(seed));
            }
        });
    }

    /**
     * The problem that decides one row of unscaled features: argmin E(x, a; θ), or what else the model's rule is.
     *
     * @param features a single row
     * @param objectives of this model's problem; the answer is of use until it is closed
     */
    public ArgminProblem problem(Table features, Objectives objectives) {
        return gate.within(() -> decisionMaker.problem(objectives, predictor, features));
    }

    /** The decisions for few rows of unscaled features, in parallel, with what the solver says of each. */
    public List<Decision> decideAll(Table features) {
        return gate.within(() -> decisionMaker.decide(predictor, features));
    }

    /**
     * The decisions for however many rows of unscaled features, in parallel.
     *
     * @return shape (n, da)
     * @throws UndecidedRowException when the solver finds none for a row
     */
    public Table decisions(Table features, SolveListener listener, Cancellation cancellation) {
        return gate.within(() -> decisionMaker.decisions(predictor, features, listener, cancellation));
    }

    /** Waits for decisions under way, then frees the network and the solver; afterwards nothing is decided any more. */
    @Override
    public void close() {
        gate.close(() -> {
            try (solver) {
                predictor.close();
            }
        });
    }
}
