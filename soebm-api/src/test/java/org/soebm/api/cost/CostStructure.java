package org.soebm.api.cost;

import static org.soebm.api.cost.AffineResidual.constant;
import static org.soebm.api.cost.AffineResidual.decision;
import static org.soebm.api.cost.AffineResidual.parameter;

import java.util.Random;

/** Costs of every structure that takes a path of its own through tensors or closed forms. */
enum CostStructure {
    /** Residual k holds y_k and a_k alone, as in a newsvendor problem. */
    DIAGONAL(3, 3) {
        @Override
        void fill(PenaltyCost.Builder cost) {
            for (int i = 0; i < 3; i++) {
                AffineResidual shortage = parameter(i).minus(decision(i));
                cost.hinge(50, shortage).hinge(0.5, shortage.negate()).square(0.5, shortage);
                cost.squaredHinge(2, shortage).squaredHinge(0.25, shortage.negate());
            }
        }
    },
    /** As diagonal, but with coefficients, offsets and penalties that differ. */
    SCALED_DIAGONAL(2, 2) {
        @Override
        void fill(PenaltyCost.Builder cost) {
            cost.hinge(2, parameter(1).times(-3).plus(decision(0).times(0.5)).plus(0.25));
            cost.squaredHinge(3, decision(1).times(2).minus(parameter(0)).plus(-1));
        }
    },
    SEVERAL_DECISIONS_A_RESIDUAL(2, 3) {
        @Override
        void fill(PenaltyCost.Builder cost) {
            cost.hinge(3, parameter(0).minus(decision(0)).minus(decision(1).times(0.5)));
            cost.square(0.5, parameter(1).plus(decision(2)).minus(decision(0)).plus(1));
            cost.squaredHinge(1.5, decision(1).minus(decision(2)).minus(parameter(1)));
        }
    },
    SEVERAL_PARAMETERS_A_RESIDUAL(3, 2) {
        @Override
        void fill(PenaltyCost.Builder cost) {
            AffineResidual net =
                    parameter(0).times(2).minus(parameter(1)).plus(parameter(2).times(0.5));
            cost.hinge(3, net.minus(decision(0))).square(0.75, net.minus(decision(0)));
            cost.squaredHinge(
                    2, parameter(2).plus(parameter(1)).plus(decision(1)).plus(-0.5));
            cost.identity(-1, parameter(0));
        }
    },
    BILINEAR(3, 2) {
        @Override
        void fill(PenaltyCost.Builder cost) {
            cost.hinge(2, parameter(0).minus(decision(0)));
            cost.bilinear(0, 1, 3).bilinear(2, 0, -1.5).bilinear(2, 0, 0.5);
        }
    },
    /** So many that dense matrices would be large, of two parameters and two decisions each. */
    MANY_AND_SPARSE(1_100, 1_101) {
        @Override
        void fill(PenaltyCost.Builder cost) {
            for (int i = 0; i < 1_100; i++) {
                AffineResidual net = parameter(i)
                        .plus(parameter((i + 7) % 1_100).times(0.5))
                        .minus(decision(i))
                        .minus(decision(i + 1).times(0.25));
                cost.hinge(3, net).square(0.5, net.times(-1));
            }
            cost.bilinear(3, 1_000, 0.7).bilinear(1_099, 0, -0.2);
        }
    },
    ONLY_IDENTITY(2, 3) {
        @Override
        void fill(PenaltyCost.Builder cost) {
            cost.identity(-2, parameter(0).minus(decision(2)))
                    .identity(0.5, decision(0).plus(3));
        }
    },
    ONLY_SQUARE(2, 3) {
        @Override
        void fill(PenaltyCost.Builder cost) {
            cost.square(2, parameter(0).minus(decision(2)))
                    .square(0.5, parameter(1).plus(decision(0)));
        }
    },
    ONLY_HINGE(2, 2) {
        @Override
        void fill(PenaltyCost.Builder cost) {
            cost.hinge(2, parameter(0).minus(decision(1))).hinge(1, decision(0).minus(parameter(1)));
        }
    },
    ONLY_SQUARED_HINGE(2, 2) {
        @Override
        void fill(PenaltyCost.Builder cost) {
            cost.squaredHinge(2, parameter(0).minus(decision(0)));
        }
    },
    /** Residuals without uncertain parameters, without decisions, and without either. */
    PARTLY_KNOWN(3, 2) {
        @Override
        void fill(PenaltyCost.Builder cost) {
            cost.hinge(2, decision(0).plus(-0.25))
                    .squaredHinge(0.5, decision(0).plus(-0.25).negate());
            cost.hinge(3, parameter(1)).square(1, parameter(1));
            cost.hinge(7, constant(0.5)).squaredHinge(2, constant(1));
            cost.hinge(1, parameter(2).minus(parameter(0)).minus(decision(1)));
        }
    },
    NO_RESIDUAL_BUT_BILINEAR(2, 3) {
        @Override
        void fill(PenaltyCost.Builder cost) {
            cost.bilinear(0, 0, 2).bilinear(1, 2, -3);
        }
    },
    ALWAYS_ZERO(2, 3) {
        @Override
        void fill(PenaltyCost.Builder cost) {
            cost.hinge(0, parameter(0).minus(decision(0)));
        }
    },
    NO_PARAMETERS(0, 2) {
        @Override
        void fill(PenaltyCost.Builder cost) {
            cost.hinge(2, decision(0).plus(-0.5)).square(1, decision(1).minus(decision(0)));
        }
    };

    private final int parameterCount;
    private final int decisionCount;

    CostStructure(int parameterCount, int decisionCount) {
        this.parameterCount = parameterCount;
        this.decisionCount = decisionCount;
    }

    abstract void fill(PenaltyCost.Builder cost);

    PenaltyCost cost() {
        PenaltyCost.Builder builder = PenaltyCost.builder(parameterCount, decisionCount);
        fill(builder);
        return builder.build();
    }

    /** An upper bound of the absolute values of all that is added up in E f(y, a): what rounding is measured by. */
    static double valueScale(PenaltyCost cost, double[] mean, double[] std, double[] decisions) {
        double scale = 0;
        for (PenalisedResidual r : cost.residuals()) {
            double size = size(r.residual(), mean, std, decisions);
            ResidualPenalty p = r.penalty();
            scale += (Math.abs(p.identity()) + p.hinge()) * size + (p.square() + p.squaredHinge()) * size * size;
        }
        for (int i = 0; i < cost.parameterCount(); i++) {
            for (int k = 0; k < cost.bilinear().get(i).size(); k++) {
                scale += Math.abs(mean[i]
                        * cost.bilinear().get(i).value(k)
                        * decisions[cost.bilinear().get(i).index(k)]);
            }
        }
        return scale;
    }

    /** The same for the derivatives: valid for each of them. */
    static double slopeScale(PenaltyCost cost, double[] mean, double[] std, double[] decisions) {
        double scale = 0;
        for (PenalisedResidual r : cost.residuals()) {
            double size = size(r.residual(), mean, std, decisions);
            ResidualPenalty p = r.penalty();
            double slope = Math.abs(p.identity()) + p.hinge() + 2 * (p.square() + p.squaredHinge()) * size;
            double largest = 0;
            for (int k = 0; k < r.residual().parameterCoefficients().size(); k++) {
                largest = Math.max(
                        largest, Math.abs(r.residual().parameterCoefficients().value(k)));
            }
            for (int k = 0; k < r.residual().decisionCoefficients().size(); k++) {
                largest = Math.max(
                        largest, Math.abs(r.residual().decisionCoefficients().value(k)));
            }
            scale += slope * largest;
        }
        for (int i = 0; i < cost.parameterCount(); i++) {
            for (int k = 0; k < cost.bilinear().get(i).size(); k++) {
                double weight = Math.abs(cost.bilinear().get(i).value(k));
                scale += weight
                        * (Math.abs(mean[i])
                                + Math.abs(decisions[cost.bilinear().get(i).index(k)]));
            }
        }
        return scale;
    }

    private static double size(AffineResidual residual, double[] mean, double[] std, double[] decisions) {
        double size = Math.abs(residual.offset());
        for (int k = 0; k < residual.parameterCoefficients().size(); k++) {
            int i = residual.parameterCoefficients().index(k);
            size += Math.abs(residual.parameterCoefficients().value(k)) * (Math.abs(mean[i]) + std[i]);
        }
        for (int k = 0; k < residual.decisionCoefficients().size(); k++) {
            size += Math.abs(residual.decisionCoefficients().value(k)
                    * decisions[residual.decisionCoefficients().index(k)]);
        }
        return size;
    }

    /** Numbers that are normally distributed with std 2, exact in single precision. */
    static double[] randomNumbers(Random random, int count) {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) (2 * random.nextGaussian());
        }
        return numbers;
    }

    /** Standard deviations between 0.1 and 3, exact in single precision. */
    static double[] randomStds(Random random, int count) {
        double[] stds = new double[count];
        for (int i = 0; i < count; i++) {
            stds[i] = (float) (0.1 * Math.pow(30, random.nextDouble()));
        }
        return stds;
    }
}
