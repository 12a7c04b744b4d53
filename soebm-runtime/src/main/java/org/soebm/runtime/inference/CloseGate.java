package org.soebm.runtime.inference;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** Lets any number of threads work with native memory at once; closing waits for them, and lets nobody in afterwards. */
final class CloseGate {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    /**
     * Does some work that needs what is open.
     *
     * @throws ClosedModelException when it is closed
     */
    <T> T within(Supplier<T> work) {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new ClosedModelException();
            }
            return work.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Frees what is open, once; afterwards nobody comes in. */
    void close(Runnable free) {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                free.run();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
