package org.soebm.runtime.configuration;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** The entries of a properties file, in UTF-8; which line they are on is not known. */
final class PropertiesEntries {
    private PropertiesEntries() {}

    /** Hears of every entry in the order of the file, the same key twice included. */
    private static final class Listed extends Properties {
        private static final long serialVersionUID = 1L;

        private final transient List<Entry> entries = new ArrayList<>();

        @Override
        public synchronized Object put(Object name, Object value) {
            entries.add(new Entry(name.toString(), value.toString().strip(), false, 0));
            return value;
        }
    }

    /**
     * Reads them.
     *
     * @param file to name in messages
     * @throws ConfigurationException when an escape is malformed
     */
    static List<Entry> read(String file, String text) {
        Listed properties = new Listed();
        try {
            properties.load(new StringReader(text));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    file + ": this is no valid properties file: " + e.getMessage() + " Write \\\\ for a backslash.");
        } catch (IOException e) { // of a string
            throw new UncheckedIOException(e);
        }
        return properties.entries;
    }
}
