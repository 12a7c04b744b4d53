package org.soebm.runtime.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.soebm.api.task.DataException;
import org.soebm.api.task.HyperParameters;
import org.soebm.runtime.data.AtomicFiles;

/**
 * What a file says of a run: values of {@link RunKeys} and {@link HyperParameterKeys}, each within its range. YAML with a
 * section each for {@code likelihood}, {@code energy}, {@code policy} and {@code settings}, or properties with the full
 * names of the keys; in UTF-8.
 */
public final class Configuration {
    /** Says nothing. */
    public static final Configuration EMPTY = new Configuration("", Map.of());

    private static final int MOST_BYTES = 1 << 16;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** A value and where it stands; null where its key needs none. */
    private record Value(Object value, String where) {}

    private final String file;
    private final Map<Key<?>, Value> values;

    private Configuration(String file, Map<Key<?>, Value> values) {
        this.file = file;
        this.values = values;
    }

    /**
     * Reads a file; its name tells whether it is YAML or properties.
     *
     * @throws DataException when it cannot be read, is larger than 64 KiB or is no text
     * @throws ConfigurationException when it is malformed, has an unknown key, a key twice, or a value out of range
     */
    public static Configuration read(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        boolean isProperties = name.endsWith(".properties");
        if (!isProperties && !name.endsWith(".yaml") && !name.endsWith(".yml")) {
            throw new ConfigurationException("The configuration " + file
                    + " must be named .yaml, .yml or .properties, by which its form is told.");
        }
        String text = text(file);
        Configuration configuration = new Configuration(file.toString(), new HashMap<>());
        List<Entry> entries =
                isProperties ? PropertiesEntries.read(file.toString(), text) : YamlEntries.read(file.toString(), text);
        entries.forEach(configuration::add);
        return configuration;
    }

    private static String text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new DataException("The configuration " + file + " is larger than " + MOST_BYTES / 1024
                        + " KiB. Maybe this is another file?");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new DataException(
                    "The configuration " + file + " is no text in UTF-8. Maybe this is another file?", e);
        } catch (IOException e) {
            throw new DataException(
                    "Cannot read the configuration " + file + ": " + AtomicFiles.reason(e)
                            + ". Maybe the path is misspelt?",
                    e);
        }
    }

    private void add(Entry entry) {
        String where = entry.line() > 0 ? file + ", line " + entry.line() : file;
        Key<?> key = all().filter(other -> other.name().equals(entry.name()))
                .findFirst()
                .orElse(null);
        if (key == null) {
            if (entry.value().isEmpty()
                    && all().anyMatch(other -> other.section().equals(entry.name()))) {
                return; // a section whose keys are all left out
            }
            throw new ConfigurationException(where + ": there is no key " + entry.name() + "."
                    + NearMisses.question(entry.name(), all().map(Key::name).toList()));
        }
        if (values.containsKey(key)) {
            throw new ConfigurationException(
                    where + ": " + key.name() + " stands there for the second time. Remove one of them.");
        }
        values.put(key, new Value(value(key, entry, where), where));
    }

    private static Object value(Key<?> key, Entry entry, String where) {
        if (entry.value().isEmpty()) {
            throw new ConfigurationException(where + ": " + key.name() + " has no value, but must be "
                    + key.type().allowed() + ". Remove the line for the default.");
        }
        Object value =
                entry.isList() && !key.type().isList() ? null : key.type().parse(entry.value());
        if (value == null) {
            throw new ConfigurationException(where + ": " + key.name() + " is "
                    + (entry.isList() ? "[" + entry.value() + "]" : entry.value()) + ", but must be "
                    + key.type().allowed() + "."
                    + (key.type() instanceof ValueType.OneOf choice
                            ? NearMisses.question(entry.value(), choice.words())
                            : ""));
        }
        return value;
    }

    /** All keys that a file may have. */
    public static Stream<Key<?>> all() {
        return Stream.concat(
                RunKeys.ALL.stream(), HyperParameterKeys.ALL.stream().map(HyperParameterKey::key));
    }

    /** The value of a key, or null where the file says nothing of it. */
    @SuppressWarnings("unchecked") // values come from the parser of their key's type
    public <T> @Nullable T get(Key<T> key) {
        Value value = values.get(key);
        return value == null ? null : (T) value.value();
    }

    /** File and line of a key that it has. */
    public String where(Key<?> key) {
        Value value = values.get(key);
        return value == null ? file : value.where();
    }

    /** Hyper-parameters with the changes that the file asks for. */
    public HyperParameters applyTo(HyperParameters defaults) {
        HyperParameters changed = defaults;
        for (HyperParameterKey<?> key : HyperParameterKeys.ALL) {
            changed = key.applyTo(changed, this);
        }
        return changed;
    }
}
