package org.soebm.examples.linearcosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.soebm.api.task.DataException;

class DegreeTest {
    @AfterEach
    void clear() {
        System.clearProperty(Degree.PROPERTY);
    }

    @Test
    void isFourUnlessAPropertySaysOtherwise() {
        assertThat(Degree.chosen()).isEqualTo(4);
        System.setProperty(Degree.PROPERTY, "6");
        assertThat(Degree.chosen()).isEqualTo(6);
        assertThat(new ShortestPathTaskProvider().create().data(null, 1).description())
                .isEqualTo("simulated arc costs of degree 6, seed 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "17", "-1", "1.5", "100000000000", "six"})
    void anythingElseIsRefused(String degree) {
        System.setProperty(Degree.PROPERTY, degree);
        assertThatThrownBy(Degree::chosen)
                .isInstanceOf(DataException.class)
                .hasMessage("The property soebm.linear-costs.degree is '" + degree
                        + "', but must be a whole number from 1 to 16.");
    }
}
