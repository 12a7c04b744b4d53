package org.soebm.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFolderTest {
    @TempDir
    Path folder;

    @Test
    void filesAppearWhenTheyArePublished() throws IOException {
        Path out = folder.resolve("x/y");
        try (ResultFolder results = ResultFolder.open(out)) {
            Files.writeString(results.staging().resolve("a"), "1");
            Files.writeString(results.staging().resolve("b"), "2");
            assertThat(out.resolve("a")).doesNotExist();
            results.publish(List.of("a", "b"));
        }
        assertThat(out.resolve("a")).hasContent("1");
        assertThat(out.toFile().list()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void whatIsNotPublishedLeavesNoTrace() throws IOException {
        Path out = Files.createDirectories(folder.resolve("old")).resolve("new/newer");
        try (ResultFolder results = ResultFolder.open(out)) {
            Files.writeString(results.staging().resolve("a"), "1");
        }
        assertThat(folder.resolve("old")).as("what was there stays").isEmptyDirectory();
    }

    @Test
    void aNewFolderWithSomebodyElsesFileStays() throws IOException {
        Path out = folder.resolve("x/y");
        try (ResultFolder results = ResultFolder.open(out)) {
            assertThat(results).isNotNull();
            Files.writeString(folder.resolve("x/mine"), "1");
        }
        assertThat(out).doesNotExist();
        assertThat(folder.resolve("x/mine")).exists();
    }

    @Test
    void nothingIsReplacedWhenOneFileCannotBe() throws IOException {
        Files.createDirectory(folder.resolve("b"));
        Files.writeString(folder.resolve("a"), "old");
        try (ResultFolder results = ResultFolder.open(folder)) {
            Files.writeString(results.staging().resolve("a"), "new");
            Files.writeString(results.staging().resolve("b"), "new");
            assertThatThrownBy(() -> results.publish(List.of("a", "b")))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("it is a folder");
        }
        assertThat(folder.resolve("a")).hasContent("old");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aFolderThatCannotBeMadeLeavesNoParents() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "content");
        assertThatThrownBy(() -> ResultFolder.open(file.resolve("x/y"))).isInstanceOf(UncheckedIOException.class);
        assertThat(folder.toFile().list()).containsExactly("file");
    }
}
