package org.soebm.runtime.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Test;

class SolutionPoolTest {
    private static SolutionPool pool(double... values) {
        SolutionPool pool = new SolutionPool(1, 3);
        for (double value : values) {
            pool.add(new double[] {value});
        }
        return pool;
    }

    @Test
    void holdsEachDecisionOnce() {
        SolutionPool pool = pool(1, 2);
        assertThat(pool.add(new double[] {1 + 1e-9})).isFalse();
        assertThat(pool.addNew(new double[] {2 - 1e-9})).isFalse();
        assertThat(pool.add(new double[] {1.001})).isTrue();
        assertThat(pool.size()).isEqualTo(3);
        assertThat(pool.placeOf(new double[] {2})).isEqualTo(1);
        assertThat(pool.placeOf(new double[] {-0.5})).isEqualTo(-1);
        assertThat(pool(0).add(new double[] {-0.0})).isFalse();
    }

    @Test
    void newDecisionsMakeRoomForEachOtherOnly() {
        SolutionPool pool = pool(1);
        assertThat(pool.addNew(new double[] {2})).isTrue();
        assertThat(pool.addNew(new double[] {3})).isTrue();
        assertThat(pool.add(new double[] {4})).isFalse();
        assertThat(pool.addNew(new double[] {4})).isTrue();
        assertThat(pool.toFloats()).containsExactly(1, 4, 3);
        assertThat(pool.additions().get(0)).containsExactly(2, 1);
        SolutionPool restored = pool(1);
        restored.restore(pool.additions());
        assertThat(restored.toFloats()).containsExactly(1, 4, 3);
        assertThat(restored.addNew(new double[] {2})).isTrue();
        assertThat(restored.toFloats()).containsExactly(1, 4, 2);
        assertThatThrownBy(() -> pool(1, 2).restore(pool.additions())).hasMessageContaining("is not the one");
        assertThat(pool.addNew(new double[] {2})).isTrue();
        assertThat(pool.toFloats()).containsExactly(1, 4, 2);
        assertThat(pool(1, 2, 3).addNew(new double[] {4})).isFalse();
    }

    @Test
    void knowsItsCheapestAndItsSoftmin() {
        SolutionPool pool = new SolutionPool(2, 4);
        pool.add(new double[] {1, 0});
        pool.add(new double[] {0, 1});
        pool.add(new double[] {1, 1});
        assertThat(pool.cheapest(new double[] {2, 1})).isEqualTo(1);
        assertThat(pool.cheapest(new double[] {-2, -1})).isEqualTo(2);
        double[] weights = pool.softmin(new double[] {2000, 1000}, 500); // energies of 4, 2 and 6
        double sum = Math.exp(-4) + Math.exp(-2) + Math.exp(-6);
        assertThat(weights[0]).isCloseTo(Math.exp(-4) / sum, within(1e-15));
        assertThat(weights[2]).isCloseTo(Math.exp(-6) / sum, within(1e-15));
        assertThat(pool.mean(new double[] {0.5, 0.25, 0.25})).containsExactly(0.75, 0.5);
        assertThat(pool.mean()).containsExactly(2.0 / 3, 2.0 / 3);
    }

    @Test
    void refusesWhatIsOfAnotherWidth() {
        assertThatThrownBy(() -> pool(1).add(new double[2])).hasMessageContaining("1 decisions at a time");
        assertThatThrownBy(() -> pool().cheapest(new double[1])).hasMessageContaining("empty");
        assertThatThrownBy(() -> new SolutionPool(1, 0)).hasMessageContaining("holds none");
    }

    @Test
    void isCopiedToADeviceWhenItHasChanged() {
        try (NDManager manager = NDManager.newBaseManager()) {
            SolutionPool pool = pool(1, 2);
            PoolTensor tensor = new PoolTensor(pool, manager);
            try (NDManager step = manager.newSubManager()) {
                NDArray all = tensor.all(step);
                assertThat(all.getShape().getShape()).containsExactly(1, 2, 1);
                assertThat(all.getManager()).isSameAs(step);
            }
            pool.add(new double[] {7});
            try (NDManager step = manager.newSubManager()) {
                assertThat(tensor.all(step).toFloatArray()).containsExactly(1, 2, 7);
            }
        }
    }
}
