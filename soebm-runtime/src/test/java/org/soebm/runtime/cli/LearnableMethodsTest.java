package org.soebm.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.Support;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.NetworkSpec;
import org.soebm.api.task.Task;
import org.soebm.runtime.fixture.CoordinateSolverProvider;
import org.soebm.runtime.fixture.HingesOnlySolverProvider;
import org.soebm.runtime.fixture.NewsvendorTaskProvider;
import org.soebm.runtime.learning.Learned;
import org.soebm.runtime.learning.LearningMethod;
import org.soebm.runtime.learning.LearningProblem;
import org.soebm.runtime.learning.PolicyNet;
import org.soebm.runtime.learning.TrainingControl;
import org.soebm.runtime.learning.TwoStage;
import org.soebm.runtime.objective.StochasticProblem;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class LearnableMethodsTest {
    private static final Task TASK = new NewsvendorTaskProvider().create();

    /** For tasks with a hundred features. */
    private static final class Choosy implements LearningMethod {
        @Override
        public String name() {
            return "choosy";
        }

        @Override
        public String description() {
            return "";
        }

        @Override
        public Support support(
                StochasticProblem problem, HyperParameters hyperParameters, int features, NetworkSpec network) {
            return Support.no("it needs 100 features, but there are " + features);
        }

        @Override
        public Learned learn(LearningProblem problem, TrainingControl control) {
            throw new UnsupportedOperationException();
        }
    }

    private final StringWriter err = new StringWriter();

    private List<LearningMethod> learnable(boolean asked) {
        return learnable(asked, new Choosy(), new CoordinateSolverProvider());
    }

    private List<LearningMethod> learnable(boolean asked, LearningMethod method, ArgminSolverProvider provider) {
        CommandLine line = new CommandLine(new CompareCommand()).setErr(new PrintWriter(err, true));
        return LearnableMethods.of(
                line.getCommandSpec(),
                List.of(method, new TwoStage()),
                asked,
                TASK,
                TASK.hyperParameters(),
                TASK.data(null, 0),
                provider);
    }

    @Test
    void ofAllMethodsThoseThatCannotLearnTheTaskAreLeftOutWithTheReason() {
        assertThat(learnable(false)).extracting(LearningMethod::name).containsExactly("two-stage");
        assertThat(err.toString().lines())
                .containsExactly("Leaving out choosy: it needs 100 features, but there are 2");
    }

    @Test
    void aMethodWhoseDecisionsTheSolverDoesNotTakeIsLeftOutTooOrWrongUsage() {
        assertThat(learnable(false, new PolicyNet(), new HingesOnlySolverProvider()))
                .extracting(LearningMethod::name)
                .containsExactly("two-stage");
        assertThat(err.toString().lines())
                .containsExactly("Leaving out policy-net: it decides by the nearest decision in the feasible set, a"
                        + " problem that solver choosy does not take: it takes hinges only. Choose another solver or"
                        + " another method.");
        assertThatThrownBy(() -> learnable(true, new PolicyNet(), new HingesOnlySolverProvider()))
                .isInstanceOf(ParameterException.class)
                .hasMessageStartingWith("The method policy-net cannot learn newsvendor: it decides by the nearest");
    }

    @Test
    void oneThatWasAskedForIsWrongUsage() {
        assertThatThrownBy(() -> learnable(true))
                .isInstanceOf(ParameterException.class)
                .hasMessage("The method choosy cannot learn newsvendor: it needs 100 features, but there are 2");
        assertThat(err.toString()).isEmpty();
    }
}
