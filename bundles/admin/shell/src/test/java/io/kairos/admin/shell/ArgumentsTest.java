package io.kairos.admin.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00112233445566778899aabbccddeeff",
                "00112233445566778899AABBCCDDEEFF",
                "<00112233445566778899aabbccddeeff>",
                "00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff"
            })
    void readsHashesAsProgramsWriteThem(String text) {
        assertEquals(Node.NEAR, Arguments.destination(text));
    }

    @Test
    void saysHowManyDigitsAreExpected() {
        assertFailure("""
            '0011' is no destination hash: it has 4 digits.
              → A hash of a destination is 32 hexadecimal digits. mesh:path lists the destinations this node knows.\
            """, () -> Arguments.destination("0011"));
    }

    @Test
    void saysWhichDigitIsWrong() {
        assertFailure("""
            '0011223344556677889gaabbccddeeff' is no identity hash: 'g' is not a hexadecimal digit.
              → A hash of an identity is 32 hexadecimal digits (0-9, a-f). identity:list and mesh:explain show hashes \
            of identities.\
            """, () -> Arguments.identity("0011223344556677889gaabbccddeeff"));
    }

    @Test
    void tellsHashesFromNames() {
        assertTrue(Arguments.looksLikeHash("00112233445566778899aabbccddeeff"));
        assertTrue(
                Arguments.looksLikeHash("00112233445566778899aabbccddeef"), "a digit is missing, but no name looks so");
        assertFalse(Arguments.looksLikeHash("lxmf.delivery"));
        assertFalse(Arguments.looksLikeHash("cafe"));
    }

    @Test
    void numbersHaveBounds() {
        assertEquals(3, Arguments.count("-n", "3", 1, 10));
        assertFailure(
                "-n 0 is not possible.\n  → Give a whole number from 1 to 10.",
                () -> Arguments.count("-n", "0", 1, 10));
        assertFailure(
                "-n x is not possible.\n  → Give a whole number from 1 to 10.",
                () -> Arguments.count("-n", "x", 1, 10));
    }

    @Test
    void secondsMayHaveAFraction() {
        assertEquals(Duration.ofMillis(1500), Arguments.seconds("-t", "1.5", 0.1, 60));
        assertFailure(
                "-t NaN is not possible.\n  → Give seconds from 0.1 to 60.",
                () -> Arguments.seconds("-t", "NaN", 0.1, 60));
    }

    @Test
    void pairsKeepTheirOrderAndMayContainEqualsSigns() {
        Map<String, String> pairs = Arguments.pairs(List.of("b=1", "a=x=y", "c="));

        assertEquals("{b=1, a=x=y, c=}", pairs.toString());
    }

    @Test
    void refusesWhatIsNoPair() {
        assertFailure(
                "'port' is no setting.\n  → Settings are written key=value, without spaces around =.",
                () -> Arguments.pairs(List.of("port")));
        assertFailure("a is given twice.\n  → Give each setting once.", () -> Arguments.pairs(List.of("a=1", "a=2")));
        assertFailure(
                "The value of a has a line break.\n  → Write it in one line.",
                () -> Arguments.pairs(List.of("a=1\nb=2")));
    }

    @Test
    void namesHaveNoSpaces() {
        assertEquals("lxmf.delivery", Arguments.fullName("lxmf.delivery"));
        assertThrows(MeshException.class, () -> Arguments.fullName("lxmf delivery"));
        assertThrows(MeshException.class, () -> Arguments.fullName("lxmf..delivery"));
    }

    private static void assertFailure(String text, Executable call) {
        Failure failure = assertThrows(MeshException.class, call).failure();
        assertEquals(text, failure.toText());
        assertEquals(Failure.Kind.CONFIGURATION, failure.kind());
    }
}
