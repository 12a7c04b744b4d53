package org.soebm.documentation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What makes a long command short enough to be run by a test: one epoch of each phase, one run of two methods, two trials. All else stays,
 * so that each option, task, file and folder is what the document says.
 */
final class Shortening {
    private static final Map<String, String> ALWAYS = Map.of("--epochs", "1", "--pretraining-epochs", "1");
    private static final Map<String, String> COMPARED = Map.of("--runs", "1", "--methods", "two-stage,so-ebm");

    private Shortening() {}

    /** The arguments of {@code ./soebm}, shortened where the subcommand trains. */
    static List<String> of(List<String> arguments) {
        List<String> shortened = new ArrayList<>(arguments);
        if (arguments.contains("train") || arguments.contains("compare") || arguments.contains("tune")) {
            ALWAYS.forEach((option, value) -> set(shortened, option, value));
        }
        if (arguments.contains("compare")) {
            COMPARED.forEach((option, value) -> set(shortened, option, value));
        }
        if (arguments.contains("tune")) {
            set(shortened, "--trials", "2");
        }
        return shortened;
    }

    private static void set(List<String> arguments, String option, String value) {
        int at = arguments.indexOf(option);
        if (at >= 0) {
            arguments.set(at + 1, value);
        } else {
            arguments.add(option);
            arguments.add(value);
        }
    }
}
