package org.soebm.ortools.model;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The first part of a model file that a reader refuses, in words. The readers of OR-Tools say no more than that something
 * is wrong, but they read from top to bottom: so the part is the last one of the shortest beginning that is refused.
 */
final class RefusedPart {
    private static final Set<String> MPS_SECTIONS = Set.of(
            "NAME",
            "OBJSENSE",
            "ROWS",
            "LAZYCONS",
            "USERCUTS",
            "COLUMNS",
            "RHS",
            "RANGES",
            "BOUNDS",
            "INDICATORS",
            "ENDATA");

    private static final Set<String> LP_SECTIONS = Set.of("sin", "sec", "free", "sos", "sos1", "sos2");

    private static final Pattern NAN = Pattern.compile("(?i)(^|[\\s=<>+-])nan(\\s|$)");

    /** A number of the objective without a variable after it. */
    private static final Pattern CONSTANT = Pattern.compile("(^|[\\s:+-])\\d+(\\.\\d*)?([eE][+-]?\\d+)?\\s*($|[+-])");

    private RefusedPart() {}

    /**
     * Says which line of an MPS file is refused, and why where that is known.
     *
     * @return null where it is none in particular
     */
    static @Nullable String ofMps(String text, Predicate<String> isRead) {
        List<String> lines = text.lines().toList();
        int index = firstRefused(lines.size(), count -> isRead.test(join(lines, count, "\n") + "ENDATA\n"));
        if (index < 0) {
            return null;
        }
        String line = lines.get(index);
        String where = "line " + (index + 1);
        String section = line.strip().split("\\s+", 2)[0];
        if (!line.isEmpty() && !Character.isWhitespace(line.charAt(0)) && !MPS_SECTIONS.contains(section)) {
            return where + " begins the section " + Names.shown(section) + ", which it does not know";
        }
        return where + (NAN.matcher(line).find() ? " has nan for a number" : "") + ", \"" + Names.shown(line.strip())
                + "\"";
    }

    /**
     * Says which statement of an LP file is refused, and why where that is known.
     *
     * @param text without comments
     * @return null where it is none in particular
     */
    static @Nullable String ofLp(String text, Predicate<String> isRead) {
        List<String> statements = List.of(text.split(";", -1));
        int index = firstRefused(statements.size(), count -> isRead.test(join(statements, count, ";")));
        if (index < 0) {
            return null;
        }
        String before = join(statements, index, ";");
        String statement = statements.get(index).strip();
        String blanks = statements.get(index).substring(0, statements.get(index).indexOf(statement));
        long line = 1 + (before + blanks).chars().filter(c -> c == '\n').count();
        String keyword = statement.split("[\\s:]+", 2)[0].toLowerCase(Locale.ROOT);
        String where = "the statement in line " + line;
        if (LP_SECTIONS.contains(keyword)) {
            return where + " begins the section " + keyword + ", which it does not know";
        }
        boolean isObjective = keyword.equals("min") || keyword.equals("max");
        String why = "";
        if (NAN.matcher(statement).find()) {
            why = " has nan for a number";
        } else if (isObjective && CONSTANT.matcher(statement).find()) {
            why = " has a constant in the objective";
        }
        return where + why + ", \"" + Names.shown(statement.replace('\n', ' ')) + "\"";
    }

    private static String join(List<String> parts, int count, String end) {
        StringBuilder text = new StringBuilder();
        parts.subList(0, count).forEach(part -> text.append(part).append(end));
        return text.toString();
    }

    /** The index of the last part of the shortest beginning that is refused, or −1 where the whole is not. */
    private static int firstRefused(int count, IntPredicate isRead) {
        if (isRead.test(count)) {
            return -1;
        }
        int read = 0;
        int refused = count;
        while (refused - read > 1) {
            int middle = (read + refused) >>> 1;
            if (isRead.test(middle)) {
                read = middle;
            } else {
                refused = middle;
            }
        }
        return refused - 1;
    }
}
