package org.soebm.runtime.pool;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.jspecify.annotations.Nullable;

/** A {@link SolutionPool} on a device, copied anew when it has changed. */
public final class PoolTensor {
    private final SolutionPool pool;
    private final NDManager manager;
    private long version = -1;
    private @Nullable NDArray values; // (N, da)

    /**
     * Nothing is copied yet.
     *
     * @param manager owns the copy
     */
    public PoolTensor(SolutionPool pool, NDManager manager) {
        this.pool = pool;
        this.manager = manager;
    }

    /** The pool. */
    public SolutionPool pool() {
        return pool;
    }

    /**
     * All decisions of the pool.
     *
     * @param scope owns the handle, not the memory
     * @return shape (1, N, da)
     */
    public NDArray all(NDManager scope) {
        NDArray current = values;
        if (current == null || version != pool.version()) {
            if (current != null) {
                current.close();
            }
            try (NDArray borrowed = manager.create(pool.toFloats(), new Shape(pool.size(), pool.width()))) {
                current = borrowed.duplicate();
            }
            values = current;
            version = pool.version();
        }
        NDArray view = current.expandDims(0);
        view.attach(scope);
        return view;
    }
}
