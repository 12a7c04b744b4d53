package org.soebm.examples.unitcommitment;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.junit.jupiter.api.Test;
import org.soebm.api.task.TaskData;

class NetDemandDaysTest {
    private static final int DAYS = 100;
    private static final int BEFORE = 30; // where the net demand of the day before stands

    private final TaskData data = NetDemandDays.generate(DAYS, 24, 7);

    @Test
    void sameSeedGivesTheSameDaysAndAnotherSeedOthers() {
        double[] again = NetDemandDays.generate(DAYS, 24, 7).parameters().row(50);
        assertThat(again).isEqualTo(data.parameters().row(50));
        assertThat(NetDemandDays.generate(DAYS, 24, 8).parameters().row(50)).isNotEqualTo(again);
    }

    @Test
    void lastFifthIsForTests() {
        assertThat(data.rows()).isEqualTo(DAYS);
        assertThat(data.testStart()).isEqualTo(80);
        assertThat(data.features().width()).isEqualTo(54);
        assertThat(data.parameters().width()).isEqualTo(24);
    }

    @Test
    void featuresAreKnownTheDayBefore() {
        for (int day = 1; day < DAYS; day++) {
            for (int h = 0; h < 24; h++) {
                assertThat(data.features().get(day, BEFORE + h))
                        .isEqualTo(data.parameters().get(day - 1, h));
                assertThat(data.features().get(day, h)).isBetween(0.0, 90.0);
            }
        }
    }

    @Test
    void windForecastTellsOfTheNetDemandAndErrsMoreLaterInTheDay() {
        // Net demand falls with the wind; the error of the forecast grows from the first hour to the last.
        assertThat(correlationWithForecast(0)).isLessThan(-0.7);
        assertThat(correlationWithForecast(23)).isBetween(correlationWithForecast(0), -0.3);
    }

    private double correlationWithForecast(int hour) {
        double[] forecast = new double[DAYS];
        double[] demand = new double[DAYS];
        for (int day = 0; day < DAYS; day++) {
            forecast[day] = data.features().get(day, hour);
            demand[day] = data.parameters().get(day, hour);
        }
        return new PearsonsCorrelation().correlation(forecast, demand);
    }

    @Test
    void fewerHoursAreTheFirstOnesOfADay() {
        TaskData morning = NetDemandDays.generate(DAYS, 6, 7);
        assertThat(morning.parameters().width()).isEqualTo(6);
        for (int h = 0; h < 6; h++) {
            assertThat(morning.parameters().get(9, h))
                    .isEqualTo(data.parameters().get(9, h));
        }
        assertThat(morning.features().width()).isEqualTo(data.features().width());
    }
}
