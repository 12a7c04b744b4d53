package org.soebm.runtime.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.soebm.api.task.CandidateSettings;
import org.soebm.api.task.CandidateSource;
import org.soebm.api.task.DecisionPrior;
import org.soebm.api.task.EnergySettings;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.SoftConstraints;
import org.soebm.api.task.TrainingSchedule;

class HyperParameterKeysTest {
    private static final TrainingSchedule SCHEDULE = new TrainingSchedule(10, 16, 1e-3, 0.5, 0.9, 2, 20);
    private static final HyperParameters DEFAULTS =
            new HyperParameters(SCHEDULE, SCHEDULE, new EnergySettings(64, 2, 1000, List.of(1.0)));

    private static Arbitrary<Double> positive(double below) {
        return Arbitraries.longs()
                .between(1, Double.doubleToLongBits(Math.nextDown(below)))
                .map(Double::longBitsToDouble);
    }

    @Provide
    Arbitrary<HyperParameters> hyperParameters() {
        Arbitrary<TrainingSchedule> schedules = Combinators.combine(
                        Arbitraries.integers().between(0, Integer.MAX_VALUE),
                        Arbitraries.integers().between(2, Integer.MAX_VALUE),
                        positive(1),
                        positive(1000),
                        positive(1),
                        Arbitraries.integers().between(1, Integer.MAX_VALUE),
                        Arbitraries.integers().between(1, Integer.MAX_VALUE))
                .as(TrainingSchedule::new);
        Arbitrary<Double> any = positive(Double.POSITIVE_INFINITY);
        Arbitrary<EnergySettings> settings = Combinators.combine(
                        Arbitraries.integers().between(2, Integer.MAX_VALUE),
                        any,
                        any,
                        any,
                        any.list().ofMinSize(1).ofMaxSize(5),
                        Arbitraries.of(DecisionPrior.class),
                        any)
                .as(EnergySettings::new);
        Arbitrary<Double> share = Arbitraries.doubles().between(0, 1);
        Arbitrary<Integer> count = Arbitraries.integers().between(0, Integer.MAX_VALUE);
        Arbitrary<CandidateSettings> candidates = Combinators.combine(
                        Arbitraries.of(CandidateSource.class),
                        Arbitraries.integers().between(2, Integer.MAX_VALUE),
                        count,
                        count,
                        any,
                        share,
                        share,
                        Combinators.combine(Arbitraries.of(SoftConstraints.class), any)
                                .as((soft, weight) -> CandidateSettings.DEFAULT
                                        .withSoftConstraints(soft)
                                        .withSoftWeight(weight)))
                .as((source, size, further, solves, sigma, rate, ratio, soft) -> soft.withSource(source)
                        .withPoolSize(size)
                        .withFurtherSolutions(further)
                        .withPerturbedSolves(solves)
                        .withPerturbation(sigma)
                        .withPoolSolveRate(rate)
                        .withSolveRatio(ratio));
        return Combinators.combine(
                        schedules,
                        schedules,
                        schedules,
                        settings,
                        candidates,
                        Arbitraries.integers().between(1, Integer.MAX_VALUE))
                .as(HyperParameters::new);
    }

    @Property(tries = 100)
    void whatIsWrittenIsReadBackToTheLastDigit(@ForAll("hyperParameters") HyperParameters written) throws IOException {
        Path file = Files.createTempFile("soebm", ".yaml");
        try {
            Files.writeString(file, ConfigurationText.of(List.of(), Map.of(), written));
            assertThat(Configuration.read(file).applyTo(DEFAULTS)).isEqualTo(written);
        } finally {
            Files.delete(file);
        }
    }

    /** A component that the records come to have needs a key. */
    @Test
    void everyComponentOfTheRecordsHasItsKey() {
        Set<String> components = new TreeSet<>();
        JsonObject json = new Gson().toJsonTree(DEFAULTS).getAsJsonObject();
        for (Map.Entry<String, JsonElement> part : json.entrySet()) {
            if (part.getValue().isJsonObject()) {
                part.getValue().getAsJsonObject().keySet().forEach(name -> components.add(part.getKey() + "." + name));
            } else {
                components.add(part.getKey());
            }
        }
        assertThat(new TreeSet<>(HyperParameterKeys.names())).isEqualTo(components);
    }

    @Test
    void eachKeyChangesItsOwnComponentOnly() {
        Map<String, String> other = new TreeMap<>(Map.of(
                "settings.proposalStds", "0.25",
                "settings.prior", "optima",
                "candidates.source", "local-moves",
                "candidates.softConstraints", "log-barrier"));
        for (HyperParameterKey<?> key : HyperParameterKeys.ALL) {
            String text = other.getOrDefault(
                    key.key().name(), key.key().type() instanceof ValueType.WholeNumber ? "77" : "0.123");
            HyperParameters changed = with(key, text, DEFAULTS);
            for (HyperParameterKey<?> read : HyperParameterKeys.ALL) {
                if (read == key) {
                    assertThat(read.text(changed))
                            .as(read.key().name())
                            .isNotEqualTo(read.text(DEFAULTS))
                            .contains(text);
                } else {
                    assertThat(read.text(changed)).as(read.key().name()).isEqualTo(read.text(DEFAULTS));
                }
            }
        }
    }

    private static <T> HyperParameters with(HyperParameterKey<T> key, String text, HyperParameters all) {
        return key.with().apply(all, key.key().type().parse(text));
    }

    /** At the ends of a range and just beyond, the records agree with it. */
    @Test
    void rangesAreThoseOfTheRecords() {
        for (HyperParameterKey<?> key : HyperParameterKeys.ALL) {
            if (key.key().type() instanceof ValueType.WholeNumber whole) {
                requireLimit(key, whole.least(), true);
                requireLimit(key, whole.least() - 1, false);
            } else if (key.key().type() instanceof ValueType.RealNumber real) {
                Range range = real.range();
                requireLimit(key, range.low(), range.includesLow());
                requireLimit(key, Math.nextDown(range.low()), false);
                requireLimit(key, range.nearest(range.low()), true);
                requireLimit(key, range.nearest(range.high()), true);
                requireLimit(key, range.high(), range.includesHigh());
                requireLimit(key, Double.NaN, false);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static void requireLimit(HyperParameterKey<?> key, Number value, boolean allowed) {
        HyperParameterKey<Number> numeric = (HyperParameterKey<Number>) key;
        if (allowed) {
            assertThatCode(() -> numeric.with().apply(DEFAULTS, value))
                    .as(key.key().name() + " = " + value)
                    .doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> numeric.with().apply(DEFAULTS, value))
                    .as(key.key().name() + " = " + value)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(key.key().type().parse(String.valueOf(value)) != null)
                .as(key.key().name() + " = " + value)
                .isEqualTo(allowed);
    }
}
