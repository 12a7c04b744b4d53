package org.soebm.runtime.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
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
        AtomicFiles.write(file, stream -> write(image, stream));
    }

    /** The bytes of such a file. */
    public static byte[] bytes(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(image, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a picture: " + AtomicFiles.reason(e) + ".", e);
        }
        return bytes.toByteArray();
    }

    private static void write(BufferedImage image, OutputStream stream) throws IOException {
        if (!ImageIO.write(image, "png", stream)) {
            throw new IOException("this Java cannot write PNG files");
        }
    }
}
