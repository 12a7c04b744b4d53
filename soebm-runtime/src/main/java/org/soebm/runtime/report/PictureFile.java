package org.soebm.runtime.report;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.soebm.runtime.data.AtomicFiles;

/** Pictures as PNG files that are complete or not there. */
public final class PictureFile {
    private PictureFile() {}

    /**
     * Writes or replaces one.
     *
     * @throws java.io.UncheckedIOException when the file cannot be written; nothing is left behind
     */
    public static void write(Path file, BufferedImage image) {
        AtomicFiles.write(file, stream -> {
            if (!ImageIO.write(image, "png", stream)) {
                throw new IOException("this Java cannot write PNG files");
            }
        });
    }
}
