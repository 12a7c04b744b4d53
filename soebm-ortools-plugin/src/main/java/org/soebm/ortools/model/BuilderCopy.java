package org.soebm.ortools.model;

import com.google.ortools.linearsolver.MPModelProto;
import com.google.ortools.modelbuilder.ModelBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The model of a model builder as a message, by way of a temporary file: what else Java can ask a builder for is
 * incomplete, or ends the process where it is asked wrongly.
 */
final class BuilderCopy {
    private BuilderCopy() {}

    static MPModelProto of(ModelBuilder model) {
        try {
            Path file = Files.createTempFile("soebm-model", ".pb");
            try {
                if (!model.getHelper().writeModelToProtoFile(file.toString())) {
                    throw new IOException("OR-Tools could not write " + file);
                }
                try (InputStream bytes = Files.newInputStream(file)) {
                    return MPModelProto.parseFrom(bytes);
                }
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new ModelImportException(
                    "The model of a model builder does not pass through the folder for temporary files ("
                            + System.getProperty("java.io.tmpdir") + "): " + e.getMessage(),
                    e);
        }
    }
}
