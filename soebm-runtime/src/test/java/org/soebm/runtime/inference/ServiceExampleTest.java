package org.soebm.runtime.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soebm.api.solver.Decision;
import org.soebm.runtime.cli.CliRun;
import org.soebm.runtime.preprocessing.DecisionCache;

/** The service of docs/running.md. */
class ServiceExampleTest {
    @TempDir
    Path folder;

    @Test
    void aServiceDecidesReloadsAndTellsCosts() {
        System.setProperty(
                DecisionCache.FOLDER_PROPERTY, folder.resolve("cache").toString());
        CliRun run = CliRun.of("train", "newsvendor", "--method", "two-stage", "--out", folder.toString());
        System.clearProperty(DecisionCache.FOLDER_PROPERTY);
        assertThat(run.exitCode()).as(run.err()).isZero();
        double[] features = {0.5, -0.25};

        ReloadableModel model = ReloadableModel.of(() -> DecisionModel.load(folder));
        Decision decision = model.ask(current -> current.decide(features));
        model.reload(); // e.g. when the nightly training is done
        assertThat(model.ask(current -> current.decide(features)).values()).isEqualTo(decision.values());

        DecisionForecast forecast = model.ask(current -> current.decideWithCosts(features));
        double expected = forecast.costs().expected();
        double bad = forecast.costs().quantile(0.95); // exceeded once in twenty times, if the prediction is right
        double[][] alternatives = model.ask(current -> current.sampleDecisions(features, 100));
        assertThat(forecast.decision().values()).isEqualTo(decision.values());
        assertThat(bad).isGreaterThan(expected);
        assertThat(alternatives).hasDimensions(100, 2);
        model.close();
    }
}
