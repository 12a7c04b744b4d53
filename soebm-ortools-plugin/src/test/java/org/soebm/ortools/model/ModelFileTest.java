package org.soebm.ortools.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.ortools.library.NativeLibrary;

class ModelFileTest {
    private static final String MPS = """
            NAME T
            ROWS
             N COST
             L R1
             G R2
            COLUMNS
             X COST 1.0 R1 1.0
             X R2 1.0
             Y COST 2.0 R1 3.0
            RHS
             RHS R1 4.0 R2 1.0
            BOUNDS
             UP BND X 7
            ENDATA
            """;

    private static final String LP = "max: 3 x + 2 y;\nc1: x + y <= 4;\nx <= 3;\ny >= -2;\nint y;\n";

    @TempDir
    private Path folder;

    private void assertRefused(Function<Path, OrToolsModel> reader, byte[] content, String reason) throws IOException {
        Path file = Files.write(folder.resolve("some.model"), content);
        assertThatThrownBy(() -> reader.apply(file))
                .isInstanceOf(ModelImportException.class)
                .hasMessageContaining("some.model")
                .hasMessageContaining(reason)
                .message()
                .doesNotContain("\n");
    }

    private void assertRefused(Function<Path, OrToolsModel> reader, String content, String reason) throws IOException {
        assertRefused(reader, content.getBytes(StandardCharsets.UTF_8), reason);
    }

    @Test
    void filesAreReadAsTheyAreMeant() throws IOException {
        ConstraintSet mps = OrToolsModelTest.read(MPS.replace("\n", "\r\n"), OrToolsModel::readMps)
                .decisions(List.of("X", "Y"))
                .constraints();
        assertThat(mps.rows()).hasSize(2);
        assertThat(mps.upper(0)).isEqualTo(7);
        assertThat(mps.lower(1)).isZero();
        OrToolsModel lp = OrToolsModelTest.read("/* all\n of it */ " + LP + "// end", OrToolsModel::readLp);
        ConstraintSet set = lp.decisions(List.of("y", "x")).constraints();
        assertThat(lp.isMaximised()).isTrue();
        assertThat(set.isInteger(0)).isTrue();
        assertThat(set.lower(0)).isEqualTo(-2);
        assertThat(set.lower(1)).isEqualTo(Double.NEGATIVE_INFINITY); // as OR-Tools reads it
    }

    @Test
    void objectiveOnALineOfItsOwnIsNotTakenForCplex() {
        assertThatCode(() -> OrToolsModelTest.read(LP.replace("max: ", "max:\n "), OrToolsModel::readLp))
                .doesNotThrowAnyException();
    }

    @Test
    void missingEmptyAndForeignFilesAreNamed() throws IOException {
        assertThatThrownBy(() -> OrToolsModel.readMps(folder.resolve("none.mps")))
                .isInstanceOf(ModelImportException.class)
                .hasMessageContaining("none.mps does not exist");
        assertThatThrownBy(() -> OrToolsModel.readLp(folder)).hasMessageContaining("is a folder");
        assertRefused(OrToolsModel::readMps, "", "is empty");
        assertRefused(OrToolsModel::readLp, " \n", "is empty");
        assertRefused(OrToolsModel::readMps, new byte[] {(byte) 0xff, 0, 1}, "UTF-8");
        assertRefused(OrToolsModel::readLp, new byte[] {'m', 0, ';'}, "control characters");
        assertRefused(OrToolsModel::readMps, "hello\nENDATA\n", "cannot be read by OR-Tools as an MPS file");
        assertRefused(OrToolsModel::readLp, "min: 3 x1 >= 2 x2;", "syntax of lp_solve");
        assertRefused(OrToolsModel::readMps, "NAME T\nROWS\n N COST\nENDATA\n", "no variables");
    }

    @Test
    void filesThatAreCutOffAreRefusedWhereverTheyAre() throws IOException {
        for (int length = 1; length < MPS.strip().length(); length++) {
            assertRefused(OrToolsModel::readMps, MPS.substring(0, length), "");
        }
        for (int length = 1; length < LP.length() - 1; length++) {
            String cut = LP.substring(0, length);
            if (!cut.strip().endsWith(";")) {
                assertRefused(OrToolsModel::readLp, cut, "");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Minimize", "MAXIMIZE", "minimise"})
    void cplexLpIsRefusedWithTheReason(String sense) throws IOException {
        String cplex = sense + "\n obj: x + y\nSubject To\n c1: x + y >= 1\nBounds\n x <= 3\nEnd\n";
        assertRefused(OrToolsModel::readLp, cplex, "LP format of CPLEX");
        NativeLibrary.load();
        assertRefused(
                OrToolsModel::readLp,
                OrToolsModelTest.modelBuilder(RandomModel.of(5)).exportToLpString(false),
                "OR-Tools reads LP files in the syntax of lp_solve only");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                " L R1 | two rows named R1",
                " L R9 extra | which OR-Tools passes over",
            })
    void rowsAreNotDroppedWithoutAWord(String line, String reason) throws IOException {
        assertRefused(OrToolsModel::readMps, MPS.replace(" L R1\n", " L R1\n " + line + "\n"), reason);
    }

    @Test
    void lazyRowsAreRows() throws IOException {
        String lazy = MPS.replace("COLUMNS\n", "LAZYCONS\n L R3\nCOLUMNS\n").replace("RHS\n RHS", " Y R3 5\nRHS\n RHS");
        assertThat(OrToolsModelTest.read(lazy, OrToolsModel::readMps).linear().rows())
                .hasSize(3);
        assertRefused(OrToolsModel::readMps, lazy.replace("L R3", "L R1"), "two rows named R1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ENDATA | SOS@ S1 SOS X 1@ENDATA | line 14 begins the section SOS",
                "ENDATA | QUADOBJ@ X X 1@ENDATA | line 14 begins the section QUADOBJ",
                "ENDATA | SOMETHING@ENDATA | line 14 begins the section SOMETHING",
                "X 7 | X nan | line 13 has nan",
                "Y COST 2.0 | Y COST nan | line 9 has nan",
                "R1 4.0 | R1 nan | line 11 has nan",
                "UP BND | XX BND | line 13, \"XX BND X 7\"",
                "2.0 | 2,0 | line 9, \"Y COST 2,0 R1 3.0\"",
                "BOUNDS | RANGES@ RNG R7 2@BOUNDS | row R7 in line 13",
                "BOUNDS | RANGES@ RNG COST 2@BOUNDS | objective COST a range, in line 13",
                "BOUNDS | RANGES@ RNG R1@BOUNDS | row RNG in line 13",
                "RHS R1 4.0 | RHS R8 4.0 | row R8 in line 11",
                "Y COST 2.0 R1 | Y COST 2.0 R9 | row R9 in line 9",
            })
    void whatIsNotReadIsNamedWithItsLineInMps(String from, String to, String reason) throws IOException {
        String text = MPS.replace(from, to.replace('@', '\n'));
        assertThat(text).isNotEqualTo(MPS);
        assertRefused(OrToolsModel::readMps, text, reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int y; | sin z; | line 5 begins the section sin",
                "int y; | /* two @ lines */ sec x; | line 6 begins the section sec",
                "int y; | free x; | line 5 begins the section free",
                "int y; | sos2@SOS1: x:5,y:6; | line 5 begins the section sos2",
                "2 y; | 2 y + 3; | line 1 has a constant in the objective",
                "<= 4 | <= nan | line 2 has nan",
                "<= 4 | =< 4 | line 2, \"c1: x + y =< 4\"",
                "<= 4 | <= 4 + x | line 2, \"c1: x + y <= 4 + x\"",
                "max: | maximise: | line 1, \"maximise: 3 x + 2 y\"",
            })
    void whatIsNotReadIsNamedWithItsLineInLp(String from, String to, String reason) throws IOException {
        String text = LP.replace(from, to.replace('@', '\n'));
        assertThat(text).isNotEqualTo(LP);
        assertRefused(OrToolsModel::readLp, text, reason);
    }

    @Test
    void numberOnTheRightOfTheObjectiveIsItsNegatedConstant() throws IOException {
        assertThat(OrToolsModelTest.read(MPS.replace("BOUNDS", " RHS COST -5\nBOUNDS"), OrToolsModel::readMps)
                        .linear()
                        .offset())
                .isEqualTo(5);
    }

    @Test
    void boundsOf1e30AreNone() throws IOException {
        String text =
                MPS.replace("UP BND X 7", "UP BND X 1e30\n LO BND Y -1.5e30").replace("R1 4.0", "R1 1e31");
        ConstraintSet mps = OrToolsModelTest.read(text, OrToolsModel::readMps)
                .decisions(List.of("X", "Y"))
                .constraints();
        assertThat(mps.upper(0)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(mps.lower(1)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(mps.rows()).extracting("name").containsExactly("R2");
        ConstraintSet lp = OrToolsModelTest.read(
                        LP.replace("x <= 3", "x <= 1e30").replace(">= -2", ">= -1e30"), OrToolsModel::readLp)
                .decisions(List.of("x", "y"))
                .constraints();
        assertThat(lp.upper(0)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(lp.lower(1)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void indicatorsAndSemiContinuousVariablesAreRead() throws IOException {
        String text = MPS.replace("ENDATA", " SC BND Y 5\n BV BND Z\nINDICATORS\n IF R1 Z 1\nENDATA")
                .replace("RHS\n RHS R1", " Z COST 1\nRHS\n RHS R1");
        OrToolsModel model = OrToolsModelTest.read(text, OrToolsModel::readMps);
        assertThat(model.variableNames()).contains("X", "Y", "Z").hasSize(4);
        assertThat(model.linear().rows()).extracting("name").contains("ind_R1");
    }

    /** A reader in native code may end the process; a thousand damaged files must end in a model or in one line. */
    @Test
    void damagedFilesNeverEndTheProcess() throws IOException {
        Random random = new Random(1);
        String[] inserts = {
            "-1e400", "nan", "inf", "\nRANGES\n", "9".repeat(400), "x".repeat(2_000), ";", "<=", "\nROWS\n"
        };
        Path file = folder.resolve("damaged");
        int refused = 0;
        for (int i = 0; i < 1_000; i++) {
            boolean mps = random.nextBoolean();
            StringBuilder text = new StringBuilder(mps ? MPS : LP);
            for (int k = random.nextInt(3); k >= 0; k--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.insert(at, inserts[random.nextInt(inserts.length)]);
                    case 1 -> text.setCharAt(at, (char) (' ' + random.nextInt(95)));
                    default -> text.deleteCharAt(at);
                }
            }
            Files.writeString(file, text);
            try {
                OrToolsModel model = mps ? OrToolsModel.readMps(file) : OrToolsModel.readLp(file);
                assertThat(model.variableNames()).isNotEmpty();
            } catch (ModelImportException e) {
                refused++;
                assertThat(e.getMessage()).doesNotContain("\n");
            }
        }
        assertThat(refused).isBetween(300, 950);
    }
}
