package org.soebm.runtime.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeDigestTest {
    private static final String FILE = Held.class.getName().replace('.', '/') + ".class";

    @TempDir
    Path folder;

    /** Is copied to where its code may change. */
    private static final class Held {}

    private static byte[] code() throws IOException {
        try (InputStream in = CodeDigestTest.class.getResourceAsStream("/" + FILE)) {
            return in.readAllBytes();
        }
    }

    private static String digest(Path place) throws IOException {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {place.toUri().toURL()}, null)) {
            return CodeDigest.of(List.of(Class.forName(Held.class.getName(), false, loader)));
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void ofAClassFolderEveryFileCounts() throws IOException {
        Path file = folder.resolve(FILE);
        Files.createDirectories(file.getParent());
        Files.write(file, code());
        String alone = digest(folder);
        assertThat(digest(folder)).isEqualTo(alone).hasSize(64);
        Path other = Files.writeString(folder.resolve("Cost.class"), "1");
        String first = digest(folder);
        Files.writeString(other, "2");
        String second = digest(folder);
        Files.move(other, folder.resolve("Costs.class"));
        assertThat(List.of(alone, first, second, digest(folder))).doesNotHaveDuplicates();
    }

    @Test
    void ofAJarTheWholeFileCounts() throws IOException {
        Path jar = folder.resolve("a plug-in.jar");
        jar(jar, "1");
        String first = digest(jar);
        assertThat(digest(jar)).isEqualTo(first);
        jar(jar, "2");
        assertThat(digest(jar)).isNotEqualTo(first);
    }

    private static void jar(Path jar, String text) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry(FILE));
            out.write(code());
            out.putNextEntry(new ZipEntry("numbers.txt"));
            out.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    @Test
    void aClassFromNowhereIsAnErrorThatNamesIt() {
        assertThatThrownBy(() -> CodeDigest.of(List.of(String.class)))
                .isInstanceOf(IOException.class)
                .hasMessage("nothing says where the class java.lang.String comes from");
    }
}
