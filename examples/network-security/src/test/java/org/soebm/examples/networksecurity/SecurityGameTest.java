package org.soebm.examples.networksecurity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.soebm.api.task.GraphConvolutionSpec.Edge;
import org.soebm.examples.networksecurity.SecurityGame.Target;

class SecurityGameTest {
    private static final List<Edge> EDGES =
            List.of(new Edge(0, 1), new Edge(1, 2), new Edge(2, 3), new Edge(3, 4), new Edge(4, 0));
    private static final List<Target> TARGETS = List.of(new Target(2, 1), new Target(3, 2.5));

    private static SecurityGame game(int nodes, List<Edge> edges, List<Integer> sources, List<Target> targets) {
        return new SecurityGame(nodes, edges, sources, targets, 4, 1);
    }

    private static void assertRefused(
            int nodes, List<Edge> edges, List<Integer> sources, List<Target> targets, String... words) {
        assertThatThrownBy(() -> game(nodes, edges, sources, targets))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(words)
                .message()
                .doesNotContain("\n");
    }

    private static List<Edge> with(Edge edge) {
        List<Edge> more = new ArrayList<>(EDGES);
        more.add(edge);
        return more;
    }

    @Test
    void soundGamesAreAccepted() {
        assertThat(game(5, EDGES, List.of(0), TARGETS).edges()).hasSize(5);
        assertThat(game(5, EDGES, List.of(0), TARGETS).withBudget(5).budget()).isEqualTo(5);
    }

    @Test
    void unreachableTargetsAreNamed() {
        // Nothing leads to 5; target 2 and target 4 hide 3.
        assertRefused(
                6, EDGES, List.of(0), List.of(new Target(2, 1), new Target(5, 1)), "Target 5", "no source reaches it");
        assertRefused(
                5,
                EDGES,
                List.of(0),
                List.of(new Target(2, 1), new Target(4, 1), new Target(3, 1)),
                "Target 3",
                "passing another target");
    }

    @Test
    void partsAreNamed() {
        List<Edge> twoParts =
                List.of(new Edge(0, 1), new Edge(1, 2), new Edge(2, 0), new Edge(3, 4), new Edge(4, 5), new Edge(5, 3));
        assertRefused(6, twoParts, List.of(0), List.of(new Target(2, 1)), "Node 3", "not connected to source 0");
        assertRefused(1_000_000_000, EDGES, List.of(0), TARGETS, "1000000000 nodes", "only 5 edges");
    }

    @Test
    void wrongEdgesAreNamed() {
        assertRefused(5, with(new Edge(1, 5)), List.of(0), TARGETS, "Edge 5 (1 - 5)", "0 to 4");
        assertRefused(5, with(new Edge(-1, 2)), List.of(0), TARGETS, "Edge 5 (-1 - 2)", "0 to 4");
        assertRefused(5, with(new Edge(3, 3)), List.of(0), TARGETS, "Edge 5 (3 - 3)", "itself");
        assertRefused(5, with(new Edge(1, 0)), List.of(0), TARGETS, "Edge 5 (1 - 0)", "twice");
    }

    @Test
    void wrongPlacesAreNamed() {
        assertRefused(5, EDGES, List.of(7), TARGETS, "Source 7", "0 to 4");
        assertRefused(5, EDGES, List.of(0, 0), TARGETS, "Source 0", "twice");
        assertRefused(5, EDGES, List.of(), TARGETS, "no source");
        assertRefused(5, EDGES, List.of(0), List.of(), "no target");
        assertRefused(5, EDGES, List.of(0), List.of(new Target(-1, 1)), "Target -1", "0 to 4");
        assertRefused(5, EDGES, List.of(0), List.of(new Target(2, 1), new Target(2, 3)), "Target 2", "twice");
        assertRefused(5, EDGES, List.of(0, 2), TARGETS, "Node 2", "both a source and a target");
        for (double utility : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertRefused(5, EDGES, List.of(0), List.of(new Target(2, utility)), "target 2", "" + utility);
        }
    }

    @Test
    void impossibleBudgetsAndEffectsAreNamed() {
        for (double budget : new double[] {5.5, -1, Double.NaN}) {
            assertThatThrownBy(() -> new SecurityGame(5, EDGES, List.of(0), TARGETS, 4, budget))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("budget is " + budget);
        }
        for (double effect : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new SecurityGame(5, EDGES, List.of(0), TARGETS, effect, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("coverage is " + effect);
        }
    }
}
