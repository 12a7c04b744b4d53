package org.soebm.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What documents say outside of blocks, and what poms say twice. */
class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]*)(#[^)]*)?\\)");
    private static final Pattern MESSAGE = Pattern.compile("(?m)^### `(.+)`$");
    private static final Pattern VERSION = Pattern.compile("<version>(\\d[^<]*)</version>");

    static Stream<Path> documents() {
        return Documents.all().stream();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linksLeadToFilesAndHeadings(Path document) {
        Matcher link = LINK.matcher(Documents.read(document));
        while (link.find()) {
            Path target = link.group(1).isEmpty()
                    ? document
                    : document.resolveSibling(link.group(1)).normalize();
            assertThat(Documents.ROOT.resolve(target))
                    .as("%s: %s", document, link.group())
                    .exists();
            if (link.group(2) != null && target.toString().endsWith(".md")) {
                assertThat(anchors(target)).as("%s: %s", document, link.group()).contains(link.group(2));
            }
        }
    }

    private static List<String> anchors(Path document) {
        return Documents.read(document)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> "#"
                        + line.replaceAll("^#+ ", "")
                                .toLowerCase()
                                .replaceAll("[^\\w\\- ]", "")
                                .replace(' ', '-'))
                .toList();
    }

    /** Whatever stands between two … in a heading of troubleshooting stands in the code or in the launcher. */
    @Test
    void explainedMessagesAreThoseOfTheCode() throws IOException {
        String code;
        try (Stream<Path> files = Files.walk(Documents.ROOT)) {
            code = files.filter(file -> file.toString().matches(".*/src/main/java/.*\\.java"))
                            .map(Documents::read)
                            .map(text -> text.replaceAll("\"\\s*\\+\\s*\"", ""))
                            .collect(Collectors.joining())
                    + Documents.read(Path.of("soebm"));
        }
        Matcher heading = MESSAGE.matcher(Documents.read(Path.of("docs/troubleshooting.md")));
        int count = 0;
        while (heading.find()) {
            count++;
            for (String part : heading.group(1).split("…")) {
                assertThat(code.contains(part))
                        .as("'%s' of the heading %s", part, heading.group(1))
                        .isTrue();
            }
        }
        assertThat(count).isGreaterThan(20);
    }

    @Test
    void everyHyperParameterIsExplained() throws IOException, ReflectiveOperationException {
        List<URL> jars = new ArrayList<>();
        try (Stream<Path> files = Files.list(Distribution.LIBRARY)) {
            for (Path jar : files.toList()) {
                jars.add(jar.toUri().toURL());
            }
        }
        String explained = Documents.read(Path.of("docs/hyper-parameters.md"));
        try (URLClassLoader loader = new URLClassLoader(jars.toArray(URL[]::new))) {
            for (String name :
                    List.of("HyperParameters", "TrainingSchedule", "EnergySettings", "MultilayerPerceptronSpec")) {
                for (var component :
                        loader.loadClass("org.soebm.api.task." + name).getRecordComponents()) {
                    assertThat(explained).as(name).contains("`" + component.getName() + "`");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"examples/custom-task", "templates/task", "templates/solver"})
    void whatIsToBeCopiedHasNoParentAndTakesThisVersion(String folder) {
        String pom = Documents.read(Path.of(folder, "pom.xml"));
        assertThat(pom).doesNotContain("<parent>").contains("<soebm.version>" + version() + "</soebm.version>");
    }

    @Test
    void theBillOfMaterialsHasThisVersionAndEachPublishedModule() {
        String bill = Documents.read(Path.of("soebm-bom/pom.xml"));
        assertThat(bill).contains("<version>" + version() + "</version>").doesNotContain("<parent>");
        Matcher module = Pattern.compile("<module>(soebm-[^<]*)</module>").matcher(Documents.read(Path.of("pom.xml")));
        while (module.find()) {
            assertThat(bill).contains("<artifactId>" + module.group(1) + "</artifactId>");
        }
    }

    @Test
    void everyJarOfOursNamesItsModule() throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(Distribution.LIBRARY)) {
            for (Path jar : files.filter(file -> file.getFileName().toString().startsWith("soebm-"))
                    .toList()) {
                try (JarFile file = new JarFile(jar.toFile())) {
                    names.add(String.valueOf(
                            file.getManifest().getMainAttributes().getValue("Automatic-Module-Name")));
                }
            }
        }
        assertThat(names)
                .contains("org.soebm.api", "org.soebm.runtime", "org.soebm.ortools", "org.soebm.timefold")
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("org\\.soebm(\\.[a-z]+)+"));
    }

    /** Users who copy the task must not find it twice. */
    @Test
    void theDistributionLeavesTheCustomTaskOut() throws IOException {
        try (Stream<Path> files = Files.list(Distribution.LIBRARY)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("newsvendor") || name.startsWith("my-"));
        }
    }

    private static String version() {
        Matcher version = VERSION.matcher(Documents.read(Path.of("pom.xml")));
        assertThat(version.find()).isTrue();
        return version.group(1);
    }
}
