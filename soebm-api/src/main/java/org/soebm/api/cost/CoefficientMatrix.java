package org.soebm.api.cost;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.Buffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import org.soebm.api.linear.SparseVector;

/**
 * K linear forms of n numbers as tensors on a device, by whichever of three ways is at hand: a product with a diagonal, where
 * form j is of number j alone; a sparse matrix, where a dense one would be large and nearly empty; else a dense one.
 * Differentiable by autograd.
 */
final class CoefficientMatrix {
    /** A dense matrix of fewer entries is no burden. */
    private static final long LARGE = 1 << 20;

    /** Above this share of entries a dense matrix is quicker. */
    private static final double DENSE = 1.0 / 32;

    private enum Kind {
        DIAGONAL,
        SPARSE,
        DENSE
    }

    private final Kind kind;
    private final int numbers;
    private final int forms;
    private final NDArray matrix; // (K) when diagonal, (n, K) when dense, (K, n) when sparse
    private final NDArray transposed; // the same, but (n, K) when sparse

    /**
     * The matrix.
     *
     * @param forms K of them
     * @param numbers n
     * @param manager owns the tensors
     */
    CoefficientMatrix(List<SparseVector> forms, int numbers, NDManager manager, DataType type) {
        this.numbers = numbers;
        this.forms = forms.size();
        kind = kind(forms, numbers);
        switch (kind) {
            case DIAGONAL -> {
                matrix =
                        tensor(forms.stream().mapToDouble(form -> form.value(0)).toArray(), type, manager, this.forms);
                transposed = matrix;
            }
            case SPARSE -> {
                matrix = sparse(forms, false, type, manager);
                transposed = sparse(forms, true, type, manager);
            }
            default -> {
                double[] entries = new double[numbers * this.forms];
                for (int j = 0; j < this.forms; j++) {
                    SparseVector form = forms.get(j);
                    for (int k = 0; k < form.size(); k++) {
                        entries[form.index(k) * this.forms + j] = form.value(k);
                    }
                }
                matrix = tensor(entries, type, manager, numbers, this.forms);
                transposed = matrix;
            }
        }
    }

    private static Kind kind(List<SparseVector> forms, int numbers) {
        boolean isDiagonal = forms.size() == numbers;
        long entries = 0;
        for (int j = 0; j < forms.size(); j++) {
            SparseVector form = forms.get(j);
            isDiagonal &= form.size() == 1 && form.index(0) == j;
            entries += form.size();
        }
        if (isDiagonal) {
            return Kind.DIAGONAL;
        }
        long all = (long) forms.size() * numbers;
        return all > LARGE && entries < all * DENSE ? Kind.SPARSE : Kind.DENSE;
    }

    /** A tensor with memory of its own. */
    static NDArray tensor(double[] values, DataType type, NDManager manager, long... shape) {
        try (NDArray doubles = manager.create(values, new Shape(shape))) {
            // On a CPU, create() borrows a Java buffer that lives as long as the array, and toType() to the same type
            // borrows it on without saying so: only duplicate() gives the tensor memory of its own.
            return type == DataType.FLOAT64 ? doubles.duplicate() : doubles.toType(type, true);
        }
    }

    /** (K, n), or (n, K) when transposed. */
    private NDArray sparse(List<SparseVector> rows, boolean transpose, DataType type, NDManager manager) {
        int entries = rows.stream().mapToInt(SparseVector::size).sum();
        long[][] indices = new long[2][entries];
        double[] values = new double[entries];
        int next = 0;
        for (int j = 0; j < forms; j++) {
            SparseVector form = rows.get(j);
            for (int k = 0; k < form.size(); k++) {
                indices[transpose ? 1 : 0][next] = j;
                indices[transpose ? 0 : 1][next] = form.index(k);
                values[next++] = form.value(k);
            }
        }
        Shape shape = transpose ? new Shape(numbers, forms) : new Shape(forms, numbers);
        try (NDArray borrowed = manager.createCoo(buffer(values, type), indices, shape)) {
            return borrowed.duplicate();
        }
    }

    private static Buffer buffer(double[] values, DataType type) {
        if (type == DataType.FLOAT64) {
            return DoubleBuffer.wrap(values);
        }
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return FloatBuffer.wrap(floats);
    }

    /** The forms' values, (..., n) to (..., K). */
    NDArray times(NDArray x) {
        return switch (kind) {
            case DIAGONAL -> x.mul(matrix);
            case DENSE -> x.matMul(matrix);
            case SPARSE -> sparseTimes(matrix, x, numbers, forms);
        };
    }

    /** Σ_j g_j form_j, (..., K) to (..., n). */
    NDArray transposedTimes(NDArray g) {
        return switch (kind) {
            case DIAGONAL -> g.mul(matrix);
            case DENSE -> g.matMul(matrix.transpose());
            case SPARSE -> sparseTimes(transposed, g, forms, numbers);
        };
    }

    private static NDArray sparseTimes(NDArray sparse, NDArray x, int from, int to) {
        Shape leading = x.getShape().slice(0, x.getShape().dimension() - 1);
        return sparse.matMul(x.reshape(-1, from).transpose()).transpose().reshape(leading.add(to));
    }
}
