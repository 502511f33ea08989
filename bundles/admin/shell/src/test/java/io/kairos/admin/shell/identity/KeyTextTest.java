package io.kairos.admin.shell.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kairos.api.failure.MeshException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {

    private static final byte[] KEYS = HexFormat.of().parseHex("00ff".repeat(32));

    @Test
    void theScreenWarnsBeforeItShows() {
        String screen = KeyText.screen("node", KEYS);

        assertEquals("""
            WARNING: whoever has one of these texts is 'node' for good. Nobody should look over your shoulder, and
            the screen may be kept by the terminal. A file is safer: identity:export node -f <file>
            """, screen.substring(0, screen.indexOf("\nBase32")));
    }

    @Test
    void readsWhatItShows() {
        String screen = KeyText.screen("node", KEYS);
        String base32 = screen.lines()
                .filter(line -> line.startsWith("Base32"))
                .findFirst()
                .orElseThrow()
                .substring(8);
        String hex = screen.lines()
                .filter(line -> line.startsWith("Hex"))
                .findFirst()
                .orElseThrow()
                .substring(8);

        assertArrayEquals(KEYS, KeyText.parse(base32));
        assertArrayEquals(KEYS, KeyText.parse(hex));
        assertArrayEquals(KEYS, KeyText.parse(hex.substring(0, 60) + " \n" + hex.substring(60)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00ff", "MZXW6YTB", "/no/such/file", "not a key"})
    void refusesEverythingElseWithoutRepeatingIt(String text) {
        MeshException failure = assertThrows(MeshException.class, () -> KeyText.parse(text));

        assertEquals("This is neither an existing file nor the text of private keys.", failure.getMessage());
    }
}
