package io.kairos.lib.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Announces recorded from the reference implementation (RNS 1.4.2), field by field. */
class AnnounceVectors {

    static List<JsonNode> valid() throws IOException {
        try (InputStream in = AnnounceVectors.class.getResourceAsStream("/vectors/announces.json")) {
            JsonNode list = new ObjectMapper().readTree(in).get("valid");
            List<JsonNode> cases =
                    StreamSupport.stream(list.spliterator(), false).toList();
            assertFalse(cases.isEmpty());
            return cases;
        }
    }

    private static byte[] hex(JsonNode node, String field) {
        return HexFormat.of().parseHex(node.get(field).asText());
    }

    @ParameterizedTest
    @MethodSource("valid")
    void fieldsAreReadAndWrittenToTheByte(JsonNode row) {
        byte[] raw = hex(row, "raw");
        JsonNode fields = row.get("fields");
        byte[] payload = Arrays.copyOfRange(raw, PacketBytes.headerLength(raw, 0), raw.length);

        Announce announce = AnnounceCodec.decode(payload, (raw[0] & PacketBytes.CONTEXT_FLAG) != 0);

        Optional<byte[]> ratchet =
                fields.get("ratchet").isNull() ? Optional.empty() : Optional.of(hex(fields, "ratchet"));
        assertArrayEquals(hex(fields, "public_key"), announce.publicKeys());
        assertArrayEquals(hex(fields, "name_hash"), announce.nameHash());
        assertArrayEquals(hex(fields, "random_blob"), announce.randomBlob());
        assertEquals(fields.get("emitted").asLong(), announce.emissionSeconds());
        assertArrayEquals(ratchet.orElse(null), announce.ratchet().orElse(null));
        assertArrayEquals(hex(fields, "signature"), announce.signature());
        assertArrayEquals(hex(fields, "app_data"), announce.appData());
        assertArrayEquals(hex(fields, "signed_data"), announce.signedData(PacketBytes.destination(raw, 0)));
        assertArrayEquals(
                hex(fields, "signed_data"),
                AnnounceCodec.signedData(
                        PacketBytes.destination(raw, 0),
                        announce.publicKeys(),
                        announce.nameHash(),
                        AnnounceCodec.blob(announce.randomBlob(), announce.emissionSeconds()),
                        ratchet,
                        announce.appData()));
        assertArrayEquals(
                payload,
                AnnounceCodec.encode(
                        announce.publicKeys(),
                        announce.nameHash(),
                        announce.randomBlob(),
                        ratchet,
                        announce.signature(),
                        announce.appData()));
    }
}
