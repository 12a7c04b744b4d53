package org.soebm.benchmarks;

import java.util.Locale;

/** Large numbers for people: three digits and a word for the rest. */
final class Amount {
    private static final String[] WORDS = {"", " thousand", " million", " billion", " trillion"};

    private Amount() {}

    static String of(double value) {
        int word = 0;
        double rest = value;
        while (rest >= 1000 && word < WORDS.length - 1) {
            rest /= 1000;
            word++;
        }
        String pattern = rest >= 100 ? "%.0f" : rest >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, pattern, rest) + WORDS[word];
    }
}
