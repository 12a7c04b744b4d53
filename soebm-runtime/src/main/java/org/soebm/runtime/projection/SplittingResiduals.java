package org.soebm.runtime.projection;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the points of a {@link SplittingRun} stand.
 *
 * @param done rows that are there
 * @param open the others
 * @param worst the largest residual
 * @param imbalance the geometric mean over open rows of primal by dual residual
 */
record SplittingResiduals(int[] done, int[] open, double worst, double imbalance) {
    private static final double TOLERANCE = 1e-6; // of the numbers' size; float32 admits little less

    static SplittingResiduals of(float[] primal, float[] dual) {
        TreeMap<Boolean, List<Integer>> rows = new TreeMap<>(Map.of(true, new ArrayList<>(), false, new ArrayList<>()));
        double worst = 0;
        double logs = 0;
        for (int i = 0; i < primal.length; i++) {
            double largest = Math.max(primal[i], dual[i]);
            boolean done = largest <= TOLERANCE;
            rows.getOrDefault(done, List.of()).add(i);
            worst = Double.isNaN(largest) ? largest : Math.max(worst, largest);
            logs += done ? 0 : Math.log(Math.max(primal[i], 1e-9) / Math.max(dual[i], 1e-9));
        }
        int[] open = ints(rows.getOrDefault(false, List.of()));
        return new SplittingResiduals(
                ints(rows.getOrDefault(true, List.of())), open, worst, Math.exp(logs / Math.max(1, open.length)));
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }
}
