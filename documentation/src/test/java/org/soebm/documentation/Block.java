package org.soebm.documentation;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A block of code in a document.
 *
 * @param document its path in the repository
 * @param line where it begins, from 1
 * @param language of its fence; empty where it has none, or is indented
 * @param text its lines
 * @param notRun why it is not run, as a comment before it says: {@code <!-- not run: … -->}; null where it is
 * @param file the file that it is, as a comment before it says: {@code <!-- file: NAME -->}; null where it is none
 */
record Block(
        Path document,
        int line,
        String language,
        String text,
        @Nullable String notRun,
        @Nullable String file) {
    /** What can be tested of a block. */
    enum Kind {
        /** Commands, which are run. */
        SHELL,
        /** Java, which must be that of a source file. */
        JAVA,
        /** XML, which must be well-formed. */
        XML,
        /** JSON, which must be valid. */
        JSON,
        /** The content of a file that a command of the same document takes. */
        FILE,
        /** Formulas and output, which must have no command in them. */
        TEXT
    }

    /**
     * What can be tested of this block.
     *
     * @throws AssertionError when it is of no kind that can be
     */
    Kind kind() {
        if (file != null) {
            return Kind.FILE;
        }
        if (notRun != null) {
            return Kind.TEXT;
        }
        return switch (language) {
            case "sh" -> Kind.SHELL;
            case "java" -> Kind.JAVA;
            case "xml" -> Kind.XML;
            case "json" -> Kind.JSON;
            case "text", "math" -> Kind.TEXT;
            case "" -> {
                if (ShellLine.of(text).stream().allMatch(ShellLine::isCommand)) {
                    yield Kind.SHELL;
                }
                throw new AssertionError(
                        where() + ": a block that begins with '"
                                + text.lines().findFirst().orElse("")
                                + "' cannot be tested. Fence it with sh, java, xml, json or text, or put <!-- file: NAME --> before it.");
            }
            default -> throw new AssertionError(where() + ": nothing tests a block of " + language + ".");
        };
    }

    /** Document and line. */
    String where() {
        return document + ":" + line;
    }
}
