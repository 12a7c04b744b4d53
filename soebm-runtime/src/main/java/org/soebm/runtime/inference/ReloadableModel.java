package org.soebm.runtime.inference;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A model for a service that goes on deciding while a newer one is loaded: {@link #reload} loads first and swaps then, decisions
 * under way end with the model that they began with, and where loading fails the old one stays. Thread-safe.
 *
 * <pre>{@code
 * try (ReloadableModel model = ReloadableModel.of(() -> DecisionModel.load(folder))) {
 *     Decision decision = model.ask(current -> current.decide(features));
 *     model.reload(); // from another thread, e.g. when the nightly training is done
 * }
 * }</pre>
 */
public final class ReloadableModel implements AutoCloseable {
    private final Supplier<DecisionModel> loading;
    private volatile DecisionModel current;

    private ReloadableModel(Supplier<DecisionModel> loading, DecisionModel first) {
        this.loading = loading;
        current = first;
    }

    /**
     * Loads the model for the first time.
     *
     * @param loading loads it, also later on
     * @throws ModelException when it cannot be loaded
     */
    public static ReloadableModel of(Supplier<DecisionModel> loading) {
        return new ReloadableModel(loading, loading.get());
    }

    /**
     * Asks the present model.
     *
     * @param question only of the model that it is given; asked again where that was closed in between
     */
    public <T> T ask(Function<DecisionModel, T> question) {
        while (true) {
            DecisionModel asked = current;
            try {
                return question.apply(asked);
            } catch (ClosedModelException e) {
                if (asked == current) {
                    throw e; // not replaced, but closed for good
                }
            }
        }
    }

    /**
     * Loads the model again and asks that one from now on; the old one is closed when its last decision is made.
     *
     * @throws ModelException when it cannot be loaded; the old one stays
     */
    public synchronized void reload() {
        DecisionModel old = current;
        current = loading.get();
        old.close();
    }

    /** Closes the present model. */
    @Override
    public synchronized void close() {
        current.close();
    }
}
