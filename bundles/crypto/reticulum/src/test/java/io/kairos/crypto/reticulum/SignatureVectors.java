package io.kairos.crypto.reticulum;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.kairos.api.crypto.Signer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class SignatureVectors {

    private final Signer signer = Suites.complete().signer();

    @TestFactory
    Stream<DynamicTest> signsAndVerifiesTheSame() {
        return VectorFile.each(
                VectorFile.read("signatures.json").path("cases"),
                row -> (row.path("valid").booleanValue() ? "valid" : "invalid") + ", message " + row.path("message"),
                row -> () -> check(row));
    }

    private void check(JsonNode row) {
        byte[] message = VectorFile.bytes(row, "message");
        byte[] verifyKey = Arrays.copyOfRange(VectorFile.bytes(row, "public_key"), 32, 64);

        if (row.has("private_key")) {
            byte[] seed = Arrays.copyOfRange(VectorFile.bytes(row, "private_key"), 32, 64);
            assertEquals(row.path("signature").textValue(), VectorFile.hex(signer.sign(seed, message)));
        }
        assertEquals(
                row.path("valid").booleanValue(),
                signer.verify(verifyKey, message, VectorFile.bytes(row, "signature")));
    }
}
