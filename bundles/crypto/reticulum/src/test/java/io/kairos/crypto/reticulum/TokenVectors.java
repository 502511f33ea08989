package io.kairos.crypto.reticulum;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kairos.api.crypto.Token;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class TokenVectors {

    private final JsonNode vectors = VectorFile.read("token.json");
    private final JsonNode group = VectorFile.read("group.json");

    /** Key of the sections that do not name one: the first key of the file, which their tokens verify under. */
    private final byte[] key = VectorFile.bytes(vectors.path("tokens").path(0), "key");

    @TestFactory
    Stream<DynamicTest> sealsToTheSameBytesAndOpensThem() {
        return VectorFile.each(
                vectors.path("tokens"),
                row -> row.path("mode_text").textValue() + ", "
                        + row.path("plaintext").textValue().length() / 2 + " bytes",
                row -> () -> checkBothWays(row, "token"));
    }

    @TestFactory
    Stream<DynamicTest> groupPayloadsAreBareTokens() {
        return VectorFile.each(
                group.path("cases"),
                row -> row.path("key").textValue().length() / 2 + " byte key",
                row -> () -> checkBothWays(row, "ciphertext"));
    }

    @TestFactory
    Stream<DynamicTest> refusesInvalidTokens() {
        return VectorFile.each(
                vectors.path("invalid_tokens"), row -> row.path("case_text").textValue(), row -> () -> {
                    assertEquals("rejected", row.path("result_text").textValue());
                    assertNull(new CbcToken(key, Suites.NO_RANDOM).open(VectorFile.bytes(row, "token")));
                });
    }

    /** The last padding byte alone decides. That these tokens are authentic is checked as well. */
    @TestFactory
    Stream<DynamicTest> readsUnusualPaddingAsRecorded() {
        return VectorFile.each(
                vectors.path("padding_quirks"), row -> row.path("case_text").textValue(), row -> () -> {
                    byte[] sealed = VectorFile.bytes(row, "token");
                    CbcToken token = new CbcToken(key, Suites.NO_RANDOM);
                    assertTrue(token.isAuthentic(sealed, 0, sealed.length), "the code is right");
                    assertArrayEquals(VectorFile.bytes(row, "decrypted"), token.open(sealed));
                });
    }

    private static void checkBothWays(JsonNode row, String field) {
        byte[] plaintext = VectorFile.bytes(row, "plaintext");
        byte[] iv = VectorFile.bytes(row, "iv");
        Token token = new CbcToken(VectorFile.bytes(row, "key"), Suites.fixed(iv));

        assertEquals(row.path(field).textValue(), VectorFile.hex(token.seal(plaintext)));
        assertEquals(row.path("plaintext").textValue(), VectorFile.hex(token.open(VectorFile.bytes(row, field))));
    }
}
