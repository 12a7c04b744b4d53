package org.soebm.examples.covidbeds;

import static org.soebm.api.cost.AffineResidual.decision;
import static org.soebm.api.cost.AffineResidual.parameter;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.AffineResidual;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.task.EnergySettings;
import org.soebm.api.task.GruSpec;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.NetworkSpec;
import org.soebm.api.task.Simulator;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;
import org.soebm.api.task.TrainingSchedule;

/**
 * How many hospital beds a_t to staff on each of the next seven days, before it is known how many patients y_t need one:
 *
 * <pre>
 *   f(y, a) = Σ_t c_b [y_t − a_t]₊ + c_h [a_t − y_t]₊ + q_b [y_t − a_t]₊² + q_h [a_t − y_t]₊²
 *   subject to a ≥ 0, and where beds are scarce Σ_t a_t ≤ bedDays
 * </pre>
 *
 * <p>Beds and patients are per 100,000 inhabitants. The network predicts infection rates, {@link BedSimulator} makes beds of
 * them. To compare with, it can also predict the beds themselves ({@link #forecastingBeds}).
 */
public final class CovidBedsTask implements Task {
    static final String NAME = "covid-beds";

    private static final int DAYS = BedSimulator.DAYS_AHEAD;

    /** c_b: a patient without a bed, per day; the unit of all costs is a bed that is kept ready for a day in vain. */
    private static final double SHORTAGE = 10;

    /** c_h: a bed without a patient, per day. */
    private static final double SURPLUS = 1;

    /** q_b: many patients without a bed are worse than their number. */
    private static final double SQUARED_SHORTAGE = 2;

    /** q_h: many empty beds take staff from other wards. */
    private static final double SQUARED_SURPLUS = 0.5;

    private final double bedDays;
    private final boolean simulated;

    private CovidBedsTask(double bedDays, boolean simulated) {
        this.bedDays = bedDays;
        this.simulated = simulated;
    }

    /** As many beds as one wants. */
    public static CovidBedsTask unlimited() {
        return new CovidBedsTask(Double.POSITIVE_INFINITY, true);
    }

    /**
     * With a budget for the seven days together.
     *
     * @param bedDays Σ_t a_t at most, per 100,000 inhabitants
     * @throws IllegalArgumentException when it is not positive and finite
     */
    public static CovidBedsTask withBedDays(double bedDays) {
        if (!(bedDays > 0 && bedDays < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("The budget of " + bedDays
                    + " bed days per 100,000 inhabitants must be a positive, finite number. Maybe leave it out?");
        }
        return new CovidBedsTask(bedDays, true);
    }

    /** The same, with a network that predicts beds instead of infection rates: the control without an epidemic model. */
    public CovidBedsTask forecastingBeds() {
        return new CovidBedsTask(bedDays, false);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public PenaltyCost cost() {
        PenaltyCost.Builder cost = PenaltyCost.builder(DAYS, DAYS);
        for (int t = 0; t < DAYS; t++) {
            AffineResidual shortage = parameter(t).minus(decision(t));
            AffineResidual surplus = shortage.negate();
            cost.hinge(SHORTAGE, shortage)
                    .hinge(SURPLUS, surplus)
                    .squaredHinge(SQUARED_SHORTAGE, shortage)
                    .squaredHinge(SQUARED_SURPLUS, surplus);
        }
        return cost.build();
    }

    @Override
    public ConstraintSet constraints() {
        ConstraintSet.Builder constraints = ConstraintSet.builder(DAYS).nonNegative();
        return (bedDays < Double.POSITIVE_INFINITY ? constraints.budget(bedDays) : constraints).build();
    }

    /** The daily states in the CSV file, or else made-up regional epidemics. */
    @Override
    public TaskData data(@Nullable Path file, long seed) {
        List<Region> regions = file != null ? DailyStatesCsv.read(file) : RegionalEpidemics.generate(seed);
        TaskData data = ForecastWindows.of(regions)
                .rows(
                        file != null
                                ? "daily states of %d regions in %s".formatted(regions.size(), file)
                                : "%d simulated regional epidemics, seed %d".formatted(regions.size(), seed));
        return simulated
                ? data
                : new TaskData(data.features(), data.parameters(), data.testStart(), data.description());
    }

    @Override
    public @Nullable Simulator simulator() {
        return simulated ? new BedSimulator() : null;
    }

    @Override
    public NetworkSpec network() {
        return new GruSpec(BedSimulator.PAST_DAYS, 2, 64, 0);
    }

    /**
     * The temperature is about the price of a shortage of one patient, which is the standard deviation of what a forecast
     * misses on the last day.
     */
    @Override
    public HyperParameters hyperParameters() {
        return new HyperParameters(
                new TrainingSchedule(40, 64, 3e-3, 0, 0.99, 5, 4),
                new TrainingSchedule(30, 32, 1e-3, 0, 0.99, 5, 4),
                new EnergySettings(64, 10, 1000, 0.1, List.of(1.0, 0.4)),
                100);
    }
}
