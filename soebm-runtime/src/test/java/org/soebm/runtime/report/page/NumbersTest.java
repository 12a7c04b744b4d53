package org.soebm.runtime.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.soebm.runtime.evaluation.Estimate;

class NumbersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0",
                "-0.0|0",
                "3|3",
                "0.1|0.1",
                "2.39856|2.399",
                "-51.98312|−51.98",
                "1234.5678|1,235",
                "1234567|1,234,567",
                "0.00012345|0.0001234",
                "0.00001|0.00001",
                "0.000000123|1.23e−07",
                "NaN|–",
                "Infinity|–"
            })
    void numbersHaveFourDigits(double value, String text) {
        assertThat(Numbers.of(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2.96012|0.2038|2.96 ± 0.20",
                "0.2198|0.0851|0.220 ± 0.085",
                "-1234.5|56.7|−1,234 ± 57",
                "1234567|5678|1,234,567 ± 5,678",
                "3|NaN|3",
                "0|0|0",
                "NaN|1|–",
                "5|1e-12|5 ± 1.00e−12"
            })
    void estimatesEndAtTheSecondDigitOfTheirError(double mean, double error, String text) {
        assertThat(Numbers.of(new Estimate(mean, error))).isEqualTo(text);
    }

    @Test
    void sharesAndTimesHaveTheirUnits() {
        assertThat(Numbers.percent(0.0519)).isEqualTo("5.2%");
        assertThat(Numbers.percent(0.8)).isEqualTo("80%");
        assertThat(Numbers.percent(-0.017)).isEqualTo("−1.7%");
        assertThat(Numbers.percent(Double.NaN)).isEqualTo("–");
        assertThat(Numbers.seconds(0.000_329_4)).isEqualTo("0.329 ms");
        assertThat(Numbers.seconds(27.64)).isEqualTo("27.6 s");
        assertThat(Numbers.seconds(258)).isEqualTo("4 min 18 s");
        assertThat(Numbers.seconds(Double.NaN)).isEqualTo("–");
    }
}
