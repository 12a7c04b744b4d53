package org.soebm.api.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SparseVectorTest {
    @Test
    void entriesAreSortedAddedUpAndNeverZero() {
        SparseVector vector = SparseVector.of(new int[] {5, 2, 5, 3, 3, 9}, new double[] {1, 4, 2, 1, -1, 0});
        assertThat(vector.size()).isEqualTo(2);
        assertThat(vector.index(0)).isEqualTo(2);
        assertThat(vector.value(0)).isEqualTo(4);
        assertThat(vector.index(1)).isEqualTo(5);
        assertThat(vector.value(1)).isEqualTo(3);
        assertThat(vector.minimumDimension()).isEqualTo(6);
    }

    @Test
    void dotAndAddToAgreeWithDenseArithmetic() {
        SparseVector vector = SparseVector.of(new int[] {0, 2}, new double[] {2, -3});
        assertThat(vector.dot(new double[] {10, 20, 30})).isEqualTo(20 - 90);
        double[] target = {1, 1, 1};
        vector.addTo(target, 2);
        assertThat(target).containsExactly(5, 1, -5);
    }

    @Test
    void sumAndMultipleDropWhatCancels() {
        SparseVector vector = SparseVector.of(new int[] {0, 2}, new double[] {2, -3});
        assertThat(vector.plus(SparseVector.unit(0, -2))).isEqualTo(SparseVector.unit(2, -3));
        assertThat(vector.plus(vector.times(-1))).isEqualTo(SparseVector.zero());
        assertThat(vector.times(0)).isEqualTo(SparseVector.zero());
        assertThat(SparseVector.zero().minimumDimension()).isZero();
    }

    @Test
    void vectorsOfEqualEntriesAreEqual() {
        SparseVector one = SparseVector.of(new int[] {1, 4}, new double[] {0.5, 2});
        SparseVector two = SparseVector.of(new int[] {4, 1}, new double[] {2, 0.5});
        assertThat(one).isEqualTo(two).hasSameHashCodeAs(two).hasToString("[1: 0.5, 4: 2.0]");
        assertThat(one).isNotEqualTo(SparseVector.unit(1, 0.5)).isNotEqualTo(null);
    }

    @Test
    void entriesThatCannotBeAreRefused() {
        assertThatThrownBy(() -> SparseVector.of(new int[2], new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 values and 2 indices");
        assertThatThrownBy(() -> SparseVector.unit(-1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Index -1");
        assertThatThrownBy(() -> SparseVector.unit(3, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN at index 3");
        SparseVector huge = SparseVector.unit(2, Double.MAX_VALUE);
        assertThatThrownBy(() -> huge.plus(huge))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Infinity at index 2");
    }
}
