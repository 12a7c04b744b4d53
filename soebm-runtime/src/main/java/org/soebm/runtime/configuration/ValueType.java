package org.soebm.runtime.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What values a key takes.
 *
 * @param <T> what they are in the program
 */
public sealed interface ValueType<T> {
    /** The value of a text as it stands in a file, or null where the type does not take it. */
    @Nullable
    T parse(String text);

    /** What is allowed, to go after "must be", e.g. "a whole number, at least 2". */
    String allowed();

    /** A value as it stands in a file. */
    String text(T value);

    /** Whether several values, separated by commas, make one. */
    default boolean isList() {
        return false;
    }

    /** A whole number from one to another, both included. */
    record WholeNumber(long least, long most) implements ValueType<Long> {
        /** From a number to the largest int. */
        static WholeNumber from(int least) {
            return new WholeNumber(least, Integer.MAX_VALUE);
        }

        @Override
        public @Nullable Long parse(String text) {
            try {
                long value = Long.parseLong(text);
                return value >= least && value <= most ? value : null;
            } catch (NumberFormatException e) {
                return null;
            }
        }

        @Override
        public String allowed() {
            return "a whole number"
                    + (least > Long.MIN_VALUE ? ", at least " + least : "")
                    + (most == Integer.MAX_VALUE || most == Long.MAX_VALUE ? "" : ", at most " + most);
        }

        @Override
        public String text(Long value) {
            return value.toString();
        }
    }

    /** A number in a range. */
    record RealNumber(Range range) implements ValueType<Double> {
        @Override
        public @Nullable Double parse(String text) {
            double value = Numbers.parse(text);
            return range.contains(value) ? value : null;
        }

        @Override
        public String allowed() {
            return "a number, " + range.text();
        }

        @Override
        public String text(Double value) {
            return Numbers.text(value);
        }
    }

    /** One or several numbers, each in a range. */
    record RealNumbers(Range range) implements ValueType<List<Double>> {
        private static final int MOST = 100;

        @Override
        public @Nullable List<Double> parse(String text) {
            List<Double> values = new ArrayList<>();
            for (String part : text.split(",", -1)) {
                double value = Numbers.parse(part.strip());
                if (!range.contains(value) || values.size() == MOST) {
                    return null;
                }
                values.add(value);
            }
            return List.copyOf(values);
        }

        @Override
        public String allowed() {
            return "a list of 1 to " + MOST + " numbers, each " + range.text();
        }

        @Override
        public String text(List<Double> value) {
            return value.stream().map(Numbers::text).collect(Collectors.joining(", ", "[", "]"));
        }

        @Override
        public boolean isList() {
            return true;
        }
    }

    /** One of a few words. */
    record OneOf(List<String> words) implements ValueType<String> {
        /** Copies the words. */
        public OneOf {
            words = List.copyOf(words);
        }

        @Override
        public @Nullable String parse(String text) {
            return words.contains(text) ? text : null;
        }

        @Override
        public String allowed() {
            return "one of " + String.join(", ", words);
        }

        @Override
        public String text(String value) {
            return value;
        }
    }

    /** Yes or no. */
    record Flag() implements ValueType<Boolean> {
        @Override
        public @Nullable Boolean parse(String text) {
            return text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null;
        }

        @Override
        public String allowed() {
            return "true or false";
        }

        @Override
        public String text(Boolean value) {
            return value.toString();
        }
    }

    /**
     * Any text.
     *
     * @param what it says, e.g. "the name of a task"
     */
    record Text(String what) implements ValueType<String> {
        @Override
        public String parse(String text) {
            return text;
        }

        @Override
        public String allowed() {
            return what;
        }

        @Override
        public String text(String value) {
            return YamlText.quoted(value);
        }
    }
}
