package org.soebm.runtime.digest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/** A SHA-256 of the code that holds some classes: of their jar files, or of all files in their class folders. */
public final class CodeDigest {
    private CodeDigest() {}

    /**
     * The digest in hexadecimal digits, of every place once, whatever the order of the classes.
     *
     * @throws IOException when the code of a class cannot be read; the message is a clause for users
     */
    public static String of(Collection<Class<?>> classes) throws IOException {
        SortedMap<String, Path> places = new TreeMap<>();
        for (Class<?> each : classes) {
            Path place = place(each);
            places.put(place.toString(), place);
        }
        ProblemDigest digest = new ProblemDigest();
        for (Path place : places.values()) {
            if (Files.isDirectory(place)) {
                folder(digest, place);
            } else {
                digest.text(content(place));
            }
        }
        return digest.hex();
    }

    private static Path place(Class<?> of) throws IOException {
        CodeSource source = of.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            throw new IOException("nothing says where the class " + of.getName() + " comes from");
        }
        try {
            return Path.of(new URI(source.getLocation().toString()));
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            throw new IOException(
                    "the class " + of.getName() + " comes from " + source.getLocation()
                            + ", which is no file or folder",
                    e);
        }
    }

    private static void folder(ProblemDigest digest, Path folder) throws IOException {
        SortedMap<String, Path> files = new TreeMap<>();
        try (var found = Files.walk(folder)) {
            found.filter(Files::isRegularFile)
                    .forEach(
                            file -> files.put(folder.relativize(file).toString().replace('\\', '/'), file));
        }
        digest.number((long) files.size());
        for (var file : files.entrySet()) {
            digest.text(file.getKey()).text(content(file.getValue()));
        }
    }

    private static String content(Path file) throws IOException {
        MessageDigest digest = Sha256.start();
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            in.transferTo(out);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
