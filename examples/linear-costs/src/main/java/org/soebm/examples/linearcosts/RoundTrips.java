package org.soebm.examples.linearcosts;

import com.google.ortools.Loader;
import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CircuitConstraint;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.LinearExpr;
import java.util.ArrayList;
import java.util.List;
import org.soebm.ortools.model.OrToolsDecisions;
import org.soebm.ortools.model.OrToolsModel;

/**
 * Round trips through all of some nodes, as the CP-SAT model that one would have anyway: two literals for the two directions
 * of each edge, one circuit constraint over them, and a binary variable that says whether an edge is used at all.
 *
 * @param nodes at least 3
 */
record RoundTrips(int nodes) {
    static {
        Loader.loadNativeLibraries();
    }

    /** An edge between two nodes, the lower one first. */
    record Edge(int low, int high) {
        String name() {
            return "edge_" + low + "_" + high;
        }
    }

    /**
     * @throws IllegalArgumentException when there are fewer than three nodes
     */
    RoundTrips {
        if (nodes < 3) {
            throw new IllegalArgumentException("A round trip needs at least 3 nodes, but has " + nodes + ".");
        }
    }

    /** All edges: (0, 1), (0, 2), …, (1, 2), … */
    List<Edge> edges() {
        List<Edge> edges = new ArrayList<>();
        for (int low = 0; low < nodes; low++) {
            for (int high = low + 1; high < nodes; high++) {
                edges.add(new Edge(low, high));
            }
        }
        return edges;
    }

    /** The model, without an objective. */
    CpModel model() {
        CpModel model = new CpModel();
        CircuitConstraint circuit = model.addCircuit();
        for (Edge edge : edges()) {
            BoolVar used = model.newBoolVar(edge.name());
            BoolVar there = model.newBoolVar("arc_" + edge.low + "_" + edge.high);
            BoolVar back = model.newBoolVar("arc_" + edge.high + "_" + edge.low);
            circuit.addArc(edge.low, edge.high, there);
            circuit.addArc(edge.high, edge.low, back);
            model.addEquality(LinearExpr.sum(new BoolVar[] {there, back}), used);
        }
        return model;
    }

    /** The model's edges as decisions, in order; the arcs are auxiliary. */
    OrToolsDecisions decisions() {
        return OrToolsModel.of(model())
                .decisions(edges().stream().map(Edge::name).toList());
    }
}
