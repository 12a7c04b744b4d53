package org.soebm.api.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** The rules see what they forbid. */
class ArchitectureRulesTest {
    static final class Deserialising {
        Object read(InputStream in) throws IOException, ClassNotFoundException {
            try (ObjectInputStream objects = new ObjectInputStream(in)) {
                return objects.readObject();
            }
        }
    }

    static final class LoadingByName {
        Class<?> load(String name) throws ClassNotFoundException {
            return Class.forName(name);
        }
    }

    static final class Unpacking {
        void unpack(InputStream in, Path folder) throws IOException {
            try (ZipInputStream zip = new ZipInputStream(in)) {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    Files.copy(zip, folder.resolve(entry.getName()));
                }
            }
        }
    }

    private static void assertSeen(ArchRule rule, Class<?> violating) {
        JavaClasses classes = new ClassFileImporter().importClasses(violating);
        assertThat(rule.evaluate(classes).hasViolation())
                .as(rule.getDescription())
                .isTrue();
        JavaClasses other = new ClassFileImporter().importClasses(ArchitectureRulesTest.class);
        assertThat(rule.evaluate(other).hasViolation())
                .as(rule.getDescription())
                .isFalse();
    }

    @Test
    void deserialisationIsSeen() {
        assertSeen(ArchitectureRules.nothingIsDeserialised, Deserialising.class);
    }

    @Test
    void loadingAClassByNameIsSeen() {
        assertSeen(ArchitectureRules.noClassIsLoadedByName, LoadingByName.class);
    }

    @Test
    void unpackingAnArchiveIsSeen() {
        assertSeen(ArchitectureRules.noArchiveIsUnpacked, Unpacking.class);
    }
}
