package org.soebm.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
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
    void aFullDiskLeavesTheOldResults() throws IOException {
        try (FileSystem disk = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setBlockSize(1024)
                .setMaxSize(64 * 1024)
                .build())) {
            Path out = Files.createDirectory(disk.getPath("/work/out"));
            Files.writeString(out.resolve("a"), "old");
            try (ResultFolder results = ResultFolder.open(out)) {
                AtomicFiles.writeText(results.staging().resolve("a"), "new");
                Path large = results.staging().resolve("b");
                assertThatThrownBy(() -> AtomicFiles.write(large, stream -> stream.write(new byte[100_000])))
                        .hasMessage("Cannot write " + large + ": out of disk space.");
            }
            assertThat(out.resolve("a")).hasContent("old");
            try (Stream<Path> files = Files.list(out)) {
                assertThat(files).containsExactly(out.resolve("a"));
            }
        }
    }

    @Test
    void aLockThatLinksOutOfTheFolderIsNotMade() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path out = Files.createDirectory(folder.resolve("out"));
        Files.createSymbolicLink(out.resolve("runs"), elsewhere);
        assertThatThrownBy(() -> ResultFolder.openAlone(out, out.resolve("runs/.lock")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(out.resolve("runs") + " is a link that leads out of the folder " + out);
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void aFolderIsForOneProcessAndWhatKilledOnesLeftGoes() throws IOException {
        Path out = folder.resolve("x/y");
        Path lockFile = out.resolve("runs/.lock");
        try (ResultFolder first = ResultFolder.openAlone(out, lockFile)) {
            Path staging = first.staging();
            assertThatThrownBy(() -> ResultFolder.openAlone(out, lockFile))
                    .isInstanceOf(FolderInUseException.class)
                    .hasMessageStartingWith("The folder " + out + " is in use by another run");
            assertThat(staging).exists();
            assertThat(lockFile).exists();
        }
        assertThat(folder).as("nothing was made").isEmptyDirectory();

        Path left = Files.createDirectories(out.resolve(".soebm-" + UUID.randomUUID() + ".tmp"));
        Files.writeString(left.resolve("model.json"), "{");
        Path mine = Files.createDirectory(out.resolve(".soebm-mine.tmp"));
        Files.createDirectory(out.resolve("runs"));
        Files.writeString(out.resolve("runs/run"), "1");
        try (ResultFolder second = ResultFolder.openAlone(out, lockFile)) {
            assertThat(second).isNotNull();
            assertThat(left).doesNotExist();
        }
        assertThat(mine).exists();
        assertThat(out.resolve("runs/run")).exists();
    }

    @Test
    void aFolderThatAnotherProcessHasIsInUse() throws Exception {
        Path lockFile = folder.resolve("runs/.lock");
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString(),
                        lockFile.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(other.getInputStream().read()).as("it has the lock").isEqualTo('+');
            assertThatThrownBy(() -> ResultFolder.openAlone(folder, lockFile)).isInstanceOf(FolderInUseException.class);
        } finally {
            other.destroyForcibly().waitFor();
        }
        try (ResultFolder mine = ResultFolder.openAlone(folder, lockFile)) {
            assertThat(mine).as("a killed process has no lock").isNotNull();
        }
    }

    /** Opens a folder in a process of its own, and waits to be killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws Exception {
            try (ResultFolder held = ResultFolder.openAlone(Path.of(args[0]), Path.of(args[1]))) {
                System.out.print(held == null ? '-' : '+');
                System.out.flush();
                Thread.sleep(60_000);
            }
        }
    }

    @Test
    void aFolderThatCannotBeMadeLeavesNoParents() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "content");
        assertThatThrownBy(() -> ResultFolder.open(file.resolve("x/y"))).isInstanceOf(UncheckedIOException.class);
        assertThat(folder.toFile().list()).containsExactly("file");
    }
}
