package org.soebm.examples.covidbeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RegionalEpidemicsTest {
    private static final List<Region> REGIONS = RegionalEpidemics.generate(1);

    @Test
    void sameSeedGivesTheSameRegions() {
        List<Region> again = RegionalEpidemics.generate(1);
        List<Region> other = RegionalEpidemics.generate(2);

        assertThat(again).hasSameSizeAs(REGIONS);
        for (int r = 0; r < again.size(); r++) {
            assertThat(again.get(r).name()).isEqualTo(REGIONS.get(r).name());
            assertThat(again.get(r).states()).isDeepEqualTo(REGIONS.get(r).states());
            assertThat(other.get(r).states()[0]).isNotEqualTo(REGIONS.get(r).states()[0]);
        }
    }

    @Test
    void reportedStatesConservePopulationAndNoCompartmentIsNegative() {
        for (Region region : REGIONS) {
            double population = Compartment.population(region.states()[0]);
            assertThat(population).isBetween(1e5, 3e6);
            for (double[] state : region.states()) {
                assertThat(Compartment.population(state)).isCloseTo(population, within(1e-9 * population));
                assertThat(Arrays.stream(state).min().orElseThrow()).isGreaterThanOrEqualTo(0);
            }
        }
    }

    /** A forecast is of use only where beds rise and fall. */
    @Test
    void bedsComeInWaves() {
        int rising = 0;
        int falling = 0;
        for (Region region : REGIONS) {
            for (int t = 28; t < region.days(); t += 28) {
                double ratio = Compartment.beds(region.states()[t]) / Compartment.beds(region.states()[t - 7]);
                rising += ratio > 1.2 ? 1 : 0;
                falling += ratio < 0.9 ? 1 : 0;
            }
        }

        int weeks = REGIONS.size() * (RegionalEpidemics.DAYS / 28 - 1);
        assertThat(rising).isGreaterThan(weeks / 10);
        assertThat(falling).isGreaterThan(weeks / 10);
    }

    @Test
    void bedsAndDeathsAreReportedAsTheyAre() {
        double[][] course = RegionalEpidemics.course(0, new SplittableRandom(4));
        double[][] observed = Reporting.observed(course, new SplittableRandom(5));

        assertThat(observed[0][0]).isEqualTo(course[0][0]);
        for (int t = 0; t < course.length; t++) {
            for (int c : new int[] {6, 7, 9}) {
                assertThat(observed[t][c]).isEqualTo(course[t][c]);
            }
            for (int c : new int[] {1, 2, 3, 4, 5}) {
                assertThat(observed[t][c]).isNotEqualTo(course[t][c]);
            }
            assertThat(t == 0 || observed[t][0] < observed[t - 1][0]).isTrue(); // reported infections are positive
        }
    }

    @Test
    void whatRecoveredLackSusceptibleGive() {
        double[][] course = {{900, 50, 20, 20, 20, 0, 0, 0, 0, 0}};

        boolean lacked = false;
        for (long seed = 0; seed < 20; seed++) {
            double[] observed = Reporting.observed(course, new SplittableRandom(seed))[0];
            assertThat(Compartment.population(observed)).isCloseTo(1010, within(1e-9));
            assertThat(observed[8]).isGreaterThanOrEqualTo(0);
            lacked |= observed[0] < 900;
        }
        assertThat(lacked).isTrue();
    }

    /**
     * The claim of {@link Reporting}: even with the true rates, the beds are missed by more than the true state and a guess
     * at the rates miss them.
     */
    @Test
    void reportsHurtTheForecastMoreThanUnknownRates() {
        SplittableRandom random = new SplittableRandom(6);
        List<Double> ofReports = new ArrayList<>();
        List<Double> ofRates = new ArrayList<>();
        for (int r = 0; r < 40; r++) {
            double[][] course = RegionalEpidemics.course(0, random);
            double[][] observed = Reporting.observed(course, random);
            for (int start = 20; start + 7 < course.length; start += 28) {
                double[] fromReport = observed[start];
                double[] fromTruth = course[start];
                double lastRate = TransmissionRates.ofDay(course[start - 1], course[start]);
                for (int day = 1; day <= 7; day++) {
                    double rate = TransmissionRates.ofDay(course[start + day - 1], course[start + day]);
                    fromReport = DiseaseModel.dayAfter(fromReport, rate);
                    fromTruth = DiseaseModel.dayAfter(fromTruth, lastRate);
                }
                double beds = Compartment.beds(course[start + 7]);
                ofReports.add(Math.abs(Compartment.beds(fromReport) / beds - 1));
                ofRates.add(Math.abs(Compartment.beds(fromTruth) / beds - 1));
            }
        }

        assertThat(mean(ofReports)).isBetween(0.02, 0.06).isGreaterThan(1.5 * mean(ofRates));
        assertThat(mean(ofRates)).isPositive();
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(value -> value).average().orElseThrow();
    }
}
