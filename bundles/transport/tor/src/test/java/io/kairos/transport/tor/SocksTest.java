package io.kairos.transport.tor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MalformedException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SocksTest {

    @Test
    void requestsAreThoseOfTheSpecification() {
        assertEquals("050102", hex(Socks.greeting(Socks.METHOD_PASSWORD)));
        assertEquals("01026162" + "0163", hex(Socks.password("ab", "c")));
        assertEquals("05010003" + "07612e6f6e696f6e" + "1092", hex(Socks.connect("a.onion", 4_242)));
    }

    @Test
    void aNameStaysANameSoThatOnlyTheProxyLooksItUp() {
        byte[] request = Socks.connect("192.0.2.1", 80);

        assertEquals(3, request[3], "an address is handed on as text, too");
    }

    @Test
    void answersTellTheirLength() {
        assertEquals(6, Socks.rest(new byte[] {5, 0, 0, 1}, 99));
        assertEquals(18, Socks.rest(new byte[] {5, 0, 0, 4}, 99));
        assertEquals(3 + 7, Socks.rest(new byte[] {5, 0, 0, 3}, 7));
        assertThrows(MalformedException.class, () -> Socks.rest(new byte[] {5, 0, 0, 2}, 7));
        assertThrows(MalformedException.class, () -> Socks.code(new byte[] {4, 0, 0, 1}));
    }

    @Test
    void everyCodeHasAMessageAndARemedyOfItsOwn() {
        Set<String> messages = new HashSet<>();
        for (int code : List.of(1, 2, 3, 4, 5, 6, 7, 8, 0xF0, 0xF1, 0xF2, 0xF3, 0xF4, 0xF5, 0xF6, 0xF7, 0x99)) {
            Failure failure = SocksFailures.refused(code).failure();
            messages.add(failure.message());
            assertFalse(failure.remedy().isBlank());
        }
        assertEquals(17, messages.size());
        assertEquals(Failure.Kind.CONFIGURATION, SocksFailures.refused(0xF6).kind());
        assertEquals(Failure.Kind.PEER, SocksFailures.refused(0xF0).kind());
    }

    @Test
    void textThatDoesNotFitIsOurOwnMistake() {
        assertThrows(IllegalArgumentException.class, () -> Socks.connect("a".repeat(256), 1));
        assertArrayEquals(new byte[] {5, 1, 0}, Socks.greeting(Socks.METHOD_NONE));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
