package org.soebm.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    @TempDir
    Path folder;

    @Test
    void aFailureWhileWritingLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = folder.resolve("a.txt");
        AtomicFiles.writeText(file, "old");
        assertThatThrownBy(() -> AtomicFiles.write(file, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("the disk is full");
                }))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("Cannot write " + file + ": the disk is full.");
        assertThat(file).hasContent("old");
        assertThat(folder.toFile().listFiles()).containsExactly(file.toFile());
    }

    @Test
    void aFullDiskLeavesTheOldFileAndNothingElse() throws IOException {
        try (FileSystem disk = smallDisk()) {
            Path file = disk.getPath("/work/a.txt");
            AtomicFiles.writeText(file, "old");
            assertThatThrownBy(() -> AtomicFiles.write(file, out -> out.write(new byte[100_000])))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("Cannot write /work/a.txt: out of disk space.");
            assertThat(file).hasContent("old");
            try (Stream<Path> files = Files.list(file.getParent())) {
                assertThat(files).containsExactly(file);
            }
            AtomicFiles.write(file, out -> out.write(new byte[40_000])); // what was begun has freed its room
            assertThat(file).hasSize(40_000);
        }
    }

    private static FileSystem smallDisk() {
        return Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setBlockSize(1024)
                .setMaxSize(64 * 1024)
                .build());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDeviceThatIsFullIsNamed() {
        Path device = Path.of("/dev/full");
        assertThatThrownBy(() -> AtomicFiles.writeText(device, "content"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Cannot write /dev/full: ");
        assertThat(device).exists();
    }

    @Test
    void aFolderWithoutPermissionIsNamed() throws IOException {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        assumeTrue(closed.toFile().setWritable(false) && !Files.isWritable(closed), "root may write everywhere");
        assertThatThrownBy(() -> AtomicFiles.requireWritable(closed.resolve("a.csv")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("Cannot write into the folder " + closed + ": permission denied. Choose another folder.");
    }

    @Test
    void aSymbolicLinkStaysALink() throws IOException {
        Path real = Files.writeString(folder.resolve("real.txt"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.txt"), real);
        AtomicFiles.writeText(link, "new");
        assertThat(link).isSymbolicLink();
        assertThat(real).hasContent("new");
    }

    @Test
    void aFolderIsMadeWithItsParents() {
        Path made = folder.resolve("x/y/z");
        AtomicFiles.createWritableFolder(made);
        assertThat(made).isEmptyDirectory();
    }

    @Test
    void aFileInTheWayOfAFolderIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "content");
        assertThatThrownBy(() -> AtomicFiles.createWritableFolder(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file + " is in the way");
        assertThatThrownBy(() -> AtomicFiles.createWritableFolder(file.resolve("below")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("Cannot write into the folder " + file.resolve("below"));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFolderThatTakesNoFilesIsNotSaidToBeMissing() {
        assertThatThrownBy(() -> AtomicFiles.requireWritable(Path.of("/proc/a.csv")))
                .hasMessageContaining("Cannot write into the folder /proc: ")
                .hasMessageNotContaining("cannot be made");
    }

    @Test
    void whatCannotBeWrittenIsKnownBeforehand() {
        assertThatThrownBy(() -> AtomicFiles.requireWritable(folder)).hasMessageContaining("it is a folder");
        assertThatThrownBy(() -> AtomicFiles.requireWritable(folder.resolve("none/a.csv")))
                .hasMessageContaining("there is no folder " + folder.resolve("none"));
        AtomicFiles.requireWritable(folder.resolve("a.csv"));
        assertThat(folder).isEmptyDirectory();
    }
}
