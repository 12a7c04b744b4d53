package org.soebm.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.soebm.api.solver.Decision;
import org.soebm.api.task.Table;
import org.soebm.runtime.data.CsvTables;
import org.soebm.runtime.inference.DecisionModel;
import org.soebm.runtime.preprocessing.DecisionCache;

/**
 * Damaged models and tables: either one line that says what is wrong, or the right decisions. What is right is told by the
 * whole model, for the numbers that another CSV parser reads.
 */
class CorruptedInputTest {
    private static final int TRIES = 200;
    private static final String FEATURES = "x0,x1\n0.25,-1\n1.5,0.75\n-0.5,2\n1e-1,3.25\n";

    private static Path folder;
    private static Path model;
    private static DecisionModel whole;

    @BeforeContainer
    static void train() throws IOException {
        folder = Files.createTempDirectory("corrupted");
        model = folder.resolve("model");
        System.setProperty(
                DecisionCache.FOLDER_PROPERTY, folder.resolve("cache").toString());
        CliRun run = CliRun.of("train", "newsvendor", "--out", model.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        whole = DecisionModel.load(model);
    }

    @AfterContainer
    static void remove() throws IOException {
        System.clearProperty(DecisionCache.FOLDER_PROPERTY);
        whole.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** One to three changes such as disks, editors, transfers and attackers make. */
    private static byte[] corrupted(byte[] content, Random random) {
        byte[] bytes = content;
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            int at = random.nextInt(bytes.length + 1);
            int end = Math.min(bytes.length, at + 1 + random.nextInt(20));
            byte[] head = Arrays.copyOf(bytes, at);
            byte[] tail = Arrays.copyOfRange(bytes, at, bytes.length);
            bytes = switch (random.nextInt(9)) {
                case 0 -> head; // cut off
                case 1 -> joined(head, Arrays.copyOfRange(bytes, end, bytes.length)); // a hole
                case 2 -> joined(head, Arrays.copyOfRange(bytes, at, end), tail); // a piece twice
                case 3 -> joined(head, hostile(random), tail);
                case 4 -> joined(head, hostile(random), Arrays.copyOfRange(bytes, end, bytes.length));
                case 5 -> joined(head, new byte[1 << 16], tail); // a block of zeros
                case 6 ->
                    new String(bytes, StandardCharsets.ISO_8859_1)
                            .replace("\n", "\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1);
                case 7 -> withAnotherDigit(bytes, at);
                default -> flipped(bytes, random);
            };
        }
        return bytes;
    }

    private static byte[] hostile(Random random) {
        List<String> pieces = List.of(
                "\"",
                "\n",
                "\r",
                ",",
                ";",
                "\u0000",
                "\uFEFF",
                "NaN",
                "Infinity",
                "-",
                "1e999",
                "0x1p3",
                "1d",
                "\t",
                "../../etc/passwd",
                "[[[[[[[[",
                "{\"a\":",
                "}",
                "null",
                "9999999999999999999999",
                "é",
                "=cmd()",
                " ");
        return pieces.get(random.nextInt(pieces.size()))
                .getBytes(random.nextInt(4) == 0 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8);
    }

    private static byte[] flipped(byte[] bytes, Random random) {
        byte[] flipped = bytes.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    /** The next digit from a place on counts one more: a number that looks as good as the right one. */
    private static byte[] withAnotherDigit(byte[] bytes, int from) {
        byte[] changed = bytes.clone();
        for (int i = from; i < changed.length; i++) {
            if (changed[i] >= '0' && changed[i] < '9') {
                changed[i]++;
                break;
            }
        }
        return changed;
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static CliRun decide(Path from, Path features, Path out) throws IOException {
        Files.deleteIfExists(out);
        CliRun run = assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> CliRun.of(
                        "decide",
                        "--model",
                        from.toString(),
                        "--features",
                        features.toString(),
                        "--out",
                        out.toString()));
        assertThat(run.err()).doesNotContain("\tat ", "Exception in thread");
        return run;
    }

    private static void requireRefused(CliRun run, Path out) {
        assertThat(run.exitCode()).isOne();
        assertThat(run.errorLine()).doesNotContain("with --verbose to see where");
        assertThat(out).doesNotExist();
    }

    @Property(tries = TRIES)
    void aDamagedModelIsRefusedOrDecidesAsTheWholeOne(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        Path damaged = Files.createDirectories(folder.resolve("damaged"));
        List<String> names = List.of("model.json", "parameters.bin");
        int victim = random.nextInt(names.size());
        for (int i = 0; i < names.size(); i++) {
            byte[] content = Files.readAllBytes(model.resolve(names.get(i)));
            Files.write(damaged.resolve(names.get(i)), i == victim ? corrupted(content, random) : content);
        }
        if (random.nextInt(20) == 0) {
            Files.delete(damaged.resolve(names.get(victim)));
        }
        Path features = Files.writeString(folder.resolve("x.csv"), FEATURES);
        Path out = folder.resolve("a.csv");
        CliRun run = decide(damaged, features, out);
        if (run.exitCode() == 0) {
            requireDecided(CsvTables.read(out), CsvTables.read(features));
        } else {
            requireRefused(run, out);
        }
    }

    @Property(tries = TRIES)
    void aDamagedTableIsRefusedOrTheNumbersInItAreDecided(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        byte[] content = corrupted(FEATURES.getBytes(StandardCharsets.UTF_8), random);
        Path features = Files.write(folder.resolve("x.csv"), content);
        Path out = folder.resolve("a.csv");
        CliRun run = decide(model, features, out);
        if (run.exitCode() == 0) {
            requireDecided(CsvTables.read(out), independentlyRead(content));
        } else {
            requireRefused(run, out);
        }
    }

    private static void requireDecided(Table decisions, Table features) {
        assertThat(decisions.rows()).isEqualTo(features.rows());
        Table right = Table.of(whole.description().features().names(), rows(features));
        List<Decision> expected = whole.decideAll(right);
        for (int row = 0; row < features.rows(); row++) {
            assertThat(decisions.row(row)).containsExactly(expected.get(row).values());
        }
    }

    private static double[][] rows(Table table) {
        double[][] rows = new double[table.rows()][];
        Arrays.setAll(rows, table::row);
        return rows;
    }

    /** Commons CSV's and the JDK's reading of it. */
    private static Table independentlyRead(byte[] content) throws CharacterCodingException, IOException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(content))
                .toString();
        String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
        List<double[]> rows = new ArrayList<>();
        List<String> columns = null;
        try (CSVParser parser = CSVFormat.RFC4180.parse(new StringReader(withoutMark))) {
            for (CSVRecord record : parser) {
                if (columns == null) {
                    columns = record.stream().map(String::strip).toList();
                } else if (record.size() > 1 || !record.get(0).isBlank()) {
                    rows.add(record.stream()
                            .map(String::strip)
                            .mapToDouble(Double::parseDouble)
                            .toArray());
                }
            }
        }
        assertThat(columns).as("a header").isNotNull();
        return Table.of(columns, rows.toArray(double[][]::new));
    }
}
