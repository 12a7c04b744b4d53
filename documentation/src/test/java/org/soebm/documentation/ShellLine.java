package org.soebm.documentation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One command line.
 *
 * @param text without a trailing comment, continued lines joined
 * @param javaOptions the value of SOEBM_JAVA_OPTS before it, empty without
 * @param words the command and its arguments, without quotes
 */
record ShellLine(String text, String javaOptions, List<String> words) {
    private static final Set<String> COMMANDS =
            Set.of("./soebm", "mvn", "benchmarks/run", "java", "cp", "cat", "head", "mkdir");
    private static final Pattern JAVA_OPTIONS = Pattern.compile("^SOEBM_JAVA_OPTS=(\"[^\"]*\"|\\S+) ");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    /** The command lines of a block or script. */
    static List<ShellLine> of(String block) {
        List<ShellLine> lines = new ArrayList<>();
        for (String line : block.replaceAll("\\\\\n\\s*", "").split("\n", -1)) {
            String text = line.replaceAll("(^|\\s)#.*$", "").strip();
            if (!text.isEmpty()) {
                lines.add(parse(text));
            }
        }
        return lines;
    }

    private static ShellLine parse(String text) {
        Matcher options = JAVA_OPTIONS.matcher(text);
        boolean hasOptions = options.find();
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(hasOptions ? text.substring(options.end()) : text);
        while (word.find()) {
            words.add(word.group(1) != null ? word.group(1) : word.group(2));
        }
        return new ShellLine(text, hasOptions ? options.group(1).replace("\"", "") : "", words);
    }

    /** What is run: the word after options of the environment. */
    String command() {
        return words.get(0);
    }

    /** Whether the first word is a command and not a formula's. */
    boolean isCommand() {
        return COMMANDS.contains(command());
    }

    /** Whether the line is the command line alone, without pipes, redirections or other settings. */
    boolean isSoebmAlone() {
        return command().equals("./soebm") && words.stream().noneMatch(word -> word.matches("[|<>].*"));
    }

    /** The arguments after the command. */
    List<String> arguments() {
        return words.subList(1, words.size());
    }

    /** The task that {@code ./soebm train} or {@code compare} names, empty for other subcommands. */
    String task() {
        for (int i = 1; i < words.size() - 1; i++) {
            if (words.get(i).equals("train") || words.get(i).equals("compare")) {
                return words.get(i + 1);
            }
        }
        return "";
    }

    /** The line without numbers and without the folder for results. */
    String shape() {
        return text.replaceAll(" --out \\S+", "").replaceAll("\\b[0-9][0-9.e,-]*\\b", "N");
    }
}
