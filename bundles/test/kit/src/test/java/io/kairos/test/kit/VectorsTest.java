package io.kairos.test.kit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class VectorsTest {

    @Test
    void readsHexTextAndNumbers() {
        JsonNode first =
                Vectors.cases(VectorsTest.class, "sample.json", "cases").get(0);

        assertArrayEquals(new byte[] {0, (byte) 0xff}, Vectors.bytes(first, "bytes"));
        assertArrayEquals("one".getBytes(StandardCharsets.UTF_8), Vectors.bytes(first, "label_text"));
        assertEquals(3, Vectors.number(first, "count"));
    }

    @Test
    void aVectorTestThatTestsNothingFails() {
        JsonNode root = Vectors.load(VectorsTest.class, "sample.json");

        assertThrows(AssertionError.class, () -> Vectors.load(VectorsTest.class, "missing.json"));
        assertThrows(AssertionError.class, () -> Vectors.cases(root, "none"));
        assertThrows(AssertionError.class, () -> Vectors.text(root, "missing"));
    }
}
