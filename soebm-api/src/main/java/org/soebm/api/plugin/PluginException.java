package org.soebm.api.plugin;

import org.jspecify.annotations.Nullable;

/** A plug-in cannot be loaded, or two go by one name. The message says which, where it comes from, and what to do. */
public final class PluginException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a message for users and what lies behind it. */
    public PluginException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
