package com.example.newsvendor;

import static org.soebm.api.cost.AffineResidual.decision;
import static org.soebm.api.cost.AffineResidual.parameter;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.AffineResidual;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.linear.SparseVector;
import org.soebm.api.task.EnergySettings;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.MultilayerPerceptronSpec;
import org.soebm.api.task.NetworkSpec;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;
import org.soebm.api.task.TrainingSchedule;

/**
 * How many pieces a_i of each product to buy for tomorrow, before their demand y_i is known. In euros:
 *
 * <pre>
 *   f(y, a) = Σ_i s_i [y_i − a_i]₊ + l_i [a_i − y_i]₊      subject to a ≥ 0 and Σ_i p_i a_i ≤ budget
 * </pre>
 *
 * <p>with what a missing piece costs s_i, a left-over one l_i, and the purchase price p_i. Products compete for the budget,
 * so a decision depends on how uncertain each demand is, not on its mean alone.
 */
public final class NewsvendorTask implements Task {
    static final String NAME = "newsvendor";

    /** In the order of parameters and decisions. */
    static final List<Product> PRODUCTS = List.of(
            new Product("bread", 1.20, 3.20, 0.20),
            new Product("rolls", 0.15, 0.50, 0.00),
            new Product("croissant", 0.60, 1.80, 0.10),
            new Product("cake", 1.50, 3.80, 0.00),
            new Product("sandwich", 2.00, 4.50, 0.00));

    /** For the purchases of a day, in euros; on busy days it is too little to buy all that one would like to. */
    static final double BUDGET = 650;

    private static final int DAYS = 2_500;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public PenaltyCost cost() {
        PenaltyCost.Builder cost = PenaltyCost.builder(PRODUCTS.size(), PRODUCTS.size());
        for (int i = 0; i < PRODUCTS.size(); i++) {
            Product product = PRODUCTS.get(i);
            AffineResidual missing = parameter(i).minus(decision(i));
            cost.hinge(product.shortagePrice(), missing).hinge(product.surplusPrice(), missing.negate());
        }
        return cost.build();
    }

    @Override
    public ConstraintSet constraints() {
        SparseVector spent = SparseVector.zero();
        for (int i = 0; i < PRODUCTS.size(); i++) {
            spent = spent.plus(SparseVector.unit(i, PRODUCTS.get(i).purchasePrice()));
        }
        return ConstraintSet.builder(PRODUCTS.size())
                .nonNegative()
                .row("budget", spent, Double.NEGATIVE_INFINITY, BUDGET)
                .build();
    }

    /** The days of a CSV file, see {@link SalesCsv}, or else made-up ones. */
    @Override
    public TaskData data(@Nullable Path file, long seed) {
        return file != null
                ? SalesFeatures.rows(SalesCsv.read(file), "sales in %s".formatted(file))
                : SalesFeatures.rows(new SalesSimulation(seed).days(DAYS), "simulated sales, seed %d".formatted(seed));
    }

    @Override
    public NetworkSpec network() {
        return new MultilayerPerceptronSpec(List.of(32, 32), true, 0.2);
    }

    /** Tuned on validation rows of other seeds than those in the README. */
    @Override
    public HyperParameters hyperParameters() {
        return new HyperParameters(
                new TrainingSchedule(40, 64, 3e-3, 1, 0.99, 5, 10),
                new TrainingSchedule(20, 64, 1e-4, 0, 0.99, 2, 10),
                new EnergySettings(64, 300, 1000, 10, List.of(60.0, 20.0)));
    }
}
