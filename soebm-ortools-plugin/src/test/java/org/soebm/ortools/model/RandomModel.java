package org.soebm.ortools.model;

import com.google.ortools.linearsolver.MPConstraintProto;
import com.google.ortools.linearsolver.MPIndicatorConstraint;
import com.google.ortools.linearsolver.MPModelProto;
import com.google.ortools.linearsolver.MPModelRequest;
import com.google.ortools.linearsolver.MPModelRequest.SolverType;
import com.google.ortools.linearsolver.MPSolutionResponse;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPSolverResponseStatus;
import com.google.ortools.linearsolver.MPVariableProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.soebm.api.solver.SolveStatus;

/**
 * Random linear and mixed-integer models, some infeasible, some unbounded, and OR-Tools' own answers to them. Their numbers
 * are multiples of 1/8, so that no answer hangs on how a solver rounds.
 */
final class RandomModel {
    private RandomModel() {}

    static MPModelProto of(long seed) {
        Random random = new Random(seed);
        int n = 2 + random.nextInt(7);
        MPModelProto.Builder model = MPModelProto.newBuilder()
                .setName("random" + seed)
                .setMaximize(random.nextBoolean())
                .setObjectiveOffset(random.nextInt(21) - 10);
        double[] inside = new double[n];
        boolean open = random.nextInt(6) == 0; // may be unbounded
        for (int i = 0; i < n; i++) {
            boolean integer = random.nextInt(3) == 0;
            double low = random.nextInt(11) - 5;
            double high = low + random.nextInt(12);
            inside[i] = integer
                    ? low + random.nextInt((int) (high - low) + 1)
                    : low + random.nextInt(8 * (int) (high - low) + 1) / 8.0;
            MPVariableProto.Builder variable =
                    model.addVariableBuilder().setName("x" + i).setIsInteger(integer);
            boolean mayBeOpen = open && !integer; // over open integers SCIP itself may search for ever
            variable.setLowerBound(mayBeOpen && random.nextInt(3) == 0 ? Double.NEGATIVE_INFINITY : low);
            variable.setUpperBound(mayBeOpen && random.nextInt(3) == 0 ? Double.POSITIVE_INFINITY : high);
            if (random.nextInt(4) > 0) {
                variable.setObjectiveCoefficient(random.nextInt(41) / 4.0 - 5);
            }
        }
        int rows = 1 + random.nextInt(6);
        for (int r = 0; r < rows; r++) {
            MPConstraintProto.Builder row = model.addConstraintBuilder().setName("r" + r);
            double activity = 0;
            for (int i = 0; i < n; i++) {
                if (random.nextInt(3) > 0) {
                    double coefficient =
                            random.nextInt(3) == 0 ? (random.nextInt(65) - 32) / 8.0 : random.nextInt(9) - 4;
                    if (coefficient != 0) {
                        row.addVarIndex(i).addCoefficient(coefficient);
                        activity += coefficient * inside[i];
                    }
                }
            }
            boolean cutOff = random.nextInt(12) == 0; // may be infeasible
            double centre = cutOff ? activity + random.nextInt(80) - 40 : activity;
            switch (random.nextInt(4)) {
                case 0 -> row.setLowerBound(centre).setUpperBound(centre);
                case 1 -> row.setUpperBound(centre + random.nextInt(4));
                case 2 -> row.setLowerBound(centre - random.nextInt(4));
                default -> row.setLowerBound(centre - random.nextInt(4)).setUpperBound(centre + random.nextInt(4));
            }
        }
        return model.build();
    }

    /**
     * The same with rows that a binary enforces, each over variables that are bounded where the row needs it and some of
     * which have no bound on the other side.
     */
    static MPModelProto withEnforcedRows(long seed) {
        MPModelProto.Builder model = of(seed).toBuilder();
        Random random = new Random(-seed - 1);
        int rows = 1 + random.nextInt(3);
        for (int r = 0; r < rows; r++) {
            int binary = model.getVariableCount();
            model.addVariableBuilder()
                    .setName("on" + r)
                    .setLowerBound(0)
                    .setUpperBound(1)
                    .setIsInteger(true)
                    .setObjectiveCoefficient(random.nextInt(41) / 4.0 - 5);
            boolean upwards = random.nextBoolean(); // the variable has a lower bound only, and so has the row
            double end = random.nextInt(11) - 5;
            double cost = random.nextInt(9) / 4.0; // for what is beyond the end
            boolean rises = upwards != model.getMaximize();
            model.addVariableBuilder()
                    .setName("half" + r)
                    .setLowerBound(upwards ? end : Double.NEGATIVE_INFINITY)
                    .setUpperBound(upwards ? Double.POSITIVE_INFINITY : end)
                    .setObjectiveCoefficient(rises ? cost : -cost);
            double beyond = end + (upwards ? 1 : -1) * random.nextInt(40) / 4.0;
            MPIndicatorConstraint.Builder indicator = model.addGeneralConstraintBuilder()
                    .setName("enforced" + r)
                    .getIndicatorConstraintBuilder()
                    .setVarIndex(binary)
                    .setVarValue(random.nextInt(2));
            MPConstraintProto.Builder row =
                    indicator.getConstraintBuilder().addVarIndex(binary + 1).addCoefficient(1);
            if (upwards) {
                row.setLowerBound(beyond);
            } else {
                row.setUpperBound(beyond);
            }
        }
        return model.build();
    }

    /** The optimum of the original according to SCIP, to be minimised, and how it ended. */
    record Answer(SolveStatus status, double cost) {}

    static Answer solve(MPModelProto model) {
        MPSolutionResponse response = scip(model);
        return switch (response.getStatus()) {
            case MPSOLVER_OPTIMAL ->
                new Answer(
                        SolveStatus.OPTIMAL,
                        model.getMaximize() ? -response.getObjectiveValue() : response.getObjectiveValue());
            // SCIP calls infeasible what may be unbounded too; without an objective it is not.
            case MPSOLVER_INFEASIBLE, MPSOLVER_UNBOUNDED ->
                new Answer(
                        scip(withoutObjective(model)).getStatus() == MPSolverResponseStatus.MPSOLVER_INFEASIBLE
                                ? SolveStatus.INFEASIBLE
                                : SolveStatus.UNBOUNDED,
                        Double.NaN);
            default -> throw new AssertionError("SCIP says " + response.getStatus() + " of " + model.getName());
        };
    }

    private static MPSolutionResponse scip(MPModelProto model) {
        return MPSolver.solveWithProto(MPModelRequest.newBuilder()
                .setModel(model)
                .setSolverType(SolverType.SCIP_MIXED_INTEGER_PROGRAMMING)
                .setSolverTimeLimitSeconds(20)
                .setSolverSpecificParameters("limits/gap = 1e-9\nlimits/absgap = 1e-9\n")
                .build());
    }

    private static MPModelProto withoutObjective(MPModelProto model) {
        MPModelProto.Builder builder = model.toBuilder();
        builder.getVariableBuilderList().forEach(MPVariableProto.Builder::clearObjectiveCoefficient);
        return builder.build();
    }

    /** The names of all variables with a cost, and of a random part of the others, shuffled. */
    static List<String> decisions(MPModelProto model, Random random) {
        List<String> names = new ArrayList<>();
        for (MPVariableProto variable : model.getVariableList()) {
            if (variable.getObjectiveCoefficient() != 0 || random.nextBoolean()) {
                names.add(variable.getName());
            }
        }
        if (names.isEmpty()) {
            names.add(model.getVariable(0).getName());
        }
        Collections.shuffle(names, random);
        return names;
    }
}
