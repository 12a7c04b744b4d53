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
    @ValueSource(strings = {"SOS\n S1 SOS1 X 1\n", "QUADOBJ\n X X 1\n", "SOMETHING\n"})
    void sectionsThatOrToolsDoesNotKnowAreRefused(String section) throws IOException {
        assertRefused(OrToolsModel::readMps, MPS.replace("ENDATA", section + "ENDATA"), "cannot be read");
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
