package org.soebm.api.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.NativeModel;
import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.plugin.PluginException;

class ArgminSolversTest {
    private static final ArgminProblem PROBLEM =
            new ArgminProblem(new PenaltyObjective(2, List.of(), new double[2], 0), ConstraintSet.unconstrained(2));

    private final ArgminSolverProvider first = new NamedProvider("first", 10, Support.yes());
    private final ArgminSolverProvider second = new NamedProvider("second", 20, Support.yes());
    private final ArgminSolverProvider picky = new NamedProvider("picky", 0, Support.no("it wants integers"));

    private record NamedProvider(String name, int rank, Support support) implements ArgminSolverProvider {
        @Override
        public String description() {
            return "the solver " + name;
        }

        @Override
        public Support supports(ArgminProblem problem) {
            return support;
        }

        @Override
        public ArgminSolver create(SolverOptions options) {
            throw new UnsupportedOperationException();
        }
    }

    /** Found through a service file that the test writes. */
    public static final class DiscoveredProvider implements ArgminSolverProvider {
        @Override
        public String name() {
            return "discovered";
        }

        @Override
        public String description() {
            return "a solver in a plug-in folder";
        }

        @Override
        public int rank() {
            return 5;
        }

        @Override
        public Support supports(ArgminProblem problem) {
            return Support.yes();
        }

        @Override
        public ArgminSolver create(SolverOptions options) {
            throw new UnsupportedOperationException();
        }
    }

    @BeforeEach
    @AfterEach
    void forgetTheSystemProperty() {
        System.clearProperty(ArgminSolvers.SOLVER_PROPERTY);
    }

    @Test
    void lowestRankThatSupportsTheProblemIsChosen() {
        ArgminSolvers solvers = ArgminSolvers.of(List.of(second, picky, first));
        assertThat(solvers.select(null, PROBLEM)).isSameAs(first);
        assertThat(solvers.all()).containsExactly(picky, first, second);
    }

    @Test
    void equalRanksAreOrderedByName() {
        ArgminSolverProvider twin = new NamedProvider("early", 10, Support.yes());
        assertThat(ArgminSolvers.of(List.of(first, twin)).select(null, PROBLEM)).isSameAs(twin);
    }

    @Test
    void twoSolversOfOneNameAreRefused() {
        assertThatThrownBy(
                        () -> ArgminSolvers.of(List.of(first, second, new NamedProvider("first", 99, Support.yes()))))
                .isInstanceOf(PluginException.class)
                .hasMessageStartingWith("There are two solvers named first: ");
    }

    @Test
    void aProviderThatFailsToSayTakesNothing() {
        ArgminSolverProvider failing = new Failing("failing");
        assertThat(ArgminSolvers.of(List.of(failing, first)).select(null, PROBLEM))
                .isSameAs(first);
        assertThatThrownBy(() -> ArgminSolvers.of(List.of(failing, first)).select("failing", PROBLEM))
                .isInstanceOf(SolverUnavailableException.class)
                .hasMessageContaining(
                        "its plug-in fails when asked for it (java.lang.IllegalStateException: no licence)")
                .hasMessageContaining("Maybe use first?");
    }

    private record Failing(String name) implements ArgminSolverProvider {
        @Override
        public String description() {
            return "";
        }

        @Override
        public int rank() {
            return 0;
        }

        @Override
        public Support supports(ArgminProblem problem) {
            throw new IllegalStateException("no licence");
        }

        @Override
        public ArgminSolver create(SolverOptions options) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void explicitNameBeatsThePropertyAndThePropertyBeatsTheRank() {
        ArgminSolvers solvers = ArgminSolvers.of(List.of(first, second));
        System.setProperty(ArgminSolvers.SOLVER_PROPERTY, "second");
        assertThat(solvers.select(null, PROBLEM)).isSameAs(second);
        assertThat(solvers.select("first", PROBLEM)).isSameAs(first);
    }

    @Test
    void anUnknownNameIsAnsweredWithThoseInstalled() {
        ArgminSolvers solvers = ArgminSolvers.of(List.of(second, first));
        assertThatThrownBy(() -> solvers.select("cplex", PROBLEM))
                .isInstanceOf(SolverUnavailableException.class)
                .hasMessage("There is no solver named cplex; installed are: first, second.");
        assertThatThrownBy(() -> ArgminSolvers.of(List.of()).named("cplex"))
                .isInstanceOf(SolverUnavailableException.class)
                .hasMessageContaining("none is installed")
                .hasMessageContaining("soebm-ortools-plugin");
    }

    @Test
    void aNamedSolverThatRefusesSaysWhyAndWhoDoesNot() {
        ArgminSolvers solvers = ArgminSolvers.of(List.of(picky, first, second));
        assertThatThrownBy(() -> solvers.select("picky", PROBLEM))
                .isInstanceOf(SolverUnavailableException.class)
                .hasMessageContaining("Solver picky does not support")
                .hasMessageContaining("it wants integers")
                .hasMessageContaining("Maybe use first, second?");
        assertThatThrownBy(() -> ArgminSolvers.of(List.of(picky)).select("picky", PROBLEM))
                .isInstanceOf(SolverUnavailableException.class)
                .hasMessageContaining("soebm-timefold-plugin");
    }

    @Test
    void aRefusalOfTheSolverThatThePropertyNamesMentionsTheProperty() {
        System.setProperty(ArgminSolvers.SOLVER_PROPERTY, "picky");
        assertThatThrownBy(() -> ArgminSolvers.of(List.of(picky, first)).select(null, PROBLEM))
                .isInstanceOf(SolverUnavailableException.class)
                .hasMessageContaining("soebm.solver")
                .hasMessageContaining("it wants integers");
    }

    @Test
    void whenAllRefuseEachReasonIsListedAndWhatToAdd() {
        ArgminSolverProvider shy = new NamedProvider("shy", 1, Support.no("it fears large problems"));
        assertThatThrownBy(() -> ArgminSolvers.of(List.of(picky, shy)).select(null, PROBLEM))
                .isInstanceOf(SolverUnavailableException.class)
                .hasMessageContaining("PenaltyObjective[2 decisions")
                .hasMessageContaining("ConstraintSet[2 decisions")
                .hasMessageContaining("picky refuses: it wants integers")
                .hasMessageContaining("shy refuses: it fears large problems")
                .hasMessageContaining("org.soebm:soebm-ortools-plugin")
                .hasMessageContaining("org.soebm:soebm-timefold-plugin");
    }

    @Test
    void aModelOfOneSolverIsRefusedForEveryOther() {
        NativeModel tour = new NativeModel() {
            @Override
            public String solver() {
                return "second";
            }

            @Override
            public String description() {
                return "a model with 1 circuit constraint";
            }

            @Override
            public String fingerprint() {
                return "tour 1";
            }
        };
        ArgminProblem problem = new ArgminProblem(
                PROBLEM.objective(), ConstraintSet.builder(2).nativeModel(tour).build());
        ArgminSolvers solvers = ArgminSolvers.of(List.of(first, second)); // neither looks at the model itself
        assertThat(solvers.select(null, problem)).isSameAs(second);
        assertThatThrownBy(() -> solvers.select("first", problem))
                .isInstanceOf(SolverUnavailableException.class)
                .hasMessageContaining("a model with 1 circuit constraint, which only solver second understands")
                .hasMessageContaining("Maybe use second?");
        assertThatThrownBy(() -> ConstraintSet.builder(2).nativeModel(tour).nativeModel(tour))
                .hasMessageContaining("already");
    }

    @Test
    void withoutAnySolverTheMessageSaysWhatToAdd() {
        assertThatThrownBy(() -> ArgminSolvers.of(List.of()).select(null, PROBLEM))
                .isInstanceOf(SolverUnavailableException.class)
                .hasMessage("No solver is installed. Add org.soebm:soebm-ortools-plugin or"
                        + " org.soebm:soebm-timefold-plugin to the class path.");
    }

    @Test
    void solversAreFoundThroughServiceFilesOfTheGivenClassLoader(@TempDir Path folder) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(ArgminSolverProvider.class.getName()), DiscoveredProvider.class.getName());
        try (URLClassLoader plugins = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            assertThat(ArgminSolvers.load(plugins).all())
                    .extracting(ArgminSolverProvider::name)
                    .contains("discovered");
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(plugins);
            try {
                assertThat(ArgminSolvers.load().all())
                        .extracting(ArgminSolverProvider::name)
                        .contains("discovered");
            } finally {
                thread.setContextClassLoader(before);
            }
        }
    }
}
