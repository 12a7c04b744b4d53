package org.soebm.runtime.report.page;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The components of a record as facts for people: names in words, numbers short, long lists by their length. */
final class RecordFacts {
    private static final int LONGEST_LIST = 12;

    private RecordFacts() {}

    /** One fact a component. */
    static List<Fact> of(Record settings) {
        List<Fact> facts = new ArrayList<>();
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                facts.add(new Fact(
                        words(component.getName()), text(component.getAccessor().invoke(settings))));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("Cannot read " + component + " of " + settings + ".", e);
            }
        }
        return facts;
    }

    /** learningRate becomes "learning rate". */
    static String words(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    private static String text(@Nullable Object value) {
        if (value instanceof Double || value instanceof Float) {
            return Numbers.of(((Number) value).doubleValue());
        }
        if (value instanceof Integer || value instanceof Long) {
            long number = ((Number) value).longValue();
            return number == Integer.MAX_VALUE ? "unlimited" : Numbers.count(number);
        }
        if (value instanceof Boolean yes) {
            return yes ? "yes" : "no";
        }
        if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
        if (value instanceof Collection<?> list) {
            return list.size() > LONGEST_LIST
                    ? Numbers.count(list.size()) + " entries"
                    : String.join(", ", list.stream().map(RecordFacts::text).toList());
        }
        return String.valueOf(value);
    }
}
