package io.kairos.lib.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kairos.api.packet.DestinationHash;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Path requests and tunnel requests recorded from the reference implementation (RNS 1.4.2). */
class PathRequestVectors {

    private static JsonNode file() throws IOException {
        try (InputStream in = PathRequestVectors.class.getResourceAsStream("/vectors/packets.json")) {
            return new ObjectMapper().readTree(in);
        }
    }

    private static List<JsonNode> with(String field) throws IOException {
        return StreamSupport.stream(file().get("packets").spliterator(), false)
                .filter(row -> row.has(field))
                .toList();
    }

    @Test
    void requestsOfBothKindsOfNodesAreReadAndWritten() throws IOException {
        List<JsonNode> rows = with("requested_destination");
        assertEquals(2, rows.size());
        for (JsonNode row : rows) {
            byte[] raw = HexFormat.of().parseHex(row.get("raw").asText());
            PathRequest request = PathRequestCodec.decode(raw, 19, raw.length - 19);
            assertEquals(
                    row.get("requested_destination").asText(),
                    request.destination().toHex());
            assertEquals(
                    Optional.ofNullable(row.get("requesting_transport_id")).map(JsonNode::asText),
                    request.requester().map(DestinationHash::toHex));
            assertEquals(
                    row.get("tag").asText(),
                    HexFormat.of().formatHex(request.tag().toBytes()));
            assertArrayEquals(raw, PathRequestCodec.packet(request));
        }
    }

    @Test
    void aTunnelRequestIsReadAndWritten() throws IOException {
        List<JsonNode> rows = with("tunnel_id");
        assertEquals(1, rows.size());
        JsonNode row = rows.get(0);
        byte[] raw = HexFormat.of().parseHex(row.get("raw").asText());
        byte[] payload = Arrays.copyOfRange(raw, 19, raw.length);

        TunnelRequest request = TunnelCodec.decode(payload);

        assertEquals(row.get("tunnel_id").asText(), HexFormat.of().formatHex(request.tunnelId()));
        String description = row.get("interface_description_text").asText();
        byte[] random = Arrays.copyOfRange(payload, 96, 112);
        assertArrayEquals(raw, TunnelCodec.packet(Arrays.copyOf(payload, 64), description, random, signed -> {
            assertArrayEquals(request.signedData(), signed);
            return request.signature();
        }));
    }

    @Test
    void addressesOfRequestsAreTheRecordedOnes() throws IOException {
        JsonNode destinations = file().get("control_destinations");
        assertEquals(destinations.get("rnstransport.path.request").asText(), PathRequestCodec.DESTINATION.toHex());
        assertEquals(destinations.get("rnstransport.tunnel.synthesize").asText(), TunnelCodec.DESTINATION.toHex());
    }
}
