package io.kairos.admin.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kairos.api.failure.MalformedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a feature lays into {@code etc}. */
class LaidFilesTest {

    @TempDir
    Path folder;

    @Test
    void aFileOfAFeatureLiesInItsOwnFolder() throws IOException {
        FeatureFile read = FeatureFile.read(repository("/etc/morse/link.py"));

        assertEquals("mvn:org.example/morse/1.0.0/py", read.files().get(0).url());
    }

    @Test
    void noFileLiesAnywhereElse() throws IOException {
        for (String place : new String[] {
            "/etc/link.py",
            "/etc/plugin.keys",
            "/etc/other/link.py",
            "/etc/morse/../plugin.keys",
            "/etc/morse/.hidden",
            "/etc/morse/a/b",
            "etc/morse/link.py",
            "${karaf.etc}/morse/link.py",
            ""
        }) {
            Path file = repository(place);
            assertThrows(MalformedException.class, () -> FeatureFile.read(file), place);
        }
    }

    private Path repository(String place) throws IOException {
        return Files.writeString(folder.resolve("features.xml"), """
                <features name="morse" xmlns="http://karaf.apache.org/xmlns/features/v1.6.0">
                  <feature name="morse" version="1.0.0" install="auto">
                    <configfile finalname="%s" override="true">mvn:org.example/morse/1.0.0/py</configfile>
                  </feature>
                </features>
                """.formatted(place));
    }
}
