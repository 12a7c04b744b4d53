package org.soebm.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.soebm.api.task.NetworkSpec;
import org.soebm.runtime.data.Standardizer;

class OfflineEngineTest {
    private static final List<String> PROPERTIES = List.of("ai.djl.offline", "OPT_OUT_TRACKING");

    private final Map<String, @Nullable String> before = new HashMap<>();

    @BeforeEach
    void clear() {
        for (String property : PROPERTIES) {
            before.put(property, System.clearProperty(property));
        }
    }

    @AfterEach
    void restore() {
        before.forEach((property, value) -> {
            if (value == null) {
                System.clearProperty(property);
            } else {
                System.setProperty(property, value);
            }
        });
    }

    @Test
    void theEngineIsOfflineForWhoeverAsksForIt() {
        assertThat(OfflineEngine.get()).isNotNull();
        assertThat(PROPERTIES).allMatch(Boolean::getBoolean);
    }

    @Test
    void aPredictorIsMadeOffline() { // as in DecisionModel.load, called as a library
        Standardizer scaling = Standardizer.of(new double[1], new double[] {1});
        new GaussianPredictor(new Architecture(1, 1, NetworkSpec.DEFAULT), scaling, scaling, Device.cpu()).close();
        assertThat(PROPERTIES).allMatch(Boolean::getBoolean);
    }

    @Test
    void whatTheUserHasSetStays() {
        System.setProperty("ai.djl.offline", "false");
        OfflineEngine.prepare();
        assertThat(System.getProperty("ai.djl.offline")).isEqualTo("false");
        assertThat(Boolean.getBoolean("OPT_OUT_TRACKING")).isTrue();
    }
}
