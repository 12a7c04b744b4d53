package org.soebm.runtime.objective;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.soebm.api.cost.CostFunction;
import org.soebm.api.cost.Scenarios;
import org.soebm.api.cost.SmoothObjective;
import org.soebm.runtime.network.GradientRecording;
import org.soebm.runtime.network.OfflineEngine;

/**
 * Values and gradients of a cost that is tensor code, by autograd in FLOAT64. What several threads ask for at the same
 * time goes through the device together: while one batch is computed, the questions of all others gather, and the first
 * of them to get its turn computes the next batch. A tensor operation costs about as much for thirty rows as for one.
 */
final class BatchedOracle implements AutoCloseable {
    /** Rows times scenarios of a batch; a cost may hold matrices for each. */
    private static final int LARGEST_BATCH = 512;

    private final CostFunction cost;
    private final NDManager manager;
    private final Deque<Question> waiting = new ArrayDeque<>(); // guarded by itself
    private final ReentrantLock turn = new ReentrantLock(true); // fair: who has its answer lets all others ask first

    BatchedOracle(CostFunction cost, Device device) {
        this.cost = cost;
        manager = OfflineEngine.newManager(device);
    }

    /** Σ_s p_s f(y_s, ·) as an objective, usable until this oracle is closed. */
    SmoothObjective objective(Scenarios scenarios) {
        return new SampleAverage(scenarios);
    }

    /** f(y, a) of each row. */
    double[] costs(double[][] parameters, double[][] decisions) {
        List<Question> questions = new ArrayList<>();
        for (int row = 0; row < parameters.length; row++) {
            questions.add(new Question(Scenarios.known(parameters[row]), decisions[row], null));
        }
        return answer(questions);
    }

    private final class SampleAverage implements SmoothObjective {
        private final Scenarios scenarios;

        SampleAverage(Scenarios scenarios) {
            this.scenarios = scenarios;
        }

        @Override
        public int dimension() {
            return cost.decisionCount();
        }

        @Override
        public double value(double[] decisions) {
            return answer(List.of(new Question(scenarios, decisions, null)))[0];
        }

        @Override
        public double valueAndGradient(double[] decisions, double[] gradient) {
            return answer(List.of(new Question(scenarios, decisions, gradient)))[0];
        }

        @Override
        public int batchSize() {
            return Math.max(1, LARGEST_BATCH / scenarios.count());
        }

        @Override
        public double[] values(double[][] decisions) {
            return answer(Arrays.stream(decisions)
                    .map(point -> new Question(scenarios, point, null))
                    .toList());
        }

        @Override
        public double[] valuesAndGradients(double[][] decisions, double[][] gradients) {
            return answer(IntStream.range(0, decisions.length)
                    .mapToObj(m -> new Question(scenarios, decisions[m], gradients[m]))
                    .toList());
        }
    }

    /** A point at which the objective of some scenarios is asked for. */
    private static final class Question {
        private final Scenarios scenarios;
        private final double[] decisions;
        private final double @Nullable [] gradient; // receives the gradient, null where the value is enough
        private boolean answered; // this and what follows: guarded by turn
        private double value;
        private @Nullable Throwable failure;

        Question(Scenarios scenarios, double[] decisions, double @Nullable [] gradient) {
            this.scenarios = scenarios;
            this.decisions = decisions;
            this.gradient = gradient;
        }

        void throwFailure() {
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof RuntimeException exception) {
                throw exception;
            }
        }

        boolean goesWith(Question other) {
            return scenarios.count() == other.scenarios.count() && (gradient == null) == (other.gradient == null);
        }
    }

    private double[] answer(List<Question> questions) {
        synchronized (waiting) {
            waiting.addAll(questions);
        }
        double[] values = new double[questions.size()];
        for (int i = 0; i < values.length; i++) {
            Question question = questions.get(i);
            turn.lock();
            try {
                while (!question.answered) {
                    evaluate(nextBatch());
                }
                question.throwFailure();
                values[i] = question.value;
            } finally {
                turn.unlock();
            }
        }
        return values;
    }

    private List<Question> nextBatch() {
        synchronized (waiting) {
            List<Question> batch = new ArrayList<>();
            Question first = waiting.removeFirst();
            batch.add(first);
            int most = Math.max(1, LARGEST_BATCH / first.scenarios.count());
            while (batch.size() < most
                    && !waiting.isEmpty()
                    && waiting.getFirst().goesWith(first)) {
                batch.add(waiting.removeFirst());
            }
            return batch;
        }
    }

    private void evaluate(List<Question> batch) {
        try (NDManager scope = manager.newSubManager()) {
            compute(batch, scope);
        } catch (RuntimeException | Error failure) { // thrown by each thread that asked
            batch.forEach(question -> question.failure = failure);
        }
        batch.forEach(question -> question.answered = true);
    }

    private void compute(List<Question> batch, NDManager scope) {
        int rows = batch.size();
        int count = batch.get(0).scenarios.count();
        int dy = cost.parameterCount();
        int da = cost.decisionCount();
        double[] y = new double[rows * count * dy];
        double[] probabilities = new double[rows * count];
        double[] a = new double[rows * da];
        for (int row = 0; row < rows; row++) {
            Question question = batch.get(row);
            for (int s = 0; s < count; s++) {
                System.arraycopy(question.scenarios.parameters()[s], 0, y, (row * count + s) * dy, dy);
                probabilities[row * count + s] = question.scenarios.weights()[s];
            }
            System.arraycopy(question.decisions, 0, a, row * da, da);
        }
        NDArray parameters = owned(scope, y, rows, count, dy);
        NDArray weights = owned(scope, probabilities, rows, count);
        NDArray decisions = owned(scope, a, rows, 1, da);
        double[] values;
        double[] gradients = null;
        if (batch.get(0).gradient == null) {
            values = average(parameters, decisions, weights).toDoubleArray();
        } else {
            decisions.setRequiresGradient(true);
            try (GradientRecording recording = GradientRecording.start()) {
                NDArray averages = average(parameters, decisions, weights);
                recording.backward(averages.sum());
                values = averages.toDoubleArray();
                gradients = decisions.getGradient().toDoubleArray();
            }
        }
        for (int row = 0; row < rows; row++) {
            Question question = batch.get(row);
            question.value = values[row];
            if (gradients != null && question.gradient != null) {
                System.arraycopy(gradients, row * da, question.gradient, 0, da);
            }
        }
    }

    /** Σ_s p_s f(y_s, a) of each row, shape (R). */
    private NDArray average(NDArray parameters, NDArray decisions, NDArray weights) {
        NDArray costs = cost.cost(parameters, decisions); // (R, S)
        if (!costs.getShape().equals(weights.getShape())) {
            throw new IllegalStateException("The cost " + cost.getClass().getName() + " gave the shape "
                    + costs.getShape() + " for parameters " + parameters.getShape() + " and decisions "
                    + decisions.getShape() + ", but must give " + weights.getShape() + ".");
        }
        return costs.mul(weights).sum(new int[] {1});
    }

    /** A tensor with memory of its own, which autograd may keep. */
    private static NDArray owned(NDManager scope, double[] values, long... shape) {
        try (NDArray borrowed = scope.create(values, new Shape(shape))) {
            return borrowed.duplicate();
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
