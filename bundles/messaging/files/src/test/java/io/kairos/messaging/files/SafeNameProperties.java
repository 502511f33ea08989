package io.kairos.messaging.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.MalformedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SafeNameProperties {

    private static final Path FOLDER = Path.of("/inbox");

    @Property(tries = 1000)
    void whateverNameIsGivenTheFileStaysInTheFolder(@ForAll byte[] given) {
        try {
            check(SafeName.of(given));
        } catch (MalformedException expected) {
            // refusing is fine; any other exception fails the property
        }
    }

    @Property(tries = 1000)
    void whateverTextIsGivenTheFileStaysInTheFolder(@ForAll String given) {
        try {
            check(SafeName.of(given.getBytes(StandardCharsets.UTF_8)));
        } catch (MalformedException expected) {
            // refusing is fine; any other exception fails the property
        }
    }

    private static void check(String name) {
        Path file = FOLDER.resolve(name).normalize();
        assertEquals(FOLDER, file.getParent(), name);
        assertTrue(name.getBytes(StandardCharsets.UTF_8).length <= SafeName.MAXIMUM_BYTES);
        assertFalse(name.codePoints().anyMatch(Character::isISOControl));
    }

    @Example
    void theWayToAFileIsDropped() {
        assertEquals("passwd", name("../../etc/passwd"));
        assertEquals("boot.ini", name("c:\\windows\\boot.ini"));
        assertEquals("note.txt", name("/home/a/note.txt"));
        assertEquals("grüße ✓.txt", name("grüße ✓.txt"));
    }

    @Example
    void namesThatAreNoneAreRefused() {
        for (String given : List.of("", "..", ".", "a/", "a/..", "   ", "...")) {
            assertThrows(MalformedException.class, () -> name(given), given);
        }
    }

    @Example
    void charactersThatDeceiveBecomeUnderscores() {
        assertEquals("a_b_c_gpj.exe", name("a\0b\nc\u202egpj.exe"));
    }

    @Example
    void aLongNameKeepsItsExtension() {
        String name = name("ü".repeat(300) + ".tar.gz");
        assertTrue(name.endsWith(".gz"));
        assertTrue(name.getBytes(StandardCharsets.UTF_8).length <= SafeName.MAXIMUM_BYTES);
    }

    private static String name(String given) {
        return SafeName.of(given.getBytes(StandardCharsets.UTF_8));
    }
}
