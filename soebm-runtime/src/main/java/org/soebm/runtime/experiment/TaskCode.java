package org.soebm.runtime.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.NativeModel;
import org.soebm.api.task.Task;
import org.soebm.runtime.data.AtomicFiles;
import org.soebm.runtime.digest.CodeDigest;
import org.soebm.runtime.digest.ProblemDigest;
import org.soebm.runtime.objective.StochasticProblem;

/**
 * The code of those parts of a task that cannot tell their own changes, by whose content a finished run knows whether it
 * still fits.
 *
 * @param digest of the code; empty where every part can tell or where the code cannot be read
 * @param unreadable why the code cannot be read, a clause; null where it can
 */
record TaskCode(String digest, @Nullable String unreadable) {
    static TaskCode of(Task task, StochasticProblem problem) {
        Set<Class<?>> classes = new LinkedHashSet<>();
        if (!ProblemDigest.canTell(problem.cost())) {
            classes.add(problem.cost().getClass());
        }
        NativeModel model = problem.constraints().nativeModel();
        if (model != null && !ProblemDigest.canTell(problem.constraints())) {
            classes.add(model.getClass());
        }
        if (problem.simulator() != null && problem.simulator().fingerprint().isEmpty()) {
            classes.add(problem.simulator().getClass());
        }
        if (problem.observationModel() != null) { // has no fingerprint
            classes.add(problem.observationModel().getClass());
        }
        if (classes.isEmpty()) {
            return new TaskCode("", null);
        }
        classes.add(task.getClass());
        try {
            return new TaskCode(CodeDigest.of(classes), null);
        } catch (UncheckedIOException e) { // from within a stream of files
            return new TaskCode("", String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new TaskCode("", AtomicFiles.reason(e));
        }
    }
}
