package org.soebm.runtime.data;

import java.nio.file.Path;

/** Another process works in a folder; the message is for users. */
public final class FolderInUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FolderInUseException(Path folder) {
        super("The folder " + folder + " is in use by another run of the same command. Wait until that has ended,"
                + " or choose another folder.");
    }
}
