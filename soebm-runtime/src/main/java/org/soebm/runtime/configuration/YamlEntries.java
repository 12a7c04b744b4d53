package org.soebm.runtime.configuration;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The entries of a YAML file, from the parser's events: no objects are built, and anchors, aliases, tags and deep nesting
 * are refused, of which a configuration has no use.
 */
final class YamlEntries {
    private static final int DEPTH = 2;

    private final String file;
    private final Iterator<Event> events;
    private final List<Entry> entries = new ArrayList<>();

    private YamlEntries(String file, Iterator<Event> events) {
        this.file = file;
        this.events = events;
    }

    /**
     * Reads them.
     *
     * @param file to name in messages
     * @throws ConfigurationException when the text is no YAML, or more than sections of keys with values
     */
    static List<Entry> read(String file, String text) {
        try {
            LoadSettings settings = LoadSettings.builder().setLabel(file).build();
            YamlEntries reading =
                    new YamlEntries(file, new Parse(settings).parseString(text).iterator());
            reading.document();
            return reading.entries;
        } catch (MarkedYamlEngineException e) {
            throw new ConfigurationException(file
                    + e.getProblemMark()
                            .map(mark -> ", line " + (mark.getLine() + 1))
                            .orElse("")
                    + ": this is no valid YAML: " + e.getProblem() + ".");
        } catch (YamlEngineException e) {
            throw new ConfigurationException(file + ": this is no valid YAML: " + e.getMessage() + ".");
        }
    }

    private void document() {
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case MappingStart -> {
                    checked(event);
                    mapping("", DEPTH);
                }
                case Scalar -> {
                    if (!isNothing((ScalarEvent) event)) {
                        throw notAMapping(event);
                    }
                }
                case SequenceStart, Alias -> throw notAMapping(event);
                default -> {} // starts and ends
            }
        }
    }

    private ConfigurationException notAMapping(Event event) {
        return failure(event, "here must be lines of the form 'key: value'.");
    }

    private void mapping(String section, int depth) {
        for (Event key = checked(events.next());
                key.getEventId() != Event.ID.MappingEnd;
                key = checked(events.next())) {
            if (!(key instanceof ScalarEvent name)) {
                throw failure(key, "a key must be a word.");
            }
            value(section + name.getValue(), line(key), checked(events.next()), depth);
        }
    }

    private void value(String name, int line, Event value, int depth) {
        switch (value.getEventId()) {
            case Scalar ->
                entries.add(new Entry(
                        name, isNothing((ScalarEvent) value) ? "" : ((ScalarEvent) value).getValue(), false, line));
            case SequenceStart -> entries.add(new Entry(name, sequence(name), true, line));
            default -> { // a mapping: others do not begin a value
                if (depth == 1) {
                    throw failure(value, name + " has keys of its own, but there are no sections within sections.");
                }
                mapping(name + ".", depth - 1);
            }
        }
    }

    private String sequence(String name) {
        List<String> values = new ArrayList<>();
        for (Event value = checked(events.next());
                value.getEventId() != Event.ID.SequenceEnd;
                value = checked(events.next())) {
            if (!(value instanceof ScalarEvent scalar)) {
                throw failure(value, "a value of the list " + name + " must be a number or a word.");
            }
            values.add(scalar.getValue());
        }
        return String.join(",", values);
    }

    private Event checked(Event event) {
        if (event instanceof AliasEvent
                || (event instanceof NodeEvent node && node.getAnchor().isPresent())) {
            throw failure(event, "anchors and aliases (& and *) are not taken here. Write the value out.");
        }
        if ((event instanceof ScalarEvent scalar && scalar.getTag().isPresent())
                || (event instanceof CollectionStartEvent start
                        && start.getTag().isPresent())) {
            throw failure(event, "tags (after !) are not taken here. Leave it away.");
        }
        return event;
    }

    private static boolean isNothing(ScalarEvent scalar) {
        String value = scalar.getValue();
        return scalar.isPlain() && (value.isEmpty() || value.equals("~") || value.equals("null"));
    }

    private ConfigurationException failure(Event at, String problem) {
        return new ConfigurationException(file + ", line " + line(at) + ": " + problem);
    }

    private static int line(Event event) {
        return event.getStartMark().map(Mark::getLine).orElse(-1) + 1;
    }
}
