package org.soebm.api.plugin;

import java.security.CodeSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds plug-ins through {@link ServiceLoader} and makes sure that each has a name of its own. */
public final class Plugins {
    private Plugins() {}

    /**
     * The providers of a service, in the order in which they are found.
     *
     * @param what they are, in one word
     * @param name of a provider
     * @throws PluginException when one cannot be loaded or two have the same name
     */
    public static <P> List<P> load(
            Class<P> service, @Nullable ClassLoader classLoader, String what, Function<P, String> name) {
        List<P> found = new ArrayList<>();
        try {
            ServiceLoader.load(service, classLoader).forEach(found::add);
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new PluginException(
                    "A " + what + " plug-in cannot be loaded: " + clause(e) + ". Build it again, or remove its jar.",
                    e);
        }
        requireNames(what, found, name);
        return found;
    }

    /**
     * Makes sure that each provider has a name of its own, else a name could mean something else tomorrow.
     *
     * @throws PluginException when one has none, or two have the same
     */
    public static <P> void requireNames(String what, List<P> providers, Function<P, String> name) {
        Map<String, P> seen = new HashMap<>();
        for (P provider : providers) {
            String own;
            try {
                own = name.apply(provider);
            } catch (LinkageError e) {
                throw new PluginException(
                        "The " + what + " plug-in " + origin(provider) + " was built for another version of soebm: "
                                + clause(e) + ". Build it again with this version's soebm-api.",
                        e);
            }
            if (own == null || own.isBlank()) { // plug-ins are not bound by null marks
                throw new PluginException("The " + what + " plug-in " + origin(provider) + " has no name.", null);
            }
            P other = seen.putIfAbsent(own, provider);
            if (other != null) {
                throw new PluginException(
                        "There are two " + what + "s named " + own + ": " + origin(other) + " and " + origin(provider)
                                + ". Remove one of them, or rename it.",
                        null);
            }
        }
    }

    private static String origin(Object provider) {
        Class<?> type = provider.getClass();
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return type.getName() + (source == null || source.getLocation() == null ? "" : " in " + source.getLocation());
    }

    /** What the JVM says, on one line and without a full stop. */
    private static String clause(Throwable failure) {
        String message = String.valueOf(failure.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
        return failure.getClass().getSimpleName() + ": "
                + (message.endsWith(".") ? message.substring(0, message.length() - 1) : message);
    }
}
