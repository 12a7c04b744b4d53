package org.soebm.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.soebm.api.task.DataException;
import org.soebm.api.task.Table;
import org.soebm.api.task.TaskData;

class SplitTest {
    @TempDir
    Path folder;

    private static TaskData data(int rows, int testStart) {
        Table table = Table.of(List.of("v"), new double[rows][1]);
        return new TaskData(table, table, testStart, "zeros");
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("split.csv"), content);
    }

    @Test
    void fourOfFiveRowsBeforeTheTestRowsTrain() {
        Split split = Split.random(data(3192, 2553), 7);
        assertThat(split.train()).hasSize(2042);
        assertThat(split.validation()).hasSize(511);
        assertThat(split.test()).isEqualTo(IntStream.range(2553, 3192).toArray());
        assertThat(IntStream.concat(IntStream.of(split.train()), IntStream.of(split.validation()))
                        .sorted())
                .containsExactlyElementsOf(IntStream.range(0, 2553).boxed().toList());
    }

    @Test
    void theSeedFixesTheSplit() {
        assertThat(Split.random(data(100, 80), 3).train())
                .isEqualTo(Split.random(data(100, 80), 3).train())
                .isNotEqualTo(Split.random(data(100, 80), 4).train());
    }

    @Test
    void twoRowsStillTrainAndValidate() {
        Split split = Split.random(data(3, 2), 0);
        assertThat(split.train()).hasSize(1);
        assertThat(split.validation()).hasSize(1);
        assertThat(split.test()).containsExactly(2);
    }

    @Test
    void aFileFixesTheOrderAndTheTestRows() throws IOException {
        String rows = IntStream.of(4, 0, 3, 1, 2).mapToObj(String::valueOf).collect(Collectors.joining("\n"));
        Split split = Split.fromFile(file("index\n" + rows + "\n"), data(8, 6));
        assertThat(split.train()).containsExactly(4, 0, 3, 1);
        assertThat(split.validation()).containsExactly(2);
        assertThat(split.test()).containsExactly(5, 6, 7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'index\n0\n2\n'|line 3, column index is 2.0, but must be a whole number from 0 to 1",
                "'index\n0\n-1\n'|line 3, column index is -1.0",
                "'index\n0.5\n1\n'|line 2, column index is 0.5",
                "'index\n1\n1\n'|line 3, column index is 1 again, after line 2",
                "'row\n0\n1\n'|is named row, but must be named index",
                "'index,x\n0,1\n'|has 2 columns, but a split has only the column index",
                "'index\n0\n'|has 1 rows",
                "'index\n0\n1\n2\n3\n'|has 4 rows, but the data has 4"
            })
    void whatIsNoPermutationIsRefused(String content, String problem) throws IOException {
        Path file = file(content);
        assertThatThrownBy(() -> Split.fromFile(file, data(4, 3)))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll(file.toString(), problem);
    }
}
