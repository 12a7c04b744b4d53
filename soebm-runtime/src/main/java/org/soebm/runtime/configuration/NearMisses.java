package org.soebm.runtime.configuration;

import java.util.List;
import java.util.Locale;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Names that somebody may have meant. */
final class NearMisses {
    private static final int MOST = 3;
    private static final int WRONG_SECTION = 3; // in half letters

    private NearMisses() {}

    private record Candidate(String name, int letters, int rank) {
        static Candidate of(String meant, String name) {
            LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
            int whole = distance.apply(meant, plain(name));
            int last = distance.apply(lastPart(meant), lastPart(plain(name)));
            return new Candidate(name, Math.min(whole, last), Math.min(2 * whole, 2 * last + WRONG_SECTION));
        }
    }

    /** " Did you mean …?", or nothing. */
    static String question(String name, List<String> names) {
        List<String> near = of(name, names);
        return near.isEmpty() ? "" : " Did you mean " + String.join(" or ", near) + "?";
    }

    /** The nearest names, three at most, of those that differ by a few letters, in spelling, or in their section alone. */
    private static List<String> of(String name, List<String> names) {
        String meant = plain(name);
        int most = Math.max(1, lastPart(meant).length() / 3);
        List<Candidate> candidates = names.stream()
                .map(other -> Candidate.of(meant, other))
                .filter(candidate -> candidate.letters() <= most)
                .toList();
        int nearest = candidates.stream().mapToInt(Candidate::rank).min().orElse(0);
        return candidates.stream()
                .filter(candidate -> candidate.rank() == nearest)
                .limit(MOST)
                .map(Candidate::name)
                .toList();
    }

    /** So that spelling with hyphens, underscores or capitals makes no difference. */
    private static String plain(String name) {
        return name.replaceAll("[-_ ]", "").toLowerCase(Locale.ROOT);
    }

    private static String lastPart(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
