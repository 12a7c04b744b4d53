package org.soebm.examples.networksecurity;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.soebm.api.task.DataException;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskProvider;

/**
 * Registers {@link NetworkSecurityTask}; named in {@code META-INF/services}. System properties choose the game:
 * {@value #GRAPH} a file as {@link GraphFile} reads it, or else {@value #NODES} (default 20) and {@value #GRAPH_SEED}
 * (default 0) a {@link RandomGeometricGame}; {@value #BUDGET} the budget (default that of the file, or 3). {@value #RECORDS}
 * says what two-stage training sees: {@code seen} (default), {@code complete} or {@code attraction}, as
 * {@link NetworkSecurityTask.Records}.
 */
public final class NetworkSecurityTaskProvider implements TaskProvider {
    static final String NODES = "soebm.network-security.nodes";
    static final String GRAPH_SEED = "soebm.network-security.graph-seed";
    static final String GRAPH = "soebm.network-security.graph";
    static final String BUDGET = "soebm.network-security.budget";
    static final String RECORDS = "soebm.network-security.records";

    private static final int DEFAULT_NODES = 20;
    private static final double DEFAULT_BUDGET = 3;

    @Override
    public String name() {
        return NetworkSecurityTask.NAME;
    }

    @Override
    public String description() {
        return "how much coverage each edge of a network gets, before it is known what attracts its attackers";
    }

    @Override
    public Task create() {
        long seed = wholeNumber(GRAPH_SEED, 0);
        SecurityGame game = game(seed);
        try {
            return new NetworkSecurityTask(game, records(), seed);
        } catch (IllegalArgumentException e) {
            throw new DataException("Task " + NetworkSecurityTask.NAME + " cannot be played: " + e.getMessage(), e);
        }
    }

    private static NetworkSecurityTask.Records records() {
        String text = System.getProperty(RECORDS, "seen");
        return switch (text) {
            case "seen" -> NetworkSecurityTask.Records.SEEN;
            case "complete" -> NetworkSecurityTask.Records.COMPLETE;
            case "attraction" -> NetworkSecurityTask.Records.ATTRACTION;
            default ->
                throw new DataException("The property " + RECORDS + " is '" + text
                        + "', but must be seen, complete or attraction. Maybe leave it out?");
        };
    }

    private static SecurityGame game(long seed) {
        String budgetText = System.getProperty(BUDGET);
        String file = System.getProperty(GRAPH);
        if (file != null) {
            if (System.getProperty(NODES) != null) {
                throw new DataException("Both " + GRAPH + " and " + NODES
                        + " are set, but a graph file has its own nodes. Leave one of them out.");
            }
            SecurityGame game = GraphFile.read(Path.of(file));
            return budgetText == null ? game : withBudget(game, budgetText);
        }
        long nodes = wholeNumber(NODES, DEFAULT_NODES);
        SecurityGame game;
        try {
            game = RandomGeometricGame.generate(
                    (int) Math.max(-1, Math.min(Integer.MAX_VALUE, nodes)), seed, DEFAULT_BUDGET);
        } catch (IllegalArgumentException e) {
            throw new DataException("The property " + NODES + " is " + nodes + ": " + e.getMessage(), e);
        }
        return budgetText == null ? game : withBudget(game, budgetText);
    }

    private static SecurityGame withBudget(SecurityGame game, String text) {
        try {
            return game.withBudget(Double.parseDouble(text.strip()));
        } catch (NumberFormatException e) {
            throw notANumber(BUDGET, text, "a number", e);
        } catch (IllegalArgumentException e) {
            throw new DataException("The property " + BUDGET + " does not fit: " + e.getMessage(), e);
        }
    }

    private static long wholeNumber(String property, long otherwise) {
        @Nullable String text = System.getProperty(property);
        if (text == null) {
            return otherwise;
        }
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw notANumber(property, text, "a whole number", e);
        }
    }

    private static DataException notANumber(String property, String text, String wanted, NumberFormatException cause) {
        return new DataException("The property " + property + " is '" + text + "', but must be " + wanted + ".", cause);
    }
}
