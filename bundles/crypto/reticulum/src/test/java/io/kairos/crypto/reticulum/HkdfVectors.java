package io.kairos.crypto.reticulum;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.kairos.lib.bytes.Hashes;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class HkdfVectors {

    private final ReticulumSuite suite = new ReticulumSuite(null, null);

    @TestFactory
    Stream<DynamicTest> derivesTheSameKeys() {
        return VectorFile.each(
                VectorFile.read("hkdf.json").path("cases"),
                row -> row.path("length") + " bytes, salt " + row.path("salt") + ", context " + row.path("context"),
                row -> () -> check(row));
    }

    private void check(JsonNode row) {
        byte[] derived = suite.deriveKey(
                row.path("length").intValue(),
                VectorFile.bytes(row, "ikm"),
                VectorFile.bytes(row, "salt"),
                VectorFile.bytes(row, "context"));

        assertEquals(row.path("length").intValue(), derived.length);
        assertEquals(row.path("okm_sha256").textValue(), VectorFile.hex(Hashes.sha256(derived)));
        if (row.path("okm").isTextual()) {
            assertEquals(row.path("okm").textValue(), VectorFile.hex(derived));
        }
    }
}
