package org.soebm.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.soebm.api.task.DataException;
import org.soebm.api.task.Table;

class StandardizerTest {
    @Test
    void meanAndPopulationStdOfEachColumn() {
        Table table = Table.of(List.of("a", "b"), new double[][] {{1, 10}, {2, 20}, {3, 60}});
        Standardizer scaling = Standardizer.fit(table);
        assertThat(scaling.means()).containsExactly(new double[] {2, 30}, within(1e-12));
        assertThat(scaling.stds())
                .containsExactly(new double[] {Math.sqrt(2.0 / 3), Math.sqrt(1400.0 / 3)}, within(1e-12));
        float[] scaled = scaling.apply(table);
        assertThat(scaled).hasSize(6);
        assertThat(scaled[1]).isEqualTo((float) (-20 / Math.sqrt(1400.0 / 3)));
        assertThat(scaled[4]).isEqualTo((float) (1 / Math.sqrt(2.0 / 3)));
    }

    @Test
    void aColumnThatIsConstantButForRoundingBecomesZero() {
        double[][] rows = new double[49][2];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = new double[] {0.1 * 3, r % 2 == 0 ? 0.3 : 0.1 + 0.2};
        }
        Standardizer scaling = Standardizer.fit(Table.of(List.of("a", "b"), rows));
        assertThat(scaling.stds()).containsExactly(1, 1);
        assertThat(scaling.apply(Table.of(List.of("a", "b"), rows)))
                .usingComparatorWithPrecision(1e-12f)
                .containsOnly(0f);
    }

    @Test
    void rowsThatItWasNotFittedOnDoNotChangeIt() {
        Table all = Table.of(List.of("a"), new double[][] {{0}, {2}, {100}});
        Standardizer scaling = Standardizer.fit(all.select(new int[] {0, 1}));
        assertThat(scaling.apply(all)).containsExactly(-1, 1, 99);
    }

    @Test
    void savedValuesMakeTheSameScaling() {
        Table table = Table.of(List.of("a"), new double[][] {{0.3}, {2}, {100}});
        Standardizer scaling = Standardizer.fit(table);
        assertThat(Standardizer.of(scaling.means(), scaling.stds()).apply(table))
                .isEqualTo(scaling.apply(table));
    }

    @Test
    void valuesThatCannotScaleAreRefused() {
        assertThatThrownBy(() -> Standardizer.of(new double[] {0}, new double[] {0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("std 0.0");
        assertThatThrownBy(() -> Standardizer.of(new double[] {Double.NaN}, new double[] {1}))
                .hasMessageContaining("mean NaN");
        assertThatThrownBy(() -> Standardizer.of(new double[2], new double[1])).hasMessageContaining("2 means");
    }

    @Test
    void anotherWidthAndValuesBeyondSinglePrecisionAreRefused() {
        Standardizer scaling = Standardizer.of(new double[] {0}, new double[] {1});
        assertThatThrownBy(() -> scaling.apply(Table.of(List.of("a", "b"), new double[1][2])))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("2 columns");
        assertThatThrownBy(() -> scaling.apply(Table.of(List.of("a"), new double[][] {{0}, {1e200}})))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Row 1, column a");
        assertThatThrownBy(() -> Standardizer.fit(Table.of(List.of("a"), new double[][] {{-1e200}, {1e200}})))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Column a");
    }
}
