package org.soebm.runtime.configuration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.soebm.api.task.CandidateSource;
import org.soebm.api.task.DecisionPrior;
import org.soebm.api.task.EnergySettings;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.HyperParameters.Phase;
import org.soebm.api.task.SoftConstraints;
import org.soebm.api.task.TrainingSchedule;

/**
 * The keys of all hyper-parameters, each under the name that it has in {@link HyperParameters}: {@code likelihood.epochs},
 * {@code settings.temperature}, {@code scenarios}.
 */
public final class HyperParameterKeys {
    private static final String USUAL = "the task's";
    private static final Map<Phase, String> PHASES = Map.of(
            Phase.LIKELIHOOD, "two-stage training",
            Phase.ENERGY, "what follows two-stage training in all methods but policy-net",
            Phase.POLICY, "policy-net");

    /** In the order of the record's components. */
    public static final List<HyperParameterKey<?>> ALL = all();

    private HyperParameterKeys() {}

    private static List<HyperParameterKey<?>> all() {
        List<HyperParameterKey<?>> keys = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            keys.addAll(ofSchedule(phase));
        }
        keys.addAll(ofSettings());
        keys.addAll(ofCandidates());
        keys.add(whole(
                "scenarios",
                1,
                "S, samples of y by which an expectation is taken where it has no closed form",
                HyperParameters::scenarios,
                HyperParameters::withScenarios));
        return List.copyOf(keys);
    }

    private static List<HyperParameterKey<?>> ofSchedule(Phase phase) {
        String section = phase.name().toLowerCase(Locale.ROOT) + ".";
        String where = PHASES.get(phase);
        return List.of(
                whole(
                        section + "epochs",
                        0,
                        "passes over the training rows in " + where,
                        all -> all.schedule(phase).epochs(),
                        (all, n) -> all.with(phase, all.schedule(phase).withEpochs(n))),
                whole(
                        section + "batchSize",
                        2,
                        "rows a step; more than there are means all in one step",
                        all -> all.schedule(phase).batchSize(),
                        (all, n) -> all.with(phase, all.schedule(phase).withBatchSize(n))),
                ofSchedule(
                        phase,
                        section + "learningRate",
                        Range.above(0).below(1),
                        "of Adam at the start; it falls to 0 along half a cosine",
                        TrainingSchedule::learningRate,
                        TrainingSchedule::withLearningRate),
                ofSchedule(
                        phase,
                        section + "weightDecay",
                        Range.from(0).below(1000),
                        "decoupled weight decay of Adam, as a factor of the learning rate",
                        TrainingSchedule::weightDecay,
                        TrainingSchedule::withWeightDecay),
                ofSchedule(
                        phase,
                        section + "averagingDecay",
                        Range.from(0).below(1),
                        "decay a step of the moving average of the weights, which is validated and kept; 0 for none",
                        TrainingSchedule::averagingDecay,
                        TrainingSchedule::withAveragingDecay),
                whole(
                        section + "validateEvery",
                        1,
                        "epochs between two validations",
                        all -> all.schedule(phase).validateEvery(),
                        (all, n) -> all.with(phase, all.schedule(phase).withValidateEvery(n))),
                whole(
                        section + "patience",
                        1,
                        "validations in a row that may bring no improvement before training stops",
                        all -> all.schedule(phase).patience(),
                        (all, n) -> all.with(phase, all.schedule(phase).withPatience(n))));
    }

    private static HyperParameterKey<Double> ofSchedule(
            Phase phase,
            String name,
            Range range,
            String description,
            Function<TrainingSchedule, Double> of,
            BiFunction<TrainingSchedule, Double, TrainingSchedule> with) {
        return real(
                name,
                range,
                description,
                all -> of.apply(all.schedule(phase)),
                (all, value) -> all.with(phase, with.apply(all.schedule(phase), value)));
    }

    private static List<HyperParameterKey<?>> ofSettings() {
        return List.of(
                whole(
                        "settings.samples",
                        2,
                        "M, proposal draws a row and step",
                        all -> all.settings().samples(),
                        (all, n) -> all.withSettings(all.settings().withSamples(n))),
                ofSettings(
                        "temperature",
                        Range.above(0),
                        "T, by which energies are divided so that weights do not collapse onto one draw; choose it by the"
                                + " effective sample size",
                        EnergySettings::temperature,
                        EnergySettings::withTemperature),
                ofSettings(
                        "lambda",
                        Range.from(0),
                        "weight of the KL term beside maximum likelihood of a*",
                        EnergySettings::lambda,
                        EnergySettings::withLambda),
                ofSettings(
                        "likelihoodWeight",
                        Range.from(0),
                        "weight of the negative log likelihood of y beside the energy's terms or, in proportion, beside the task loss of dfl"
                                + " methods; 0 as in the paper",
                        EnergySettings::likelihoodWeight,
                        EnergySettings::withLikelihoodWeight),
                ofSettings(
                        "margin",
                        Range.from(0),
                        "kappa, by how much of its real cost a decision must stay behind a*, for linear costs; 0 as in the"
                                + " paper",
                        EnergySettings::margin,
                        EnergySettings::withMargin),
                new HyperParameterKey<>(
                        new Key<>(
                                "settings.proposalStds",
                                new ValueType.RealNumbers(Range.above(0)),
                                USUAL,
                                "standard deviations of the proposal's Gaussians around a*, in units of the decisions"),
                        all -> all.settings().proposalStds(),
                        (all, stds) -> all.withSettings(all.settings().withProposalStds(stds))),
                oneOf(
                        "settings.prior",
                        DecisionPrior.class,
                        "p(a) of the distributions over decisions; not uniform where a cost couples dozens of them",
                        all -> all.settings().prior(),
                        (all, prior) -> all.withSettings(all.settings().withPrior(prior))));
    }

    private static List<HyperParameterKey<?>> ofCandidates() {
        return List.of(
                oneOf(
                        "candidates.source",
                        CandidateSource.class,
                        "where candidates come from; auto chooses by the task's traits",
                        all -> all.candidates().source(),
                        (all, source) -> all.withCandidates(all.candidates().withSource(source))),
                whole(
                        "candidates.poolSize",
                        2,
                        "the most decisions that a pool holds",
                        all -> all.candidates().poolSize(),
                        (all, n) -> all.withCandidates(all.candidates().withPoolSize(n))),
                whole(
                        "candidates.furtherSolutions",
                        0,
                        "decisions beside the optimum that the solver is asked for a training row",
                        all -> all.candidates().furtherSolutions(),
                        (all, n) -> all.withCandidates(all.candidates().withFurtherSolutions(n))),
                whole(
                        "candidates.perturbedSolves",
                        0,
                        "K, problems with perturbed parameters that are solved a training row",
                        all -> all.candidates().perturbedSolves(),
                        (all, n) -> all.withCandidates(all.candidates().withPerturbedSolves(n))),
                real(
                        "candidates.perturbation",
                        Range.above(0),
                        "how far parameters are perturbed, in units of their standard deviation",
                        all -> all.candidates().perturbation(),
                        (all, x) -> all.withCandidates(all.candidates().withPerturbation(x))),
                real(
                        "candidates.poolSolveRate",
                        Range.from(0).upTo(1),
                        "the share of a step's rows whose predicted problem is solved, for the pool to learn its optimum",
                        all -> all.candidates().poolSolveRate(),
                        (all, x) -> all.withCandidates(all.candidates().withPoolSolveRate(x))),
                real(
                        "candidates.solveRatio",
                        Range.from(0).upTo(1),
                        "the share of a step's rows that spo-plus, pfyl and dbb solve; for the others they take the"
                                + " best of the pool",
                        all -> all.candidates().solveRatio(),
                        (all, x) -> all.withCandidates(all.candidates().withSolveRatio(x))),
                oneOf(
                        "candidates.softConstraints",
                        SoftConstraints.class,
                        "what training adds to the energy for limits that candidates leave",
                        all -> all.candidates().softConstraints(),
                        (all, soft) -> all.withCandidates(all.candidates().withSoftConstraints(soft))),
                real(
                        "candidates.softWeight",
                        Range.above(0),
                        "weight of the barrier, or of the square of the augmented Lagrangian",
                        all -> all.candidates().softWeight(),
                        (all, x) -> all.withCandidates(all.candidates().withSoftWeight(x))));
    }

    private static HyperParameterKey<Double> real(
            String name,
            Range range,
            String description,
            Function<HyperParameters, Double> of,
            BiFunction<HyperParameters, Double, HyperParameters> with) {
        return new HyperParameterKey<>(new Key<>(name, new ValueType.RealNumber(range), USUAL, description), of, with);
    }

    private static <E extends Enum<E>> HyperParameterKey<String> oneOf(
            String name,
            Class<E> type,
            String description,
            Function<HyperParameters, E> of,
            BiFunction<HyperParameters, E, HyperParameters> with) {
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(HyperParameterKeys::lowerCase)
                .toList();
        return new HyperParameterKey<>(
                new Key<>(name, new ValueType.OneOf(names), USUAL, description),
                all -> lowerCase(of.apply(all)),
                (all, value) -> with.apply(
                        all, Enum.valueOf(type, value.replace('-', '_').toUpperCase(Locale.ROOT))));
    }

    private static HyperParameterKey<Double> ofSettings(
            String name,
            Range range,
            String description,
            Function<EnergySettings, Double> of,
            BiFunction<EnergySettings, Double, EnergySettings> with) {
        return real(
                "settings." + name,
                range,
                description,
                all -> of.apply(all.settings()),
                (all, value) -> all.withSettings(with.apply(all.settings(), value)));
    }

    private static HyperParameterKey<Long> whole(
            String name,
            int least,
            String description,
            Function<HyperParameters, Integer> of,
            BiFunction<HyperParameters, Integer, HyperParameters> with) {
        return new HyperParameterKey<>(
                new Key<>(name, ValueType.WholeNumber.from(least), USUAL, description),
                all -> (long) of.apply(all),
                (all, value) -> with.apply(all, Math.toIntExact(value)));
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The key of a name, or null. */
    public static @Nullable HyperParameterKey<?> named(String name) {
        return ALL.stream()
                .filter(key -> key.key().name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** All names. */
    public static List<String> names() {
        return ALL.stream().map(key -> key.key().name()).collect(Collectors.toList());
    }
}
