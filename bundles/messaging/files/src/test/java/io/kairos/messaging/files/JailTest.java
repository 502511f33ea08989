package io.kairos.messaging.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kairos.messaging.files.Jail.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JailTest {

    @TempDir
    Path temp;

    private Jail jail;
    private Path inside;

    @BeforeEach
    void setUp() throws IOException {
        inside = Files.createDirectories(temp.resolve("shared/deeper"));
        Files.writeString(inside.resolve("note.txt"), "x");
        Files.createDirectories(temp.resolve("shared-not"));
        Files.writeString(temp.resolve("shared-not/secret"), "s");
        Files.writeString(temp.resolve("secret"), "s");
        jail = new Jail(temp.resolve("shared"));
    }

    @Test
    void filesBelowTheFolderAreFound() {
        assertEquals(Verdict.FOUND, jail.find("deeper/note.txt").verdict());
        assertEquals(Verdict.FOUND, jail.find("deeper/../deeper/note.txt").verdict());
        assertEquals(
                Verdict.FOUND,
                jail.find(temp.resolve("shared/deeper/note.txt").toString()).verdict());
    }

    @Test
    void nothingLeadsOutOfIt() throws IOException {
        Files.createSymbolicLink(inside.resolve("out"), temp.resolve("secret"));
        Files.createSymbolicLink(inside.resolve("up"), temp);
        for (String name : new String[] {
            "../secret",
            "deeper/../../secret",
            "../shared-not/secret",
            "/etc/passwd",
            temp.resolve("secret").toString(),
            "deeper/out",
            "deeper/up/secret",
            "a\0b",
            "",
            "x".repeat(5000)
        }) {
            assertEquals(Verdict.OUTSIDE, jail.find(name).verdict(), name);
        }
    }

    @Test
    void foldersAndWhatIsNotThereAreMissing() {
        assertEquals(Verdict.MISSING, jail.find("deeper").verdict());
        assertEquals(Verdict.MISSING, jail.find("nothing").verdict());
    }
}
