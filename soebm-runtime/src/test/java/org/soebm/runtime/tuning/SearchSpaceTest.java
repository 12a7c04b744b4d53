package org.soebm.runtime.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.random.SobolSequenceGenerator;
import org.junit.jupiter.api.Test;
import org.soebm.api.task.EnergySettings;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.TrainingSchedule;
import org.soebm.runtime.learning.LearningMethod;
import org.soebm.runtime.learning.LearningMethods;

class SearchSpaceTest {
    private static final HyperParameters DEFAULTS = new HyperParameters(
            new TrainingSchedule(10, 16, 0.5, 0.5, 0.9, 2, 20),
            new TrainingSchedule(10, 2, 1e-3, 0, 0, 1, 20),
            new EnergySettings(64, 2, 1000, 30, List.of(1.0, 0.1)));

    @Test
    void theFirstTrialIsTheDefaultAndTheOthersLieWithinTheirFactor() {
        for (LearningMethod method : LearningMethods.all()) {
            SearchSpace space = SearchSpace.of(method, DEFAULTS, 3);
            assertThat(space.at(0)).isEqualTo(DEFAULTS);
            for (int trial = 1; trial < 50; trial++) {
                HyperParameters all = space.at(trial);
                assertThat(all).isNotEqualTo(DEFAULTS);
                assertThat(all.energy().learningRate()).isBetween(1e-4, 1e-2);
                assertThat(all.likelihood().learningRate()).isLessThan(1);
                assertThat(all.settings().temperature()).isBetween(0.2, 20.0);
                assertThat(all.settings().lambda()).isBetween(33.0, 30_000.0);
            }
        }
    }

    @Test
    void trialsFillTheRangeEvenlyWhateverTheSeed() {
        for (long seed = 0; seed < 5; seed++) {
            SearchSpace space = SearchSpace.of(List.of("settings.temperature"), DEFAULTS, seed);
            int[] quarters = new int[4];
            for (int trial = 1; trial < 17; trial++) {
                double place = Math.log10(space.at(trial).settings().temperature() / 2) / 2 + 0.5;
                quarters[(int) Math.min(3, 4 * place)]++;
            }
            for (int quarter : quarters) {
                assertThat(quarter).as("seed " + seed).isBetween(3, 5);
            }
        }
    }

    @Test
    void aTrialDependsOnItsNumberAndTheSeedAlone() {
        List<String> names = List.of("settings.samples", "settings.proposalStds", "energy.batchSize");
        SearchSpace space = SearchSpace.of(names, DEFAULTS, 1);
        HyperParameters seventh = space.at(7);
        IntStream.range(0, 7).forEach(space::at);
        assertThat(SearchSpace.of(names, DEFAULTS, 1).at(7)).isEqualTo(seventh).isEqualTo(space.at(7));
        assertThat(SearchSpace.of(names, DEFAULTS, 2).at(7)).isNotEqualTo(seventh);
        List<Double> stds = seventh.settings().proposalStds();
        assertThat(stds.get(0) / stds.get(1)).isBetween(9.99, 10.01);
        List<Integer> sizes = new ArrayList<>();
        IntStream.range(0, 30)
                .forEach(trial -> sizes.add(space.at(trial).energy().batchSize()));
        assertThat(sizes).allMatch(size -> size >= 2 && size <= 8);
    }

    /** What the sequence is taken from: its points by number are those in order. */
    @Test
    void pointsByNumberAreThoseOfTheSequence() {
        SobolSequenceGenerator inOrder = new SobolSequenceGenerator(3);
        for (int i = 0; i < 20; i++) {
            assertThat(new SobolSequenceGenerator(3).skipTo(i)).isEqualTo(inOrder.nextVector());
        }
    }
}
