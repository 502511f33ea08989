package io.kairos.lib.bytes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.packet.DestinationHash;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HashesTest {

    private static final String OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void hashesTheConcatenationOfItsParts() {
        assertEquals(OF_ABC, hex(Hashes.sha256(ascii("abc"))));
        assertEquals(OF_ABC, hex(Hashes.sha256(ascii("a"), ascii(""), ascii("bc"))));
        assertEquals(OF_ABC.substring(0, 32), hex(Hashes.truncated(ascii("abc"))));
    }

    @Test
    void hashesALeadingByteAndARange() {
        byte[] out = new byte[40];

        Hashes.sha256((byte) 'a', ascii("xbcx"), 1, 2, out, 8);

        assertEquals("00".repeat(8) + OF_ABC, hex(out));
    }

    @Test
    void aRatchetIsNamedByTheBeginningOfItsHash() {
        assertEquals(OF_ABC.substring(0, 20), hex(Hashes.ratchet(ascii("abc"))));
    }

    @Test
    void aCallThatFailsDoesNotSpoilTheNextHash() {
        assertThrows(NullPointerException.class, () -> Hashes.sha256(ascii("spoilt"), null));
        assertEquals(OF_ABC, hex(Hashes.sha256(ascii("abc"))));

        byte[] small = new byte[10];
        assertThrows(IllegalArgumentException.class, () -> Hashes.sha256((byte) 1, small, 0, 4, small, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> Hashes.sha256((byte) 1, small, 8, 4, new byte[32], 0));
        assertEquals(OF_ABC, hex(Hashes.sha256(ascii("abc"))));
    }

    @Test
    void wellKnownDestinationsHaveTheirAddresses() {
        assertEquals("6b9f66014d9853faab220fba47d02761", plain("rnstransport", "path", "request"));
        assertEquals("91bf0910267b59b0e864e0d4c91602ca", plain("rnstransport", "tunnel", "synthesize"));
    }

    @Test
    void aNameHasItsDotsOnlyBetweenItsParts() {
        assertEquals("kairos", Hashes.fullName("kairos"));
        assertEquals("kairos.echo.test", Hashes.fullName("kairos", "echo", "test"));
        assertThrows(IllegalArgumentException.class, () -> Hashes.fullName("kai.ros", "echo"));
        assertThrows(IllegalArgumentException.class, () -> Hashes.fullName("kairos", "echo.test"));
    }

    @Test
    void comparesContentAndLength() {
        assertTrue(Hashes.same(ascii("abc"), ascii("abc")));
        assertFalse(Hashes.same(ascii("abc"), ascii("abd")));
        assertFalse(Hashes.same(ascii("abc"), ascii("ab")));
    }

    @Test
    void aHashedNameHasTenBytes() {
        byte[] name = Hashes.name("rnstransport.path.request");

        assertEquals("7926bbe7dd7f9aba88b0", hex(name));
        assertArrayEquals(
                Hashes.truncated(name),
                Hashes.plainDestination("rnstransport.path.request").toBytes());
    }

    private static String plain(String application, String... aspects) {
        DestinationHash hash = Hashes.plainDestination(Hashes.fullName(application, aspects));
        return hash.toHex();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
