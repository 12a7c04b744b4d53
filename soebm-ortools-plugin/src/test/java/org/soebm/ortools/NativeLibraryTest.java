package org.soebm.ortools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.SampleProblems;
import org.soebm.api.solver.SolverOptions;
import org.soebm.ortools.library.NativeLibrary;

class NativeLibraryTest {
    @Test
    void manyThreadsMayLoadAtOnce() {
        IntStream.range(0, 64).parallel().forEach(i -> NativeLibrary.load());
    }

    @Test
    void failureNamesThePlatformAndWhatToDo() {
        assertThat(NativeLibrary.message(new UnsatisfiedLinkError("no jniortools")))
                .contains(System.getProperty("os.name"), System.getProperty("os.arch"), "no jniortools", "Maybe");
    }

    @Test
    void thousandsOfSolvesLeaveTheResidentMemoryLevel() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "resident memory is read from Linux's /proc");
        Random random = new Random(8);
        ArgminProblem quadratic = SampleProblems.power(SampleProblems.loads(24, random), new double[24]);
        ArgminProblem integer = SampleProblems.marketSplit(6, 1, random);
        try (ArgminSolver solver = new OrToolsArgminSolverProvider().create(SolverOptions.DEFAULT)) {
            solveMany(solver, quadratic, 1_500);
            solveMany(solver, integer, 100);
            long before = residentKilobytes();
            solveMany(solver, quadratic, 3_000);
            solveMany(solver, integer, 300);
            assertThat(residentKilobytes() - before).isLessThan(60_000); // a leak of 20 KB a solve would show
        }
    }

    private static void solveMany(ArgminSolver solver, ArgminProblem problem, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(solver.solve(problem).status().hasDecision()).isTrue();
        }
    }

    private static long residentKilobytes() throws IOException {
        System.gc();
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }
}
