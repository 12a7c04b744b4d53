package org.soebm.ortools.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Finds variables, rows or decisions by name. An item may also be called by its number, {@code #7}, which is the only way
 * where it has no name or shares its name with another.
 */
final class Names {
    private static final int MOST_SUGGESTIONS = 5;
    private static final int LONGEST_SHOWN = 80;

    private final String kind;
    private final List<String> names;
    private final Map<String, Integer> first = new HashMap<>();
    private final Map<String, Integer> second = new HashMap<>(); // of names that two or more share

    /**
     * @param kind what is named, for messages: "variable"
     * @param names empty where an item has none
     */
    Names(String kind, List<String> names) {
        this.kind = kind;
        this.names = List.copyOf(names);
        for (int i = 0; i < names.size(); i++) {
            if (!names.get(i).isEmpty()) {
                Integer before = first.putIfAbsent(names.get(i), i);
                if (before != null) {
                    second.putIfAbsent(names.get(i), i);
                }
            }
        }
    }

    /** The name of an item, or its number where it has none or shares it. */
    String of(int index) {
        String name = names.get(index);
        return name.isEmpty() || second.containsKey(name) ? "#" + index : name;
    }

    boolean contains(String name) {
        return first.containsKey(name);
    }

    /**
     * The number of an item.
     *
     * @throws IllegalArgumentException when nothing or more than one item has the name
     */
    int index(String name) {
        Integer index = first.get(name);
        if (index == null) {
            return byNumber(name);
        }
        Integer other = second.get(name);
        if (other != null) {
            throw new IllegalArgumentException("The name " + shown(name) + " belongs to " + kind + "s " + index
                    + " and " + other + ". Maybe call them #" + index + " and #" + other + "?");
        }
        return index;
    }

    /**
     * The numbers of several items.
     *
     * @throws IllegalArgumentException that names all that are unknown, with near ones
     */
    int[] indices(Collection<String> wanted) {
        List<String> unknown = wanted.stream().filter(name -> !isKnown(name)).toList();
        if (unknown.size() > 1) {
            String list = unknown.stream()
                    .limit(MOST_SUGGESTIONS)
                    .map(name -> shown(name) + " (" + suggestion(name).strip() + ")")
                    .collect(Collectors.joining(", "));
            int more = unknown.size() - MOST_SUGGESTIONS;
            throw new IllegalArgumentException(
                    "The model has no " + kind + "s named " + list + (more > 0 ? " and " + more + " more." : "."));
        }
        return wanted.stream().mapToInt(this::index).toArray();
    }

    private boolean isKnown(String name) {
        return first.containsKey(name) || name.matches("#\\d{1,9}");
    }

    private int byNumber(String name) {
        if (name.matches("#\\d{1,9}")) {
            int index = Integer.parseInt(name.substring(1));
            if (index < names.size()) {
                return index;
            }
            throw new IllegalArgumentException(
                    "There is no " + kind + " " + name + "; the model has " + names.size() + " of them.");
        }
        throw new IllegalArgumentException(
                "The model has no " + kind + " named " + shown(name) + "." + suggestion(name));
    }

    private String suggestion(String name) {
        List<String> near = near(name);
        if (!near.isEmpty()) {
            return " Maybe " + String.join(" or ", near) + "?";
        }
        if (first.isEmpty()) {
            return " None of its " + names.size() + " " + kind + "s has a name; they are called #0, #1, …";
        }
        List<String> some = new ArrayList<>();
        for (String candidate : names) {
            if (!candidate.isEmpty() && some.size() < MOST_SUGGESTIONS) {
                some.add(shown(candidate));
            }
        }
        return " There are " + String.join(", ", some) + (names.size() > some.size() ? ", …" : ".");
    }

    private List<String> near(String name) {
        if (name.length() > LONGEST_SHOWN) {
            return List.of();
        }
        int allowed = Math.max(1, name.length() / 3);
        record Candidate(String name, int distance) {}
        List<Candidate> candidates = new ArrayList<>();
        String wanted = name.toLowerCase(Locale.ROOT);
        for (String candidate : first.keySet()) {
            if (Math.abs(candidate.length() - name.length()) <= allowed && candidate.length() <= LONGEST_SHOWN) {
                int distance = editDistance(wanted, candidate.toLowerCase(Locale.ROOT));
                if (distance <= allowed) {
                    candidates.add(new Candidate(candidate, distance));
                }
            }
        }
        candidates.sort(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name));
        return candidates.stream().limit(MOST_SUGGESTIONS).map(Candidate::name).toList();
    }

    private static int editDistance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }

    /** A name for a message: not longer than a line, without line breaks. */
    static String shown(String name) {
        String line = name.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "…";
    }
}
