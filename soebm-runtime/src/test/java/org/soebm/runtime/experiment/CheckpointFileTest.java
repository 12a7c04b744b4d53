package org.soebm.runtime.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soebm.api.task.DataException;
import org.soebm.runtime.learning.Checkpoint;
import org.soebm.runtime.learning.EpochRecord;
import org.soebm.runtime.learning.Pretrained;
import org.soebm.runtime.network.Weights;

class CheckpointFileTest {
    @TempDir
    Path folder;

    private static Weights weights(float... values) {
        return new Weights(List.of(values, new float[0], new float[] {Float.NaN, 1e-38f}));
    }

    private static Checkpoint checkpoint(boolean withTwoStage) {
        List<EpochRecord> history = List.of(
                new EpochRecord("so-ebm", 0, Double.NaN, 3, Double.NaN, 0),
                new EpochRecord("so-ebm", 2, 0.1, Double.POSITIVE_INFINITY, 7.5, 0.25));
        return new Checkpoint(
                withTwoStage ? new Pretrained(weights(7, 8), history, 12.5) : null,
                new Checkpoint.Phase(
                        history,
                        weights(1, 2),
                        new Checkpoint.Steps(
                                17,
                                64,
                                weights(3),
                                weights(4),
                                weights(5),
                                weights(6),
                                withTwoStage ? List.of() : List.of(new double[] {Math.PI, -0.0}, new double[0]))),
                0.5);
    }

    @Test
    void whatIsReadIsWhatWasWritten() {
        for (boolean withTwoStage : new boolean[] {true, false}) {
            Path file = folder.resolve("state.bin");
            CheckpointFile.write(file, "run", checkpoint(withTwoStage));
            assertThat(CheckpointFile.read(file, "run"))
                    .usingRecursiveComparison()
                    .withEqualsForType((a, b) -> a.compareTo(b) == 0, Double.class) // NaN is itself
                    .withEqualsForType((a, b) -> a.compareTo(b) == 0, Float.class)
                    .isEqualTo(checkpoint(withTwoStage));
        }
        assertThat(CheckpointFile.read(folder.resolve("none"), "run")).isNull();
    }

    @Test
    void aFullDiskLeavesTheCheckpointBefore() throws IOException {
        try (FileSystem disk = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setBlockSize(256)
                .setMaxSize(4096)
                .build())) {
            Path file = disk.getPath("/work/state.bin");
            CheckpointFile.write(file, "run", checkpoint(false));
            byte[] before = Files.readAllBytes(file);
            Files.write(disk.getPath("/work/other"), new byte[(4096 - before.length) / 256 * 256 - 256]);
            assertThatThrownBy(() -> CheckpointFile.write(file, "run", checkpoint(true)))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("Cannot write /work/state.bin: out of disk space.");
            assertThat(file).hasBinaryContent(before);
            assertThat(CheckpointFile.read(file, "run")).isNotNull();
        }
    }

    @Test
    void aCheckpointOfAnotherRunIsRefused() {
        Path file = folder.resolve("state.bin");
        CheckpointFile.write(file, "run", checkpoint(true));
        assertThatThrownBy(() -> CheckpointFile.read(file, "other"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is of another run")
                .hasMessageContaining("without --resume");
    }

    @Test
    void aDamagedCheckpointIsRefusedWhereverTheDamageIs() throws IOException {
        Path file = folder.resolve("state.bin");
        CheckpointFile.write(file, "run", checkpoint(true));
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            byte[] damaged = whole.clone();
            if (i % 3 == 0) {
                damaged = Arrays.copyOf(damaged, random.nextInt(whole.length));
            } else {
                damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(file, damaged);
            assertThatThrownBy(() -> CheckpointFile.read(file, "run"))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("is damaged");
        }
    }
}
