package org.soebm.examples.covidbeds;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.soebm.api.task.DataException;
import org.soebm.api.task.Table;
import org.soebm.api.task.TaskData;

/**
 * Rows to learn from: windows of 21 days that are known and 7 that are decided on. The windows of a region follow one
 * another without sharing a day, so that training and validation rows, which are drawn at random, have none in common
 * either.
 *
 * <p>The calendar, from the first day of any region to the last, is cut in two. With five regions or more, the last fifth
 * of them, by name, gives the test windows, from the second half of the calendar; the others give the windows to learn
 * from, of the first half. What lies elsewhere is left out. A test is so about other regions at a later time. With fewer regions all of
 * them are in both parts, and the cut is after four fifths of the calendar.
 */
final class ForecastWindows {
    /** How many days a row takes. */
    static final int DAYS = BedSimulator.PAST_DAYS + BedSimulator.DAYS_AHEAD;

    private static final int REGIONS_TO_SPLIT = 5;

    /** A row: days {@code offset} to {@code offset + 27} of a region. */
    record Window(Region region, int offset) {
        long firstDay() {
            return region.firstDay() + offset;
        }

        double[] features() {
            return BedSimulator.features(
                    Arrays.asList(region.states()).subList(offset, offset + BedSimulator.PAST_DAYS));
        }

        /** y. */
        double[] beds() {
            return ahead().mapToDouble(t -> Compartment.beds(BedSimulator.perInhabitants(region.states()[t])))
                    .toArray();
        }

        /** β by which the predictor learns. */
        double[] rates() {
            return ahead().mapToDouble(t -> TransmissionRates.ofDay(region.states()[t - 1], region.states()[t]))
                    .toArray();
        }

        private IntStream ahead() {
            return IntStream.range(offset + BedSimulator.PAST_DAYS, offset + DAYS);
        }
    }

    private final List<Window> learning = new ArrayList<>();
    private final List<Window> testing = new ArrayList<>();

    private ForecastWindows(List<Region> regions) {
        long first = regions.stream().mapToLong(Region::firstDay).min().orElse(0);
        long end =
                regions.stream().mapToLong(r -> r.firstDay() + r.days()).max().orElse(0);
        boolean byRegion = regions.size() >= REGIONS_TO_SPLIT;
        long cut = byRegion ? first + (end - first) / 2 : first + (end - first) * 4 / 5;
        List<Region> byName =
                regions.stream().sorted(Comparator.comparing(Region::name)).toList();
        for (int r = 0; r < byName.size(); r++) {
            boolean isTestRegion = r >= byName.size() - byName.size() / REGIONS_TO_SPLIT;
            if (!byRegion || !isTestRegion) {
                addWindows(byName.get(r), first, cut, learning);
            }
            if (!byRegion || isTestRegion) {
                addWindows(byName.get(r), cut, end, testing);
            }
        }
        Comparator<Window> byTime = Comparator.comparingLong(Window::firstDay);
        learning.sort(byTime);
        testing.sort(byTime);
    }

    private static void addWindows(Region region, long from, long end, List<Window> windows) {
        int offset = Math.toIntExact(Math.max(0, from - region.firstDay()));
        while (offset + DAYS <= region.days() && region.firstDay() + offset + DAYS <= end) {
            windows.add(new Window(region, offset));
            offset += DAYS;
        }
    }

    /** The windows of some regions. */
    static ForecastWindows of(List<Region> regions) {
        return new ForecastWindows(regions);
    }

    /** Those to learn from, in time order. */
    List<Window> learning() {
        return learning;
    }

    /** Those to test with, in time order. */
    List<Window> testing() {
        return testing;
    }

    /**
     * The rows.
     *
     * @param description where the regions come from, one line
     * @throws DataException when there are too few; the message says what is needed
     */
    TaskData rows(String description) {
        if (learning.size() < 2 || testing.isEmpty()) {
            throw new DataException(
                    "The days of %s give %d rows to learn from and %d to test with, but at least 2 and 1"
                                    .formatted(description, learning.size(), testing.size())
                            + " are needed. A row takes %d days of a region in a row; maybe there are too few days?"
                                    .formatted(DAYS));
        }
        List<Window> all = new ArrayList<>(learning);
        all.addAll(testing);
        return new TaskData(
                Table.of(BedSimulator.featureNames(), rows(all, Window::features)),
                Table.of(names("beds"), rows(all, Window::beds)),
                Table.of(names("beta"), rows(all, Window::rates)),
                learning.size(),
                description);
    }

    private static double[][] rows(List<Window> windows, Function<Window, double[]> part) {
        return windows.stream().map(part).toArray(double[][]::new);
    }

    private static List<String> names(String prefix) {
        return IntStream.rangeClosed(1, BedSimulator.DAYS_AHEAD)
                .mapToObj(day -> prefix + day)
                .toList();
    }
}
