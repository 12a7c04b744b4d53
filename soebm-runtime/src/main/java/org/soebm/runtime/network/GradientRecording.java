package org.soebm.runtime.network;

import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Recording for autograd. The engine records for one thread of the process at a time; others wait here for their turn
 * instead of failing. To be closed by the thread that started it.
 */
public final class GradientRecording implements AutoCloseable {
    private static final ReentrantLock ENGINE = new ReentrantLock();

    private final GradientCollector collector;

    private GradientRecording(GradientCollector collector) {
        this.collector = collector;
    }

    /** Waits for the engine and starts to record. */
    public static GradientRecording start() {
        ENGINE.lock();
        try {
            return new GradientRecording(OfflineEngine.get().newGradientCollector());
        } catch (RuntimeException | Error failure) {
            ENGINE.unlock();
            throw failure;
        }
    }

    /** Adds the gradients of a scalar to all tensors that ask for one. */
    public void backward(NDArray scalar) {
        collector.backward(scalar);
    }

    /** Ends the recording and lets the next one start. */
    @Override
    public void close() {
        try {
            collector.close();
        } finally {
            ENGINE.unlock();
        }
    }
}
