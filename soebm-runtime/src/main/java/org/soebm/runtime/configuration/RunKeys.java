package org.soebm.runtime.configuration;

import java.util.List;
import org.soebm.runtime.learning.LearningMethod;
import org.soebm.runtime.learning.LearningMethods;

/** The keys of what a run needs beside hyper-parameters to come out the same. */
public final class RunKeys {
    /** Which task. */
    public static final Key<String> TASK = new Key<>(
            "task",
            new ValueType.Text("the task of the command"),
            "the task of the command",
            "what is decided; where it stands, the file is refused for other tasks");

    /** Which method. */
    public static final Key<String> METHOD = new Key<>(
            "method",
            new ValueType.OneOf(
                    LearningMethods.all().stream().map(LearningMethod::name).toList()),
            LearningMethods.USUAL,
            "how to learn, as --method; compare, which takes several, leaves it");

    /** Which solver. */
    public static final Key<String> SOLVER = new Key<>(
            "solver",
            new ValueType.Text("the name of an installed solver"),
            "the first that takes the task",
            "which solver, as --solver");

    /** Which device. */
    public static final Key<String> DEVICE = new Key<>(
            "device",
            new ValueType.OneOf(List.of("cpu", "gpu")),
            "gpu where there is one",
            "where tensors live, as --device");

    /** Which data. */
    public static final Key<String> DATA = new Key<>(
            "data",
            new ValueType.Text("the path of a file or folder"),
            "the task makes its own",
            "what the task reads, as --data; a relative path starts at the working folder");

    /** Which split. */
    public static final Key<String> SPLIT = new Key<>(
            "split",
            new ValueType.Text("the path of a file"),
            "the task's test rows, the others at random",
            "which rows train, validate and test, as --split; a relative path starts at the working folder");

    /** Which share of the training rows. */
    public static final Key<Double> TRAIN_FRACTION = new Key<>(
            "trainFraction",
            new ValueType.RealNumber(Range.above(0).upTo(1)),
            "1",
            "share of the training rows to learn from, as compare's --train-fraction");

    /** Which seed. */
    public static final Key<Long> SEED = new Key<>(
            "seed",
            new ValueType.WholeNumber(Long.MIN_VALUE, Long.MAX_VALUE),
            "0",
            "of data that the task makes itself, split, weights, batches and draws, as --seed");

    /** What to do with rows that have no optimum. */
    public static final Key<Boolean> SKIP_UNSOLVABLE = new Key<>(
            "skipUnsolvable",
            new ValueType.Flag(),
            "false",
            "leave rows out that have no optimal decision, instead of stopping, as --skip-unsolvable");

    /** All of them. */
    public static final List<Key<?>> ALL =
            List.of(TASK, METHOD, SOLVER, DEVICE, DATA, SPLIT, TRAIN_FRACTION, SEED, SKIP_UNSOLVABLE);

    private RunKeys() {}
}
