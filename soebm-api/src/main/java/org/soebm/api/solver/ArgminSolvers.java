package org.soebm.api.solver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.soebm.api.plugin.PluginException;
import org.soebm.api.plugin.Plugins;

/**
 * The installed solver plug-ins and the rule by which one is chosen: an explicit name, else the system property
 * {@value #SOLVER_PROPERTY}, else the lowest rank that supports the problem.
 */
public final class ArgminSolvers {
    /** The system property that names the solver to use. */
    public static final String SOLVER_PROPERTY = "soebm.solver";

    private static final String WHAT = "solver";
    private static final String ARTIFACTS =
            "Add org.soebm:soebm-ortools-plugin or org.soebm:soebm-timefold-plugin to the class path.";

    private final List<ArgminSolverProvider> providers;

    private ArgminSolvers(List<ArgminSolverProvider> providers) {
        this.providers = providers.stream()
                .sorted(Comparator.comparingInt(ArgminSolverProvider::rank).thenComparing(ArgminSolverProvider::name))
                .toList();
    }

    /**
     * The solvers that the current thread's class loader finds.
     *
     * @throws PluginException when a plug-in cannot be loaded, or two solvers have the same name
     */
    public static ArgminSolvers load() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return load(context == null ? ArgminSolvers.class.getClassLoader() : context);
    }

    /**
     * The solvers that a class loader finds.
     *
     * @throws PluginException when a plug-in cannot be loaded, or two solvers have the same name
     */
    public static ArgminSolvers load(@Nullable ClassLoader classLoader) {
        return new ArgminSolvers(
                Plugins.load(ArgminSolverProvider.class, classLoader, WHAT, ArgminSolverProvider::name));
    }

    /**
     * A fixed list of solvers, without any look at the class path.
     *
     * @throws PluginException when two have the same name
     */
    public static ArgminSolvers of(List<ArgminSolverProvider> providers) {
        Plugins.requireNames(WHAT, providers, ArgminSolverProvider::name);
        return new ArgminSolvers(providers);
    }

    /** All providers, lowest rank first. */
    public List<ArgminSolverProvider> all() {
        return providers;
    }

    /**
     * Chooses the provider for a problem.
     *
     * @param name the explicit choice, or null
     * @throws SolverUnavailableException when the named solver is not installed or refuses the problem, or none
     *     supports it; lists what was found, why each refused, and what to add
     */
    public ArgminSolverProvider select(@Nullable String name, ArgminProblem problem) {
        String chosen = name != null ? name : System.getProperty(SOLVER_PROPERTY);
        if (chosen != null) {
            ArgminSolverProvider provider = named(chosen);
            Support support = support(provider, problem);
            if (!support.supported()) {
                throw new SolverUnavailableException("Solver " + chosen
                        + (name == null ? ", named by the system property " + SOLVER_PROPERTY + "," : "")
                        + " does not support " + problemText(problem) + ": " + support.reason() + ". "
                        + alternatives(problem));
            }
            return provider;
        }
        List<String> refusals = new ArrayList<>();
        for (ArgminSolverProvider provider : providers) {
            Support support = support(provider, problem);
            if (support.supported()) {
                return provider;
            }
            refusals.add(provider.name() + " refuses: " + support.reason());
        }
        throw new SolverUnavailableException(
                providers.isEmpty()
                        ? "No solver is installed. " + ARTIFACTS
                        : "No installed solver supports " + problemText(problem) + "; " + String.join("; ", refusals)
                                + ". Maybe another solver helps? " + ARTIFACTS);
    }

    /**
     * The provider of a name.
     *
     * @throws SolverUnavailableException when it is not installed; lists those that are
     */
    public ArgminSolverProvider named(String name) {
        for (ArgminSolverProvider provider : providers) {
            if (provider.name().equals(name)) {
                return provider;
            }
        }
        String known = providers.stream().map(ArgminSolverProvider::name).collect(Collectors.joining(", "));
        throw new SolverUnavailableException("There is no solver named " + name + "; "
                + (known.isEmpty() ? "none is installed. " + ARTIFACTS : "installed are: " + known + "."));
    }

    /**
     * Whether a provider's solvers take a problem: the provider's word, unless it does not know of native models and would
     * leave one out. A provider that fails to say takes none.
     */
    public static Support support(ArgminSolverProvider provider, ArgminProblem problem) {
        Support ofModel = Support.ofNativeModel(problem.constraints(), provider.name());
        if (!ofModel.supported()) {
            return ofModel;
        }
        try {
            Support support = provider.supports(problem);
            return support == null ? Support.no("its plug-in does not say whether it takes it") : support;
        } catch (RuntimeException e) {
            return Support.no("its plug-in fails when asked for it (" + e + ")");
        }
    }

    private String alternatives(ArgminProblem problem) {
        String able = providers.stream()
                .filter(provider -> support(provider, problem).supported())
                .map(ArgminSolverProvider::name)
                .collect(Collectors.joining(", "));
        return able.isEmpty() ? "No other installed solver does either. " + ARTIFACTS : "Maybe use " + able + "?";
    }

    private static String problemText(ArgminProblem problem) {
        return "a problem with " + problem.objective() + " over " + problem.constraints();
    }
}
