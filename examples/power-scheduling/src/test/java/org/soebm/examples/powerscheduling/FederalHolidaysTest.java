package org.soebm.examples.powerscheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the published lists of the United States Office of Personnel Management. */
class FederalHolidaysTest {

    @Test
    void areTheTenOf2008() {
        assertThat(observedFrom(LocalDate.of(2008, 1, 1), LocalDate.of(2009, 1, 1)))
                .extracting(LocalDate::toString)
                .containsExactly(
                        "2008-01-01",
                        "2008-01-21",
                        "2008-02-18",
                        "2008-05-26",
                        "2008-07-04",
                        "2008-09-01",
                        "2008-10-13",
                        "2008-11-11",
                        "2008-11-27",
                        "2008-12-25");
    }

    @Test
    void newYearOnASaturdayIsObservedInTheOldYear() {
        assertThat(observedFrom(LocalDate.of(2010, 12, 20), LocalDate.of(2011, 1, 10)))
                .extracting(LocalDate::toString)
                .containsExactly("2010-12-24", "2010-12-31");
    }

    @Test
    void of2011HaveNoNewYearsDay() {
        assertThat(observedFrom(LocalDate.of(2011, 1, 1), LocalDate.of(2012, 1, 1)))
                .extracting(LocalDate::toString)
                .containsExactly(
                        "2011-01-17",
                        "2011-02-21",
                        "2011-05-30",
                        "2011-07-04",
                        "2011-09-05",
                        "2011-10-10",
                        "2011-11-11",
                        "2011-11-24",
                        "2011-12-26");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2012-01-02", "2012-11-12", "2010-07-05", "2009-07-03", "2015-07-03", "2016-12-26"})
    void areMovedOffTheWeekend(LocalDate observed) {
        assertThat(FederalHolidays.isObservedOn(observed)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2011-01-01", "2012-01-01", "2012-11-11", "2010-07-04", "2009-07-04", "2016-12-25"})
    void areNotOnTheWeekendThatTheyWereMovedOff(LocalDate weekend) {
        assertThat(FederalHolidays.isObservedOn(weekend)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2010-05-24", "2010-11-18", "2012-11-29", "2010-01-11", "2010-10-04", "2010-09-13"})
    void areTheRightOneOfTheMonth(LocalDate otherWeek) {
        assertThat(FederalHolidays.isObservedOn(otherWeek)).isFalse();
    }

    private static Stream<LocalDate> observedFrom(LocalDate start, LocalDate end) {
        return start.datesUntil(end).filter(FederalHolidays::isObservedOn);
    }
}
