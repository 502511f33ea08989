package io.kairos.messaging.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.bytes.MessagePack;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What rncp puts on the wire (docs/protocol/link.md, requests). */
class FilesVectors {

    private static JsonNode vectors() throws IOException {
        try (InputStream in = FilesVectors.class.getResourceAsStream("/vectors/utilities.json")) {
            return new ObjectMapper().readTree(in);
        }
    }

    @Test
    void theMetadataOfAFileAreItsName() throws IOException {
        byte[] packed = MessagePack.pack(Map.of("name", "note.txt".getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                vectors().get("rncp_resource_metadata_msgpack").asText(),
                HexFormat.of().formatHex(packed));
    }

    @Test
    void aFileIsFetchedByItsNameAsText() throws IOException {
        byte[] request = HexFormat.of()
                .parseHex(vectors().get("request_payloads").get("rncp_fetch").asText());
        List<?> read = (List<?>) MessagePack.unpack(request);
        assertArrayEquals(Hashes.truncated(Listener.FETCH.getBytes(StandardCharsets.UTF_8)), (byte[]) read.get(1));
        assertEquals("note.txt", read.get(2));
    }
}
