package org.soebm.runtime.report.page;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A part of a report, or the reason why there is none.
 *
 * @param content null where there is none
 * @param reason one sentence for readers; empty where there is content
 */
public record Shown<T>(@Nullable T content, String reason) {
    /** A part that is there. */
    public static <T> Shown<T> of(T content) {
        return new Shown<>(content, "");
    }

    /** A part that is not. */
    public static <T> Shown<T> not(String reason) {
        return new Shown<>(null, reason);
    }

    /**
     * A part that may fail, which must not cost a run its results: readers are told why it is missing.
     *
     * @param failed what to say then, before the reason
     */
    public static <T> Shown<T> attempt(String failed, Supplier<Shown<T>> part) {
        try {
            return part.get();
        } catch (RuntimeException | LinkageError failure) {
            String message = failure.getMessage();
            return not(failed + ": " + (message == null ? failure.getClass().getSimpleName() : message));
        }
    }
}
