package org.soebm.examples.networksecurity;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.soebm.api.task.DataException;
import org.soebm.api.task.GraphConvolutionSpec.Edge;
import org.soebm.examples.networksecurity.SecurityGame.Target;

/**
 * A game in a JSON file: an object with {@code nodes} (a number), {@code edges} (pairs of node numbers), {@code sources},
 * {@code targets} and {@code targetUtility} (lists of the same length), {@code omega} and {@code budget}. Other keys are
 * left alone.
 */
final class GraphFile {
    /** Far beyond any game that can be solved, and far below what fills the memory. */
    private static final long LARGEST_FILE = 64L << 20;

    private static final int LONGEST_QUOTE = 120;

    private final Path file;
    private final JsonObject content;

    private GraphFile(Path file, JsonObject content) {
        this.file = file;
        this.content = content;
    }

    /**
     * The game in a file.
     *
     * @throws DataException when there is none; the message names file and key
     */
    static SecurityGame read(Path file) {
        return new GraphFile(file, parse(file)).game();
    }

    private static JsonObject parse(Path file) {
        try {
            long size = Files.size(file);
            if (size > LARGEST_FILE) {
                throw new DataException("The graph file (" + file + ") has " + size + " bytes, more than "
                        + LARGEST_FILE + ". Maybe it is something else?");
            }
            JsonElement root = JsonParser.parseString(Files.readString(file));
            if (!root.isJsonObject()) {
                throw new DataException(
                        "The graph file (" + file + ") is no JSON object. Maybe its braces are missing?");
            }
            return root.getAsJsonObject();
        } catch (NoSuchFileException e) {
            throw new DataException(
                    "There is no graph file " + file + ". Maybe the path is meant from another folder?", e);
        } catch (IOException e) {
            throw new DataException("The graph file (" + file + ") cannot be read: " + e + ".", e);
        } catch (JsonParseException e) {
            throw new DataException("The graph file (" + file + ") is not JSON: " + oneLine(e) + ".", e);
        }
    }

    /** Gson's own words; its outer exception only repeats the inner one's class. */
    private static String oneLine(JsonParseException e) {
        Throwable inner = e.getCause() == null ? e : e.getCause();
        String message = inner.getMessage();
        return shortened(
                message == null ? inner.toString() : message.lines().findFirst().orElse(""));
    }

    private SecurityGame game() {
        int nodes = wholeNumber("nodes", element("nodes"));
        List<Edge> edges = new ArrayList<>();
        JsonArray pairs = list("edges");
        for (int e = 0; e < pairs.size(); e++) {
            String place = "edges[" + e + "]";
            if (!pairs.get(e).isJsonArray() || pairs.get(e).getAsJsonArray().size() != 2) {
                throw wrong(place, "a pair of node numbers", pairs.get(e));
            }
            JsonArray pair = pairs.get(e).getAsJsonArray();
            edges.add(new Edge(wholeNumber(place, pair.get(0)), wholeNumber(place, pair.get(1))));
        }
        List<Integer> sources = new ArrayList<>();
        JsonArray sourceNodes = list("sources");
        for (int i = 0; i < sourceNodes.size(); i++) {
            sources.add(wholeNumber("sources[" + i + "]", sourceNodes.get(i)));
        }
        JsonArray targetNodes = list("targets");
        JsonArray utilities = list("targetUtility");
        if (targetNodes.size() != utilities.size()) {
            throw new DataException("The graph file (" + file + ") has " + targetNodes.size() + " targets, but "
                    + utilities.size() + " values in targetUtility. List one a target.");
        }
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < targetNodes.size(); i++) {
            targets.add(new Target(
                    wholeNumber("targets[" + i + "]", targetNodes.get(i)),
                    number("targetUtility[" + i + "]", utilities.get(i))));
        }
        double omega = number("omega", element("omega"));
        double budget = number("budget", element("budget"));
        try {
            return new SecurityGame(nodes, edges, sources, targets, omega, budget);
        } catch (IllegalArgumentException e) {
            throw new DataException("The graph file (" + file + ") is no game: " + e.getMessage(), e);
        }
    }

    private JsonElement element(String key) {
        JsonElement element = content.get(key);
        if (element == null) {
            throw new DataException("The graph file (" + file + ") lacks the key " + key
                    + "; it needs nodes, edges, sources, targets, targetUtility, omega and budget.");
        }
        return element;
    }

    private JsonArray list(String key) {
        JsonElement element = element(key);
        if (!element.isJsonArray()) {
            throw wrong(key, "a list", element);
        }
        return element.getAsJsonArray();
    }

    private int wholeNumber(String place, JsonElement element) {
        double value = number(place, element);
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw wrong(place, "a whole number", element);
        }
        return (int) value;
    }

    private double number(String place, JsonElement element) {
        if (!(element instanceof JsonPrimitive primitive) || !primitive.isNumber()) {
            throw wrong(place, "a number", element);
        }
        try {
            double value = new BigDecimal(primitive.getAsString()).doubleValue();
            if (!Double.isFinite(value)) {
                throw wrong(place, "a finite number", element);
            }
            return value;
        } catch (NumberFormatException e) { // NaN and Infinity, which Gson lets through
            throw wrong(place, "a finite number", element);
        }
    }

    private DataException wrong(String place, String wanted, JsonElement found) {
        return new DataException("In the graph file (" + file + "), " + place + " must be " + wanted + ", but is "
                + shortened(found.toString()) + ".");
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }
}
