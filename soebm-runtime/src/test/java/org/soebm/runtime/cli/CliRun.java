package org.soebm.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** What a command printed and how it ended. */
public record CliRun(int exitCode, String out, String err) {
    public static CliRun of(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.run(new PrintWriter(out), new PrintWriter(err), args);
        return new CliRun(exitCode, out.toString(), err.toString());
    }

    /** The one line that names the failure, after lines of progress. */
    String errorLine() {
        List<String> lines =
                err.lines().filter(line -> line.startsWith("soebm: ")).toList();
        assertThat(lines).as(err).hasSize(1);
        assertThat(err.lines().toList()).as("nothing follows it").endsWith(lines.get(0));
        return lines.get(0);
    }
}
