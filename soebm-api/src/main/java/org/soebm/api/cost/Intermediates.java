package org.soebm.api.cost;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.List;

/**
 * Tensor code of which only the results stay: what the thread makes inside is closed at the end, whichever manager it
 * went to. Otherwise the products of a long-lived tensor and a candidate would live as long as the former. Autograd
 * is not touched by that: a graph holds on to the native tensors that it needs.
 */
final class Intermediates implements AutoCloseable {
    private final NDManager owner;
    private final NDScope scope = new NDScope();
    private final List<NDArray> kept = new ArrayList<>();

    /**
     * @param owner the manager of what is kept
     */
    Intermediates(NDManager owner) {
        this.owner = owner;
    }

    NDArray keep(NDArray result) {
        NDScope.unregister(result);
        result.attach(owner);
        kept.add(result);
        return result;
    }

    @Override
    public void close() {
        scope.close();
        kept.forEach(NDScope::register); // a scope of the caller's sees the results as if made there
    }
}
