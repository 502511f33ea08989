package io.kairos.crypto.reticulum;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.kairos.api.crypto.Token;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GroupPacketVectors {

    @Test
    void thePayloadOfAGroupPacketIsABareToken() {
        JsonNode group = VectorFile.read("group.json");
        JsonNode packet = group.path("packet");
        byte[] data = VectorFile.bytes(packet, "data");
        byte[] key = VectorFile.bytes(group.path("cases").path(0), "key");
        Token token = new CbcToken(key, Suites.fixed(Arrays.copyOf(data, 16)));

        byte[] plaintext = VectorFile.bytes(group, "packet_plaintext");

        assertEquals(packet.path("data").textValue(), VectorFile.hex(token.seal(plaintext)));
        assertEquals(group.path("packet_plaintext").textValue(), VectorFile.hex(token.open(data)));
    }
}
