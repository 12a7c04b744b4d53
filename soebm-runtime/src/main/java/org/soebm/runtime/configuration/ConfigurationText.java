package org.soebm.runtime.configuration;

import java.util.List;
import java.util.Map;
import org.apache.commons.text.WordUtils;
import org.jspecify.annotations.Nullable;
import org.soebm.api.task.HyperParameters;

/** A configuration as a YAML file for people: every key with what it means and what it may be. */
public final class ConfigurationText {
    private static final int WIDTH = 100;

    private final StringBuilder text = new StringBuilder();

    private ConfigurationText() {}

    /**
     * The text of a file.
     *
     * @param heading lines to begin with, as comments
     * @param run values of {@link RunKeys}; those that are not there stand in the file as comments
     * @param hyperParameters all of which stand in the file
     */
    public static String of(List<String> heading, Map<Key<?>, String> run, HyperParameters hyperParameters) {
        ConfigurationText file = new ConfigurationText();
        heading.forEach(line -> file.text.append("# ").append(line).append('\n'));
        RunKeys.ALL.forEach(key -> file.entry(key, run.get(key)));
        String section = "";
        for (HyperParameterKey<?> key : HyperParameterKeys.ALL) {
            if (!key.key().section().equals(section)) {
                section = key.key().section();
                file.text.append(section.isEmpty() ? "" : "\n" + section + ":\n");
            }
            file.entry(key.key(), key.text(hyperParameters));
        }
        return file.text.toString();
    }

    private void entry(Key<?> key, @Nullable String value) {
        String indent = key.section().isEmpty() ? "" : "  ";
        if (indent.isEmpty()) {
            text.append('\n');
        }
        String unset = value == null ? " Default: " + key.usual() + "." : "";
        comment(indent, key.description() + "; " + key.type().allowed() + "." + unset);
        text.append(indent)
                .append(value == null ? "#" : "")
                .append(key.nameInSection())
                .append(':')
                .append(value == null ? "" : " " + value)
                .append('\n');
    }

    private void comment(String indent, String comment) {
        WordUtils.wrap(comment, WIDTH - indent.length())
                .lines()
                .forEach(line -> text.append(indent).append("# ").append(line).append('\n'));
    }
}
