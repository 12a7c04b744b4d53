package org.soebm.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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

    @Property
    void smallerTrainFractionsAreNestedAndLeaveTheOtherRowsAlone(
            @ForAll @IntRange(min = 3, max = 400) int rows,
            @ForAll @IntRange(min = 1, max = 100) int percent,
            @ForAll @IntRange(min = 1, max = 100) int otherPercent) {
        Split whole = Split.random(data(rows, rows - 1), 5);
        int n = whole.train().length;
        Split some = whole.withTrainFraction(percent / 100.0);
        Split more = whole.withTrainFraction(Math.max(percent, otherPercent) / 100.0);

        assertThat(some.train()).hasSize((n * percent + 99) / 100); // ⌈n · percent / 100⌉ in whole numbers
        assertThat(Arrays.copyOf(more.train(), some.train().length)).isEqualTo(some.train());
        assertThat(Arrays.copyOf(whole.train(), some.train().length)).isEqualTo(some.train());
        assertThat(some.validation()).isEqualTo(whole.validation());
        assertThat(some.test()).isEqualTo(whole.test());
    }

    @Test
    void allTrainingRowsAreAFractionOfOne() {
        Split whole = Split.random(data(100, 80), 3);
        assertThat(whole.withTrainFraction(1).train()).isEqualTo(whole.train());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.5, 1.01, Double.NaN})
    void whatIsNoFractionIsRefused(double fraction) {
        Split whole = Split.random(data(100, 80), 3);
        assertThatThrownBy(() -> whole.withTrainFraction(fraction))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The fraction of training rows is " + fraction + ", but must be above 0 and at most 1.");
    }
}
