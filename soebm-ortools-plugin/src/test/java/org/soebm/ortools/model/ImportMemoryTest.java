package org.soebm.ortools.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.ortools.linearsolver.MPModelProto;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.IntVar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.SolverOptions;
import org.soebm.ortools.OrToolsArgminSolverProvider;
import org.soebm.ortools.library.NativeLibrary;

class ImportMemoryTest {
    @Test
    void manyImportsAndSolvesLeaveTheResidentMemoryLevel() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "resident memory is read from Linux's /proc");
        NativeLibrary.load();
        importAndSolve(150);
        long before = residentKilobytes();
        importAndSolve(300);
        assertThat(residentKilobytes() - before).isLessThan(40_000); // a leak of 140 KB an import would show
    }

    static void importAndSolve(int count) throws IOException {
        MPModelProto original = RandomModel.of(5);
        CpModel distinct = new CpModel();
        distinct.addAllDifferent(new IntVar[] {
            distinct.newIntVar(0, 3, "a"), distinct.newIntVar(0, 3, "b"), distinct.newIntVar(1, 1, "c")
        });
        distinct.minimize(distinct.getIntVarFromProtoIndex(0));
        try (ArgminSolver solver = new OrToolsArgminSolverProvider().create(SolverOptions.DEFAULT)) {
            for (int i = 0; i < count; i++) {
                OrToolsModel model = switch (i % 3) {
                    case 0 -> OrToolsModel.of(OrToolsModelTest.modelBuilder(original));
                    case 1 ->
                        OrToolsModelTest.read(
                                OrToolsModelTest.modelBuilder(original).exportToMpsString(false),
                                OrToolsModel::readMps);
                    default -> OrToolsModel.of(distinct);
                };
                OrToolsDecisions decisions = model.decisions(model.variableNames());
                ArgminProblem problem =
                        new ArgminProblem(decisions.cost(0).build().objective(new double[0]), decisions.constraints());
                assertThat(solver.solve(problem).status().hasDecision()).isTrue();
            }
        }
    }

    static long residentKilobytes() throws IOException {
        System.gc();
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }
}
