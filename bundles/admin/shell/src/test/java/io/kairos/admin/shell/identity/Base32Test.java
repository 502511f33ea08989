package io.kairos.admin.shell.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base32Test {

    @ParameterizedTest(name = "RFC 4648, section 10: {0}")
    @CsvSource({
        "'', ''",
        "f, MY======",
        "fo, MZXQ====",
        "foo, MZXW6===",
        "foob, MZXW6YQ=",
        "fooba, MZXW6YTB",
        "foobar, MZXW6YTBOI======"
    })
    void agreesWithTheSpecification(String text, String encoded) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);

        assertEquals(encoded, Base32.encode(bytes));
        assertArrayEquals(bytes, Base32.decode(encoded).orElseThrow());
    }

    @Test
    void readsLowerCaseWithoutPadding() {
        assertArrayEquals(
                "foob".getBytes(StandardCharsets.US_ASCII),
                Base32.decode("mzxw6yq").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"M", "MZ1", "MY=M", "MZ", "ü", "MZXW6YTBA"})
    void refusesEverythingElse(String text) {
        assertTrue(Base32.decode(text).isEmpty(), text);
    }
}
