package org.soebm.runtime.tuning;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.hipparchus.random.SobolSequenceGenerator;
import org.soebm.api.task.DecisionPrior;
import org.soebm.api.task.HyperParameters;
import org.soebm.runtime.configuration.HyperParameterKey;
import org.soebm.runtime.configuration.HyperParameterKeys;
import org.soebm.runtime.learning.LearningMethod;

/**
 * The sets of hyper-parameters to try: first the default, then the points of a Sobol sequence, which fill a box evenly
 * however many are taken. A seed shifts the points around the box.
 */
public final class SearchSpace {
    private static final String TEMPERATURE = "settings.temperature";
    private static final String LAMBDA = "settings.lambda";
    private static final String WEIGHT = "settings.likelihoodWeight";
    private static final String PROPOSAL = "settings.proposalStds";
    private static final String RATE = "energy.learningRate";

    private final HyperParameters defaults;
    private final List<Searched> searched;
    private final double[] shift;

    private SearchSpace(HyperParameters defaults, List<Searched> searched, long seed) {
        this.defaults = defaults;
        this.searched = searched;
        shift = new SplittableRandom(seed).doubles(searched.size()).toArray();
    }

    /**
     * Around what matters for a method; hyper-parameters whose default is 0 stay.
     *
     * @throws IllegalArgumentException when nothing is left
     */
    public static SearchSpace of(LearningMethod method, HyperParameters defaults, long seed) {
        List<Searched> searched = new ArrayList<>();
        for (String name : names(method, defaults)) {
            Searched one = searched(name);
            if (!one.isZero(defaults)) {
                searched.add(one);
            }
        }
        if (searched.isEmpty()) {
            throw new IllegalArgumentException("What matters for " + method.name()
                    + " is 0 by default, of which there are no" + " multiples to try. Set values with --config.");
        }
        return new SearchSpace(defaults, searched, seed);
    }

    /**
     * Around hyper-parameters that somebody names.
     *
     * @throws IllegalArgumentException when one cannot be searched
     */
    public static SearchSpace of(List<String> names, HyperParameters defaults, long seed) {
        List<Searched> searched = new ArrayList<>();
        for (String name : names.stream().distinct().toList()) {
            Searched one = searched(name);
            if (one.isZero(defaults)) {
                throw new IllegalArgumentException("The hyper-parameter " + name
                        + " is 0 by default, of which there are no multiples to try. Set a value with --config.");
            }
            searched.add(one);
        }
        return new SearchSpace(defaults, searched, seed);
    }

    private static List<String> names(LearningMethod method, HyperParameters defaults) {
        return switch (method.name()) {
            case "two-stage" -> List.of("likelihood.learningRate", "likelihood.weightDecay");
            case "policy-net" -> List.of("policy.learningRate", "policy.weightDecay");
            case "two-stage-tuned" -> List.of(RATE);
            case "so-ebm", "so-ebm-no-mle" -> withProposal(List.of(RATE, TEMPERATURE, LAMBDA, WEIGHT), defaults);
            case "so-ebm-no-kl" -> withProposal(List.of(RATE, TEMPERATURE, WEIGHT), defaults);
            case "so-ebm-langevin" -> List.of(RATE, TEMPERATURE, LAMBDA, WEIGHT);
            default -> List.of(RATE, WEIGHT); // dfl
        };
    }

    private static List<String> withProposal(List<String> names, HyperParameters defaults) {
        List<String> all = new ArrayList<>(names);
        if (defaults.settings().prior() != DecisionPrior.OPTIMA) { // which draws from other rows' optima instead
            all.add(PROPOSAL);
        }
        return all;
    }

    private static Searched searched(String name) {
        HyperParameterKey<?> key = HyperParameterKeys.named(name);
        Searched one = key == null ? null : Searched.of(key);
        if (one == null) {
            throw new IllegalArgumentException("There is no hyper-parameter " + name + " to search; there are: "
                    + HyperParameterKeys.ALL.stream()
                            .filter(other -> Searched.of(other) != null)
                            .map(other -> other.key().name())
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        return one;
    }

    /** The hyper-parameters of a trial: for trial 0 the default. */
    public HyperParameters at(int trial) {
        if (trial == 0) {
            return defaults;
        }
        double[] point = new SobolSequenceGenerator(searched.size()).skipTo(trial);
        HyperParameters all = defaults;
        for (int i = 0; i < point.length; i++) {
            all = searched.get(i).at((point[i] + shift[i]) % 1, all);
        }
        return all;
    }

    /** The names of what is searched. */
    public List<String> names() {
        return searched.stream().map(one -> one.key().key().name()).toList();
    }

    /** What is searched, by name, as it stands in a file. */
    Map<String, String> values(HyperParameters all) {
        Map<String, String> values = new LinkedHashMap<>();
        searched.forEach(one -> values.put(one.key().key().name(), one.key().text(all)));
        return values;
    }
}
