package org.soebm.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.xml.sax.InputSource;

/**
 * Every block of code of the documents, in their order: commands are run, {@link Shortening shortened}, on the built
 * distribution; Java must be the text of a source file, which the build compiles and tests; the rest must be what it says
 * it is. What is not run is skipped with its reason; of a command that was run with other numbers or into another folder,
 * only the options are read.
 */
class BlocksTest {
    /** Tasks too slow for a test, whose commands .ci/run runs instead; here, only their options are checked. */
    private static final Set<String> SLOW_TASKS = Set.of(
            "unit-commitment",
            "fuel-prices",
            "shift-staffing",
            "shift-assignment",
            "network-security",
            "covid-beds",
            "shortest-path",
            "knapsack",
            "travelling-salesman",
            "allocation");

    private static final List<ShellLine> CI = ShellLine.of(Documents.read(Path.of(".ci/run")));

    /** The {@link ShellLine#shape()} of what was run: the same with other numbers is not run again. */
    private static final Set<String> RUN = new HashSet<>();

    private static Distribution distribution;
    private static String sources;

    @BeforeAll
    static void prepare() throws IOException, ReflectiveOperationException {
        WorkingFolder.prepare();
        distribution = Distribution.open();
        try (Stream<Path> files = Files.walk(Documents.ROOT)) {
            sources = files.filter(file -> file.toString().endsWith(".java")
                            && !file.toString().contains("/target/")
                            && !file.toString().contains("/documentation/target"))
                    .map(Documents::read)
                    .map(BlocksTest::essence)
                    .collect(Collectors.joining("\n"));
        }
    }

    @TestFactory
    Stream<DynamicTest> blocks() {
        return Documents.all().stream()
                .flatMap(document -> Documents.blocks(document).stream())
                .map(block -> dynamicTest(block.where(), () -> test(block)));
    }

    /** So that nobody finds out by chance. */
    @Test
    void blocksThatAreNotRunAreFew() {
        List<Block> notRun = Documents.all().stream()
                .flatMap(document -> Documents.blocks(document).stream())
                .filter(block -> block.notRun() != null)
                .toList();
        notRun.forEach(block -> System.out.println("Not run: " + block.where() + ", " + block.notRun()));
        assertThat(notRun).hasSizeLessThanOrEqualTo(8);
    }

    private static void test(Block block) throws Exception {
        Block.Kind kind = block.kind();
        assumeTrue(block.notRun() == null, () -> "not run: " + block.notRun());
        switch (kind) {
            case SHELL -> run(block);
            case JAVA -> assertIsSource(block);
            case XML ->
                assertThatCode(() -> DocumentBuilderFactory.newDefaultInstance()
                                .newDocumentBuilder()
                                .parse(new InputSource(new StringReader("<block>" + block.text() + "</block>"))))
                        .as(block.where())
                        .doesNotThrowAnyException();
            case JSON ->
                assertThat(JsonParser.parseString(block.text()).isJsonNull())
                        .as(block.where())
                        .isFalse();
            case FILE -> {
                String file = String.valueOf(block.file());
                WorkingFolder.write(file, block.text());
                assertThat(Documents.read(block.document()))
                        .as("%s: a command that takes %s", block.where(), file)
                        .matches("(?s).*\\./soebm [^\n]*\\Q" + file + "\\E.*");
            }
            case TEXT ->
                assertThat(block.text().lines())
                        .as("%s: commands belong into a block of sh", block.where())
                        .noneMatch(line -> line.strip().matches("(\\./soebm|mvn) .*"));
        }
    }

    /** Each paragraph stands in a source file, comments and spaces aside. */
    private static void assertIsSource(Block block) {
        for (String paragraph : block.text().split("\n\\s*\n")) {
            assertThat(sources.contains(essence(paragraph)))
                    .as("%s: no source file has\n%s", block.where(), paragraph)
                    .isTrue();
        }
    }

    private static String essence(String java) {
        return java.replaceAll("(?m)//.*$", "").replaceAll("\\s+", "");
    }

    private static void run(Block block) throws Exception {
        List<ShellLine> lines = ShellLine.of(block.text());
        List<String> skipped = new ArrayList<>();
        for (ShellLine line : lines) {
            String place = block.where() + ": " + line.text();
            if (line.command().equals("mvn")) {
                assertThat(CI)
                        .as("%s: is run by .ci/run", place)
                        .anyMatch(ci -> ci.text().equals(line.text()));
            } else if (line.text().contains("pjm") && !WorkingFolder.hasLoadData()) {
                assertTakesOptions(line, place);
                skipped.add(line.text() + " needs the published load data");
            } else if (line.isSoebmAlone() && SLOW_TASKS.contains(line.task())) {
                assertTakesOptions(line, place);
                assertThat(CI)
                        .as("%s: the task is run, shortened, by .ci/run", place)
                        .anyMatch(ci -> ci.isSoebmAlone() && ci.task().equals(line.task()));
                System.out.println("Only its options are tried: " + place);
            } else if (line.isSoebmAlone() && !RUN.add(line.shape())) {
                assertTakesOptions(line, place);
            } else {
                Distribution.Run run = line.isSoebmAlone()
                        ? distribution.run(Shortening.of(line.arguments()), line.javaOptions())
                        : WorkingFolder.shell(line.text());
                assertThat(run.exitCode()).as("%s\n%s", place, run.output()).isZero();
            }
        }
        assumeFalse(!skipped.isEmpty() && skipped.size() == lines.size(), () -> "not run: " + skipped);
    }

    /** With --help, options are read and nothing is done. */
    private static void assertTakesOptions(ShellLine line, String place) throws ReflectiveOperationException {
        List<String> arguments = new ArrayList<>(line.arguments());
        arguments.add("--help");
        Distribution.Run run = distribution.run(arguments, "");
        assertThat(run.exitCode()).as("%s\n%s", place, run.output()).isZero();
    }
}
