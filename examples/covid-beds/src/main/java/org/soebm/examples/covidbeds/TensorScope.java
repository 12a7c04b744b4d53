package org.soebm.examples.covidbeds;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Tensor code of which only one result stays: all else that the thread makes inside is closed at the end, whichever
 * manager it went to. Autograd is not touched by that; its graph holds on to the native tensors that it needs.
 */
final class TensorScope implements AutoCloseable {
    private final NDManager owner;
    private final DataType type;
    private final NDScope scope = new NDScope();
    private @Nullable NDArray kept;

    /**
     * @param model whose manager, with its device, and data type are those of constants and of the result
     */
    TensorScope(NDArray model) {
        owner = model.getManager();
        type = model.getDataType();
    }

    /**
     * A constant with memory of its own. What {@code create} makes on a CPU borrows a Java buffer, which may be freed
     * before autograd comes back to it.
     */
    NDArray constant(double[] values, long... shape) {
        NDArray doubles = owner.create(values, new Shape(shape));
        return type == DataType.FLOAT64 ? doubles.duplicate() : doubles.toType(type, true);
    }

    /** A constant matrix, by row. */
    NDArray constant(double[][] rows) {
        double[] flat = new double[rows.length * rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, flat, i * rows[0].length, rows[0].length);
        }
        return constant(flat, rows.length, rows[0].length);
    }

    /** Lets the result outlive the scope. */
    NDArray keep(NDArray result) {
        NDScope.unregister(result);
        result.attach(owner);
        kept = result;
        return result;
    }

    @Override
    public void close() {
        scope.close();
        if (kept != null) {
            NDScope.register(kept); // a scope of the caller's sees the result as if made there
        }
    }
}
