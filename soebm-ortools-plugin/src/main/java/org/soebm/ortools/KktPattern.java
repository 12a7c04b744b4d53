package org.soebm.ortools;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.soebm.api.linear.SparseVector;

/**
 * Where the factor of the symmetric matrices
 *
 * <pre>
 *   [ H   Aᵀ ]
 *   [ A  −C  ]        H and C diagonal and positive
 * </pre>
 *
 * has entries, for one A. Such a matrix has a factor L D Lᵀ in any order of its rows (Vanderbei 1995), so the order is
 * chosen once, by least degree, to keep L sparse: d decisions with a ramp have 2 d entries below its diagonal. Immutable.
 */
final class KktPattern {
    private static final double MOST_WORK = 2e6; // multiplications a factor, beyond those that go with the size
    private static final double MOST_WORK_A_ROW = 200;

    private final int variables;
    private final List<SparseVector> rows;
    private final int[] place; // of variables, then rows, in the order of elimination
    private final int[] starts; // of the entries of A above the diagonal, by column in that order
    private final int[] above;
    private final double[] values;
    private final int[] parent; // the elimination tree
    private final int[] factorStarts; // of the columns of L

    private KktPattern(int variables, List<SparseVector> rows, int[] place) {
        this.variables = variables;
        this.rows = rows;
        this.place = place;
        int size = place.length;
        starts = new int[size + 1];
        for (int k = 0; k < rows.size(); k++) {
            for (int p = 0; p < rows.get(k).size(); p++) {
                starts[1 + Math.max(place[variables + k], place[rows.get(k).index(p)])]++;
            }
        }
        for (int j = 0; j < size; j++) {
            starts[j + 1] += starts[j];
        }
        above = new int[starts[size]];
        values = new double[starts[size]];
        int[] next = Arrays.copyOf(starts, size);
        for (int k = 0; k < rows.size(); k++) {
            int at = place[variables + k];
            for (int p = 0; p < rows.get(k).size(); p++) {
                int with = place[rows.get(k).index(p)];
                int entry = next[Math.max(at, with)]++;
                above[entry] = Math.min(at, with);
                values[entry] = rows.get(k).value(p);
            }
        }
        parent = new int[size];
        factorStarts = columnStarts(size);
    }

    private int[] columnStarts(int size) {
        int[] counts = new int[size + 1];
        int[] seen = new int[size];
        for (int j = 0; j < size; j++) {
            parent[j] = -1;
            seen[j] = j;
            for (int p = starts[j]; p < starts[j + 1]; p++) {
                for (int i = above[p]; seen[i] != j; i = parent[i]) {
                    if (parent[i] < 0) {
                        parent[i] = j;
                    }
                    counts[i + 1]++;
                    seen[i] = j;
                }
            }
        }
        for (int j = 0; j < size; j++) {
            counts[j + 1] += counts[j];
        }
        return counts;
    }

    /**
     * The pattern of a matrix A.
     *
     * @param rows of A, over the variables
     * @return null where the factor would not be sparse
     */
    static @Nullable KktPattern of(int variables, List<SparseVector> rows) {
        int[] place = leastDegreeOrder(variables, rows);
        return place == null ? null : new KktPattern(variables, List.copyOf(rows), place);
    }

    private static int @Nullable [] leastDegreeOrder(int variables, List<SparseVector> rows) {
        int size = variables + rows.size();
        double most = MOST_WORK + MOST_WORK_A_ROW * size;
        double entries = 0;
        for (SparseVector row : rows) {
            entries += row.size();
        }
        if (entries > most) { // each is at least a multiplication
            return null;
        }
        List<Set<Integer>> neighbours = new ArrayList<>();
        for (int node = 0; node < size; node++) {
            neighbours.add(new HashSet<>());
        }
        for (int k = 0; k < rows.size(); k++) {
            for (int p = 0; p < rows.get(k).size(); p++) {
                neighbours.get(variables + k).add(rows.get(k).index(p));
                neighbours.get(rows.get(k).index(p)).add(variables + k);
            }
        }
        TreeSet<Long> byDegree = new TreeSet<>();
        for (int node = 0; node < size; node++) {
            byDegree.add(key(neighbours.get(node), node));
        }
        int[] place = new int[size];
        double work = 0;
        for (int count = 0; count < size; count++) {
            int node = (int) (byDegree.pollFirst() & Integer.MAX_VALUE);
            place[node] = count;
            Set<Integer> left = neighbours.get(node);
            work += (double) left.size() * left.size();
            if (work > most) {
                return null;
            }
            for (int other : left) {
                Set<Integer> its = neighbours.get(other);
                byDegree.remove(key(its, other));
                its.remove(node);
                its.addAll(left);
                its.remove(other);
                byDegree.add(key(its, other));
            }
            neighbours.set(node, Set.of());
        }
        return place;
    }

    private static long key(Set<Integer> neighbours, int node) {
        return ((long) neighbours.size() << Integer.SIZE) | node;
    }

    /** The rows of A. */
    List<SparseVector> rows() {
        return rows;
    }

    /** A factor to be filled. */
    Factor factor() {
        return new Factor();
    }

    /** L D Lᵀ of one matrix after the other, computed row by row of L (Davis 2005). */
    final class Factor {
        private final int[] indices = new int[factorStarts[place.length]];
        private final double[] lower = new double[indices.length];
        private final double[] diagonal = new double[place.length];
        private final double[] work = new double[place.length];
        private final int[] ends = new int[place.length];
        private final int[] seen = new int[place.length];
        private final int[] stack = new int[place.length];

        private Factor() {}

        /**
         * Computes the factor.
         *
         * @param h the diagonal of H, positive
         * @param c the diagonal of C, positive
         */
        void compute(double[] h, double[] c) {
            int size = place.length;
            for (int node = 0; node < size; node++) {
                diagonal[place[node]] = node < variables ? h[node] : -c[node - variables];
            }
            for (int j = 0; j < size; j++) {
                int top = size;
                seen[j] = j;
                ends[j] = factorStarts[j];
                for (int p = starts[j]; p < starts[j + 1]; p++) {
                    work[above[p]] = values[p];
                    int length = 0;
                    for (int i = above[p]; seen[i] != j; i = parent[i]) {
                        stack[length++] = i;
                        seen[i] = j;
                    }
                    while (length > 0) {
                        stack[--top] = stack[--length];
                    }
                }
                for (; top < size; top++) {
                    int i = stack[top];
                    double value = work[i];
                    work[i] = 0;
                    for (int p = factorStarts[i]; p < ends[i]; p++) {
                        work[indices[p]] -= lower[p] * value;
                    }
                    double entry = value / diagonal[i];
                    diagonal[j] -= entry * value;
                    indices[ends[i]] = j;
                    lower[ends[i]++] = entry;
                }
                work[j] = 0;
            }
        }

        /**
         * Solves the system in place.
         *
         * @param ofVariables the right-hand side, then the solution; likewise
         * @param ofRows as long as A has rows
         */
        void solve(double[] ofVariables, double[] ofRows) {
            int size = place.length;
            for (int node = 0; node < size; node++) {
                work[place[node]] = node < variables ? ofVariables[node] : ofRows[node - variables];
            }
            for (int j = 0; j < size; j++) {
                for (int p = factorStarts[j]; p < ends[j]; p++) {
                    work[indices[p]] -= lower[p] * work[j];
                }
            }
            for (int j = size - 1; j >= 0; j--) {
                double value = work[j] / diagonal[j];
                for (int p = factorStarts[j]; p < ends[j]; p++) {
                    value -= lower[p] * work[indices[p]];
                }
                work[j] = value;
            }
            for (int node = 0; node < size; node++) {
                if (node < variables) {
                    ofVariables[node] = work[place[node]];
                } else {
                    ofRows[node - variables] = work[place[node]];
                }
            }
            Arrays.fill(work, 0);
        }
    }
}
