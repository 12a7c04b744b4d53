package org.soebm.runtime.configuration;

import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/** Text values as they stand in YAML. */
final class YamlText {
    private static final DumpSettings PLAIN =
            DumpSettings.builder().setSplitLines(false).build();
    private static final DumpSettings QUOTED = DumpSettings.builder()
            .setSplitLines(false)
            .setDefaultScalarStyle(ScalarStyle.DOUBLE_QUOTED)
            .build();

    private YamlText() {}

    /** One line that reads as the text, without quotes where they are not needed. */
    static String quoted(String text) {
        boolean isOneLine = text.lines().count() == 1 && text.equals(text.strip()) && !text.equals("~");
        return new Dump(isOneLine ? PLAIN : QUOTED).dumpToString(text).strip();
    }
}
