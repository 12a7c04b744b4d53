package org.soebm.ortools.model;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.Constraint;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.DoubleLinearExpr;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearArgument;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import com.google.ortools.sat.Literal;
import com.google.ortools.util.Domain;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random CP-SAT models of linear and boolean constraints, with enforcement, negated literals and gaps in domains. */
final class RandomCpModel {
    private RandomCpModel() {}

    static CpModel of(long seed) {
        Random random = new Random(seed);
        CpModel model = new CpModel();
        List<LinearArgument> all = new ArrayList<>();
        List<BoolVar> booleans = new ArrayList<>();
        int integers = 1 + random.nextInt(4);
        for (int i = 0; i < integers; i++) {
            int low = random.nextInt(9) - 4;
            int high = low + random.nextInt(8);
            IntVar variable = random.nextInt(3) == 0
                    ? model.newIntVarFromDomain(
                            Domain.fromIntervals(new long[][] {{low, low + 1}, {low + 4, low + 6}, {low + 9, low + 9}}),
                            "n" + i)
                    : model.newIntVar(low, high, "n" + i);
            all.add(variable);
        }
        int count = 2 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            BoolVar variable = model.newBoolVar("b" + i);
            booleans.add(variable);
            all.add(variable);
        }
        int constraints = 1 + random.nextInt(6);
        for (int c = 0; c < constraints; c++) {
            Constraint constraint = add(model, all, booleans, random);
            boolean mayBeEnforced = !constraint.getBuilder().hasAtMostOne()
                    && !constraint.getBuilder().hasExactlyOne();
            if (mayBeEnforced && random.nextInt(3) == 0) {
                constraint.onlyEnforceIf(literals(booleans, random, 1 + random.nextInt(2)));
            }
        }
        LinearExpr objective = form(all, random).build();
        switch (random.nextInt(5)) {
            case 0 -> model.minimize(objective);
            case 1 -> model.maximize(objective);
            case 2 -> model.maximize(LinearExpr.affine(objective, 3, -7));
            case 3 ->
                model.maximize(new DoubleLinearExpr(
                        new IntVar[] {model.getIntVarFromProtoIndex(0), model.getIntVarFromProtoIndex(1)},
                        new double[] {0.75, -1.5},
                        0.25));
            default -> {}
        }
        return model;
    }

    private static Constraint add(CpModel model, List<LinearArgument> all, List<BoolVar> booleans, Random random) {
        int low = random.nextInt(13) - 6;
        return switch (random.nextInt(9)) {
            case 0 -> model.addBoolOr(literals(booleans, random, 2));
            case 1 -> model.addBoolAnd(literals(booleans, random, 2));
            case 2 ->
                model.addLinearExpressionInDomain(form(all, random), Domain.fromIntervals(new long[][] {
                    {low, low + 1}, {low + 5, low + 8}
                }));
            case 3 -> model.addLessOrEqual(form(all, random), low + 8);
            case 4 -> model.addGreaterOrEqual(form(all, random), low - 4);
            case 5 -> model.addAtMostOne(literals(booleans, random, 3));
            case 6 -> model.addExactlyOne(literals(booleans, random, 2));
            default -> model.addLinearConstraint(form(all, random), low, low + 6);
        };
    }

    private static LinearExprBuilder form(List<LinearArgument> all, Random random) {
        LinearExprBuilder form = LinearExpr.newBuilder();
        for (LinearArgument variable : all) {
            if (random.nextBoolean()) {
                LinearArgument term = variable instanceof BoolVar b && random.nextBoolean() ? b.not() : variable;
                form.addTerm(term, random.nextInt(9) - 4);
            }
        }
        return form.add(random.nextInt(5) - 2);
    }

    private static Literal[] literals(List<BoolVar> booleans, Random random, int count) {
        Literal[] literals = new Literal[count];
        for (int k = 0; k < count; k++) {
            BoolVar variable = booleans.get(random.nextInt(booleans.size()));
            literals[k] = random.nextBoolean() ? variable : variable.not();
        }
        return literals;
    }
}
