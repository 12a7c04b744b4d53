package org.soebm.ortools;

import com.google.ortools.sat.SolutionCallback;
import java.util.ArrayList;
import java.util.List;

/** Remembers the solutions that CP-SAT comes by in one run, until it is deleted. What is made of them comes after the run. */
final class CpSatIncumbents extends SolutionCallback {
    private static final int MOST = 1_000;

    private final int[] variables;
    private final List<double[]> points = new ArrayList<>();

    /**
     * @param variables the indices in the model of those that matter
     */
    CpSatIncumbents(int[] variables) {
        this.variables = variables;
    }

    @Override
    public void onSolutionCallback() {
        double[] point = new double[variables.length];
        for (int i = 0; i < point.length; i++) {
            point[i] = solutionIntegerValue(variables[i]);
        }
        if (points.size() == MOST) { // later ones are better
            points.remove(0);
        }
        points.add(point);
    }

    /** The solutions so far, in the order in which they came. */
    List<double[]> points() {
        return List.copyOf(points);
    }
}
