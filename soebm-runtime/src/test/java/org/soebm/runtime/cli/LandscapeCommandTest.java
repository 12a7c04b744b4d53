package org.soebm.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.soebm.runtime.preprocessing.DecisionCache;

class LandscapeCommandTest {
    @TempDir
    static Path folder;

    @BeforeAll
    static void train() {
        System.setProperty(
                DecisionCache.FOLDER_PROPERTY, folder.resolve("cache").toString());
        CliRun run = CliRun.of("train", "newsvendor", "--method", "two-stage", "--epochs", "1", "--out", model());
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @AfterAll
    static void restoreTheCache() {
        System.clearProperty(DecisionCache.FOLDER_PROPERTY);
    }

    private static String model() {
        return folder.resolve("model").toString();
    }

    @Test
    void drawsAPictureOfManyColours() throws IOException {
        Path picture = folder.resolve("picture.png");
        CliRun run =
                CliRun.of("landscape", "--model", model(), "--out", picture.toString(), "--row", "1", "--points", "21");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("Written to " + picture);
        BufferedImage image = ImageIO.read(picture.toFile());
        assertThat(image.getWidth()).isGreaterThan(1000);
        Set<Integer> left = colours(image, 100, image.getWidth() / 2 - 100);
        Set<Integer> right = colours(image, image.getWidth() / 2, image.getWidth() - 150);
        assertThat(left).hasSizeGreaterThan(50);
        assertThat(right).hasSizeGreaterThan(50);
        assertThat(left).contains(new Color(230, 30, 30).getRGB()); // the learned minimum
        assertThat(right).contains(new Color(230, 30, 30).getRGB());
    }

    private static Set<Integer> colours(BufferedImage image, int from, int to) {
        Set<Integer> colours = new HashSet<>();
        for (int x = from; x < to; x++) {
            for (int y = 100; y < image.getHeight() - 100; y++) {
                colours.add(image.getRGB(x, y));
            }
        }
        return colours;
    }

    @ParameterizedTest
    @CsvSource({
        "--row,-1,no test row -1",
        "--row,99999,no test row 99999",
        "--points,1,number of points is 1",
        "--out,picture.jpg,does not end in .png"
    })
    void badOptionsAreNamed(String option, String value, String message) {
        String picture = folder.resolve("never.png").toString();
        CliRun run = option.equals("--out")
                ? CliRun.of("landscape", "--model", model(), option, value)
                : CliRun.of("landscape", "--model", model(), "--out", picture, option, value);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(message);
        assertThat(Path.of(picture)).doesNotExist();
    }
}
