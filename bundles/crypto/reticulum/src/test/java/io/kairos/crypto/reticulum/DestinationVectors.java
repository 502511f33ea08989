package io.kairos.crypto.reticulum;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import io.kairos.lib.bytes.Hashes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DestinationVectors {

    private final JsonNode vectors = VectorFile.read("destinations.json");

    @TestFactory
    Stream<DynamicTest> namesLeadToTheSameHashes() {
        return VectorFile.each(
                vectors.path("destinations"),
                row -> row.path("display_name_text").textValue(),
                row -> () -> check(row));
    }

    @TestFactory
    Stream<DynamicTest> refusesDotsInsideAName() {
        return VectorFile.each(vectors.path("invalid_names"), JsonNode::toString, row -> () -> {
            assertFalse(row.path("accepted").booleanValue());
            assertThrows(IllegalArgumentException.class, () -> fullName(row));
        });
    }

    /** An inbound destination that is made without an identity has the new identity's hash as its last aspect, too. */
    @Test
    void theHashOfANewIdentityMayBeAnAspect() {
        JsonNode row = vectors.path("inbound_without_identity");
        byte[] privateKey = VectorFile.bytes(row, "generated_private_key");
        ReticulumSuite suite = Suites.complete();
        byte[] encryption = suite.keyAgreement().publicKey(Arrays.copyOf(privateKey, 32));
        byte[] signing = suite.signer().publicKey(Arrays.copyOfRange(privateKey, 32, 64));
        byte[] publicKey = Arrays.copyOf(encryption, 64);
        System.arraycopy(signing, 0, publicKey, 32, 32);

        IdentityHash identity = Hashes.identity(publicKey);
        String name = Hashes.fullName("kairos", "auto", identity.toHex());

        assertEquals(row.path("hashed_name_text").textValue(), name);
        assertEquals(row.path("name_hash").textValue(), VectorFile.hex(Hashes.name(name)));
        assertEquals(
                row.path("destination_hash").textValue(),
                Hashes.destination(name, identity).toHex());
    }

    private static void check(JsonNode row) {
        String name = fullName(row);
        byte[] identity = VectorFile.bytes(row, "identity_hash");
        assertEquals(identity == null, row.path("type_text").textValue().equals("PLAIN"));
        DestinationHash hash =
                identity == null ? Hashes.plainDestination(name) : Hashes.destination(name, IdentityHash.of(identity));

        assertEquals(row.path("hashed_name_text").textValue(), name);
        assertEquals(row.path("hashed_name_utf8").textValue(), VectorFile.hex(name.getBytes(StandardCharsets.UTF_8)));
        assertEquals(row.path("name_hash").textValue(), VectorFile.hex(Hashes.name(name)));
        assertEquals(row.path("destination_hash").textValue(), hash.toHex());
    }

    private static String fullName(JsonNode row) {
        List<String> aspects = StreamSupport.stream(row.path("aspects_text").spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
        return Hashes.fullName(row.path("app_name_text").textValue(), aspects.toArray(String[]::new));
    }
}
