package org.soebm.examples.networksecurity;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.soebm.api.task.GraphConvolutionSpec.Edge;
import org.soebm.examples.networksecurity.SecurityGame.Target;

/** Games to test with, and points of their feasible sets. */
final class TestGames {
    /** 0 − 1 − 2 with an edge from 0 to target 3 and one from 2 to target 4; 1 is the source. */
    static final SecurityGame PATH = new SecurityGame(
            5,
            List.of(new Edge(0, 1), new Edge(1, 2), new Edge(0, 3), new Edge(2, 4)),
            List.of(1),
            List.of(new Target(3, 2), new Target(4, 5)),
            4,
            1);

    private TestGames() {}

    /** The game of the independent implementation. */
    static SecurityGame reference() {
        try {
            Path file = Files.createTempFile("graph", ".json");
            Files.writeString(file, text("graph.json"));
            SecurityGame game = GraphFile.read(file);
            Files.delete(file);
            return game;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The numbers of a reference file below its header row. */
    static double[][] table(String file) {
        return text(file)
                .lines()
                .skip(1)
                .map(line -> Arrays.stream(line.split(",", -1))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new);
    }

    private static String text(String file) {
        try (InputStream in = TestGames.class.getResourceAsStream("reference/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** φ like that of the records. */
    static double[] attraction(SecurityGame game, Random random) {
        return random.doubles(game.nodes(), -4, 1).toArray();
    }

    /** φ between −20 and 20, about half of them at one of the two. */
    static double[] extremeAttraction(SecurityGame game, Random random) {
        return random.doubles(game.nodes(), -40, 40)
                .map(value -> Math.max(-20, Math.min(20, value)))
                .toArray();
    }

    /** A point of C that spends the whole budget, at a random direction to the power of the sharpness. */
    static double[] coverage(SecurityGame game, double sharpness, Random random) {
        double[] a = random.doubles(game.edges().size())
                .map(value -> Math.pow(-Math.log1p(-value), sharpness))
                .toArray();
        double sum = Arrays.stream(a).sum();
        return Arrays.stream(a)
                .map(value -> Math.min(1, game.budget() * value / sum))
                .toArray();
    }

    /** A vertex of C: as many edges fully covered as the budget allows. */
    static double[] vertex(SecurityGame game, Random random) {
        double[] a = new double[game.edges().size()];
        for (int k = 0; k < Math.floor(game.budget()); k++) {
            a[random.nextInt(a.length)] = 1;
        }
        return a;
    }

    /** The game as a graph file. */
    static String json(SecurityGame game) {
        return "{\"nodes\": " + game.nodes() + ", \"edges\": "
                + game.edges().stream()
                        .map(edge -> "[" + edge.from() + ", " + edge.to() + "]")
                        .collect(Collectors.joining(", ", "[", "]"))
                + ", \"sources\": " + new Gson().toJson(game.sources()) + ", \"targets\": "
                + game.targets().stream().map(Target::node).toList() + ", \"targetUtility\": "
                + game.targets().stream().map(Target::utility).toList() + ", \"omega\": " + game.coverageEffect()
                + ", \"budget\": " + game.budget() + "}";
    }
}
