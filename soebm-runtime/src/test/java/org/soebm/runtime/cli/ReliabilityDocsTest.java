package org.soebm.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/reliability.md} names a test that is there for each fault, and messages that are in the code. */
class ReliabilityDocsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern METHOD = Pattern.compile("\\n    (?:public )?void (\\w+)\\(");
    private static final Pattern MAKES_A_TEST = Pattern.compile("@(Test|Property|ParameterizedTest)\\b");

    private record Fault(String what, String message, String behaviour, String test) {}

    private static List<Fault> faults() throws IOException {
        List<Fault> faults = new ArrayList<>();
        for (String line : Files.readAllLines(ROOT.resolve("docs/reliability.md"))) {
            if (line.startsWith("|") && !line.startsWith("|---") && !line.startsWith("| fault ")) {
                String[] cells = line.substring(1, line.lastIndexOf('|')).split("\\|", -1);
                assertThat(cells).as(line).hasSize(4);
                List<String> stripped = Arrays.stream(cells).map(String::strip).toList();
                faults.add(new Fault(stripped.get(0), stripped.get(1), stripped.get(2), stripped.get(3)));
            }
        }
        assertThat(faults).hasSizeGreaterThan(30);
        return faults;
    }

    private static List<Path> sources(String tree) throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.find(
                ROOT, 2, (path, attributes) -> attributes.isDirectory() && Files.exists(path.resolve("pom.xml")))) {
            for (Path module : modules.toList()) {
                Path java = module.resolve(tree);
                if (Files.isDirectory(java)) {
                    try (Stream<Path> files = Files.walk(java)) {
                        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                    }
                }
            }
        }
        return sources;
    }

    @Test
    void everyFaultIsTriedByATestThatIsThere() throws IOException {
        Map<String, List<String>> methods = new HashMap<>();
        for (Path source : sources("src/test/java")) {
            List<String> names = new ArrayList<>();
            String text = Files.readString(source);
            Matcher matcher = METHOD.matcher(text);
            while (matcher.find()) {
                String annotations = text.substring(text.lastIndexOf("\n\n", matcher.start()) + 1, matcher.start());
                if (MAKES_A_TEST.matcher(annotations).find()) {
                    names.add(matcher.group(1));
                }
            }
            String name = source.getFileName().toString().replace(".java", "");
            methods.computeIfAbsent(name, any -> new ArrayList<>()).addAll(names); // modules may share it
        }
        for (Fault fault : faults()) {
            Matcher tests = TEST.matcher(fault.test);
            int count = 0;
            while (tests.find()) {
                assertThat(methods.getOrDefault(tests.group(1), List.of()))
                        .as("%s is to be tried by %s", fault.what, tests.group())
                        .contains(tests.group(2));
                count++;
            }
            assertThat(count).as("tests of: " + fault.what).isPositive();
        }
    }

    /** What the code has between the parts that are different each time, for which the table has an ellipsis. */
    @Test
    void theMessagesAreThoseOfTheCode() throws IOException {
        StringBuilder code = new StringBuilder();
        for (Path source : sources("src/main/java")) {
            code.append(Files.readString(source).replaceAll("\"\\s*\\+\\s*\"", ""));
        }
        for (Fault fault : faults()) {
            assertThat(fault.behaviour).as("behaviour at: " + fault.what).isNotEmpty();
            Matcher messages = CODE.matcher(fault.message);
            while (messages.find()) {
                for (String part : messages.group(1).split("…")) {
                    assertThat(code.indexOf(part.strip()))
                            .as("\"%s\", in the message at: %s", part, fault.what)
                            .isNotNegative();
                }
            }
        }
    }
}
